from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code, SyncError
from terminal.store import outbox
from terminal.store.db import close_writer, open_reader, open_writer, write
from terminal.sync.wire import (
    GENESIS,
    CashDoc,
    JournalAnswer,
    Place,
    Verdict,
    canonical,
    chain_hash,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EPOCH = 3
AT = "2026-11-20T08:00:{:02}+01:00"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(journal, EPOCH)
    yield journal
    close_writer(journal)


def cash(number: int, reason: str = "utarg") -> CashDoc:
    return CashDoc(f"rid-{number}", "T1", "S1", AT.format(number), "Ala", 100 * number, reason)


def fill(db: sqlite3.Connection, count: int, reason: str = "utarg") -> None:
    with write(db):
        start = outbox.last_seq(db)
        for number in range(start + 1, start + count + 1):
            outbox.append(db, cash(number, reason), AT.format(number))


def pending(db: sqlite3.Connection) -> list[int]:
    return [entry.seq for entry in outbox.pending(db, 1000, 10**6).entries]


def deliver(db: sqlite3.Connection, hw: int, head: str | None = None, **rest: object) -> bool:
    head = outbox.head_at(db, EPOCH, hw) if head is None else head
    answer = JournalAnswer(rest.pop("epoch", EPOCH), hw, head or "", rest.pop("verdicts", []))
    with write(db):
        return outbox.deliver(db, answer)


def test_begin_twice_keeps_the_cursor(db: sqlite3.Connection) -> None:
    fill(db, 2)
    deliver(db, 2)
    outbox.begin(db, EPOCH)
    assert pending(db) == []


def test_documents_are_chained_from_genesis(db: sqlite3.Connection) -> None:
    fill(db, 3)
    prev = GENESIS
    for number, entry in enumerate(outbox.pending(db, 10, 10**6).entries, start=1):
        assert (entry.seq, entry.rid, entry.prev) == (number, f"rid-{number}", prev)
        assert entry.body == canonical(cash(number))
        assert entry.hash == chain_hash(prev, entry.body)
        prev = entry.hash
    assert outbox.last_seq(db) == 3


def test_append_follows_its_transaction(db: sqlite3.Connection) -> None:
    def fail_after_append() -> None:
        with write(db):
            outbox.append(db, cash(1), AT.format(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_append()
    assert outbox.last_seq(db) == 0


def test_one_document_cannot_be_journalled_twice(db: sqlite3.Connection) -> None:
    fill(db, 1)
    with pytest.raises(sqlite3.IntegrityError), write(db):
        outbox.append(db, cash(1), AT.format(1))
    assert pending(db) == [1]


def test_pending_is_cut_by_count(db: sqlite3.Connection) -> None:
    fill(db, 5)
    assert [entry.seq for entry in outbox.pending(db, 2, 10**6).entries] == [1, 2]
    deliver(db, 2)
    assert [entry.seq for entry in outbox.pending(db, 2, 10**6).entries] == [3, 4]


def test_pending_is_cut_by_bytes_and_never_to_nothing(db: sqlite3.Connection) -> None:
    fill(db, 4, reason="ż" * 100)
    size = len(canonical(cash(1, "ż" * 100)).encode())
    assert len(outbox.pending(db, 1000, 2 * size + 1).entries) == 2
    assert len(outbox.pending(db, 1000, 2 * size - 1).entries) == 1
    assert len(outbox.pending(db, 1000, 1).entries) == 1


def test_deliver_moves_the_cursor_and_deletes_nothing(db: sqlite3.Connection) -> None:
    fill(db, 4)
    assert deliver(db, 3) is False
    assert pending(db) == [4]
    assert db.execute("SELECT count(*) FROM document").fetchone() == (4,)


def test_the_same_answer_again_changes_nothing(db: sqlite3.Connection) -> None:
    fill(db, 3)
    deliver(db, 2)
    assert deliver(db, 2) is False
    assert pending(db) == [3]


def test_an_office_that_lost_data_gets_it_again(db: sqlite3.Connection) -> None:
    fill(db, 5)
    deliver(db, 5)
    assert deliver(db, 2) is True
    assert pending(db) == [3, 4, 5]
    assert deliver(db, 0) is True
    assert pending(db) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("hw", "head", "epoch"),
    [
        (2, "f" * 64, EPOCH),
        (9, "f" * 64, EPOCH),
        (0, "f" * 64, EPOCH),
        (2, None, EPOCH + 1),
    ],
    ids=["wrong head", "ahead of us", "wrong genesis", "another epoch"],
)
def test_a_foreign_chain_moves_nothing(
    db: sqlite3.Connection, hw: int, head: str | None, epoch: int
) -> None:
    fill(db, 3)
    deliver(db, 1)
    with pytest.raises(SyncError) as caught:
        deliver(db, hw, head, epoch=epoch, verdicts=[Verdict(1, is_accepted=False, reason="x")])
    assert caught.value.code is Code.OFFICE_REFUSED
    assert pending(db) == [2, 3]
    assert outbox.unsent(db).rejected == 0


def test_verdicts_are_kept_and_may_change(db: sqlite3.Connection) -> None:
    fill(db, 2)
    bad = Verdict(1, is_accepted=False, reason="unknown product")
    deliver(db, 2, verdicts=[bad, Verdict(2, is_accepted=True)])
    assert outbox.unsent(db).rejected == 1
    deliver(db, 2, verdicts=[Verdict(1, is_accepted=True)])
    assert outbox.unsent(db).rejected == 0


def test_the_newest_rejected_are_listed_and_asked_about(db: sqlite3.Connection) -> None:
    fill(db, 3)
    no = [Verdict(seq, is_accepted=False, reason=f"why {seq}") for seq in (1, 3)]
    deliver(db, 3, verdicts=[*no, Verdict(2, is_accepted=True)])
    assert outbox.rejections(db) == [
        outbox.Rejection(Place(EPOCH, 3), "cash", AT.format(3), "why 3"),
        outbox.Rejection(Place(EPOCH, 1), "cash", AT.format(1), "why 1"),
    ]
    assert [one.place.seq for one in outbox.rejections(db, limit=1)] == [3]
    assert outbox.pending(db, 10, 10**6).rejected == (Place(EPOCH, 3), Place(EPOCH, 1))


@pytest.mark.parametrize("ask", [outbox.unsent, outbox.rejections, outbox.pending])
def test_a_long_life_without_rejections_costs_no_look_at_each_verdict(
    db: sqlite3.Connection, ask: Callable[..., object]
) -> None:
    fill(db, 1)
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    ask(db, 10, 10) if ask is outbox.pending else ask(db)
    db.set_trace_callback(None)
    plans = [
        row[3]
        for sql in asked
        if "verdict" in sql
        for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")
        if "verdict" in row[3] or row[3].split()[1] == "v"
    ]
    assert plans
    assert all("verdict_rejected" in plan for plan in plans)


def test_unsent_counts_and_dates_what_lies_beyond_the_cursor(db: sqlite3.Connection) -> None:
    assert outbox.unsent(db) == outbox.Unsent(0, "", 0)
    fill(db, 4)
    deliver(db, 1)
    assert outbox.unsent(db) == outbox.Unsent(3, AT.format(2), 0)


def test_weeks_without_the_office_make_the_question_no_dearer(db: sqlite3.Connection) -> None:
    def effort() -> int:
        steps = 0

        def count() -> None:
            nonlocal steps
            steps += 1

        db.set_progress_handler(count, 1)
        outbox.unsent(db)
        db.set_progress_handler(None, 1)
        return steps

    fill(db, 5)
    few = effort()
    fill(db, 500)
    assert outbox.unsent(db).count == 505
    assert effort() == few > 0


def test_a_new_epoch_starts_a_new_chain(db: sqlite3.Connection) -> None:
    fill(db, 2)
    with write(db):
        db.execute("UPDATE delivered SET epoch = ?, hw = 0, head = ?", (EPOCH + 1, GENESIS))
        assert outbox.append(db, cash(9), AT.format(9)) == 1
    batch = outbox.pending(db, 10, 10**6)
    assert (batch.epoch, [one.rid for one in batch.entries]) == (EPOCH + 1, ["rid-9"])
    assert batch.entries[0].prev == GENESIS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET body = 'x'",
        "UPDATE document SET seq = seq + 10",
        "DELETE FROM document",
        "DELETE FROM document WHERE seq = 1",
    ],
)
def test_the_schema_itself_forbids_changes(db: sqlite3.Connection, statement: str) -> None:
    fill(db, 2)
    deliver(db, 2)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(statement)
    assert db.execute("SELECT count(*) FROM document").fetchone() == (2,)


def test_a_reader_sees_the_outbox(db: sqlite3.Connection, tmp_path: Path) -> None:
    fill(db, 2)
    reader = open_reader(tmp_path / "journal.db")
    assert [entry.seq for entry in outbox.pending(reader, 10, 10**6).entries] == [1, 2]
    reader.close()
