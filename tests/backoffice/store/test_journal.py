from __future__ import annotations

import msgspec
from sqlalchemy import insert, select

from backoffice.store import journal
from backoffice.store.engine import reading, writing
from backoffice.store.tables import alarm, journal_entry
from terminal.sync import wire


def keep(engine, entries, epoch=1):
    with writing(engine) as database:
        for entry in entries:
            extra = {"terminal": "K1", "epoch": epoch, "kind": "cash", "received_at": ""}
            row = {**msgspec.structs.asdict(entry), **extra}
            del row["person"]
            database.execute(insert(journal_entry).values(row))


def test_the_head_of_an_empty_chain_is_the_genesis(engine):
    with reading(engine) as database:
        assert journal.head_of(database, "K1", 1) == (0, wire.GENESIS)
        assert journal.newest_epoch(database, "K1") == 0


def test_chains_are_read_apart(engine, books):
    first, second = books(), books()
    for journal_of_till in (first, first, second):
        journal_of_till.add(journal_of_till.cash())
    keep(engine, first.entries)
    keep(engine, second.entries, epoch=2)
    with reading(engine) as database:
        assert journal.head_of(database, "K1", 1) == (2, first.head)
        assert journal.newest_epoch(database, "K1") == 2
        assert journal.hashes(database, "K1", 1, 1, 9) == {
            1: first.entries[0].hash, 2: first.entries[1].hash,
        }  # fmt: skip
        assert journal.entries(database, "K1", 1, 1, 10) == first.entries[1:]
        assert journal.entries(database, "K1", 1, 0, 1) == first.entries[:1]
        unknown = [f"r{number}" for number in range(journal.RIDS_MAX)]
        assert journal.owner_of_any(database, unknown) is None
        wanted = second.entries[0].rid
        assert journal.owner_of_any(database, [*unknown, wanted]) == wanted


def test_the_same_alarm_is_kept_once_and_counted(engine):
    with writing(engine) as database:
        for at in ("1", "2", "3"):
            journal.raise_alarm(database, "K1", 1, 7, "fork", f"detail {at}", at)
        journal.raise_alarm(database, "K1", 1, 8, "fork", "", "4")
        rows = database.execute(select(alarm).order_by(alarm.c.seq)).all()
    assert [(row.seq, row.first_at, row.last_at, row.times) for row in rows] == [
        (7, "1", "3", 3), (8, "4", "4", 1),
    ]  # fmt: skip
