"""A journal comes back page by page, whatever cuts it off on the way."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.store import copies, outbox
from terminal.store.db import _WRITERS, close_writer, open_writer
from terminal.sync.enrolment import Identity, LastWords
from terminal.sync.restore import Restored, restore
from terminal.sync.wire import GENESIS, Entry, JournalPage, chain_hash
from tests.sync.tills import SellingTill

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

AT = "2026-11-26T12:00:00.000+01:00"
PAGE = 7
DOCUMENTS = 30
TABLES = ("receipt", "receipt_line", "payment", "goods", "sold", "setting", "delivered")
NEW = Identity("T1", "lipa", "", 2, "http://127.0.0.1:9", LastWords(3, AT, AT))


class Archive:
    """The office's copy of a journal, in pages."""

    def __init__(self, *epochs: list[Entry]) -> None:
        self.epochs = epochs
        self.asked: list[tuple[int, int]] = []
        self.breaks_after = 10**9

    def journal(self, epoch: int, after: int) -> JournalPage:
        self.asked.append((epoch, after))
        if len(self.asked) > self.breaks_after:
            raise SyncError(Code.NO_NETWORK)
        held = self.epochs[epoch - 1] if epoch <= len(self.epochs) else []
        return JournalPage(epoch, len(held), held[after : after + PAGE])


class Cut(BaseException):
    """The power is gone."""


class Mains:
    """A connection whose power goes out before or after its n-th commit."""

    def __init__(self, db: sqlite3.Connection, nth: int, *, is_done: bool) -> None:
        self.db = db
        self._left = nth
        self._is_done = is_done

    def execute(self, sql: str, *params: Any) -> Any:
        if self._left <= 0:
            raise Cut
        if sql != "COMMIT":
            return self.db.execute(sql, *params)
        self._left -= 1
        if self._left == 0 and not self._is_done:
            raise Cut
        done = self.db.execute(sql)
        if self._left == 0:
            raise Cut
        return done

    def executemany(self, sql: str, rows: Any) -> Any:
        return self.db.executemany(sql, rows)

    @property
    def in_transaction(self) -> bool:
        return self.db.in_transaction


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """What a till has sold, dropped and noted."""
    folder = tmp_path_factory.mktemp("old") / "till"
    old = Identity("T1", "lipa", "", 1, NEW.office_url)
    till = SellingTill(folder, old, NEW.office_url, random.Random(5), 1.0)
    for _ in range(DOCUMENTS):
        till.engine.call(till._work).result(10)
    till.net.stop()
    till.engine.stop()
    close_writer(till.db)
    return till.made


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


def everything(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    found = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}  # noqa: S608
    copied = "SELECT epoch, seq, rid, kind, prev, hash, body FROM document WHERE epoch < 2"
    return {**found, "document": db.execute(copied).fetchall()}


def test_pages_are_asked_for_until_there_is_none(db: sqlite3.Connection, made: list[Entry]) -> None:
    archive = Archive(made)
    restored = restore(archive, db, NEW, AT)
    last = msgspec.json.decode(made[-1].body)
    assert restored == Restored(len(made), last.get("closed_at") or last["at"])
    assert archive.asked == [(1, after) for after in (*range(0, len(made), PAGE), len(made))]
    held = db.execute("SELECT seq, rid, prev, hash, body FROM document WHERE epoch = 1").fetchall()
    assert [Entry(*row) for row in held] == made


def test_the_new_epoch_begins_with_what_came_back(
    db: sqlite3.Connection, made: list[Entry]
) -> None:
    restore(Archive(made), db, NEW, AT)
    assert outbox.unsent(db) == outbox.Unsent(1, AT, 0)
    batch = outbox.pending(db, 10, 10**6)
    assert (batch.epoch, batch.entries[0].seq, batch.entries[0].prev) == (2, 1, GENESIS)
    event = msgspec.json.decode(batch.entries[0].body)
    assert (event["name"], event["detail"]["documents"]) == ("restored", len(made))
    assert event["detail"]["unsent"] == 3
    assert copies.is_used(db)


def test_every_epoch_comes_back(db: sqlite3.Connection, made: list[Entry]) -> None:
    other = chained([made[0].body.replace(made[0].rid, "another")], ["another"])
    archive = Archive(made, [], other)
    identity = msgspec.structs.replace(NEW, epoch=4)
    assert restore(archive, db, identity, AT).documents == len(made) + 1
    assert {epoch for epoch, _ in archive.asked} == {1, 2, 3}


def test_a_terminal_that_never_sold_has_nothing_to_bring_back(db: sqlite3.Connection) -> None:
    assert restore(Archive(), db, NEW, AT) == Restored(0, "")
    assert outbox.unsent(db).count == 1


def test_a_broken_line_costs_only_the_page_in_hand(
    db: sqlite3.Connection, made: list[Entry]
) -> None:
    archive = Archive(made)
    archive.breaks_after = 3
    with pytest.raises(SyncError) as caught:
        restore(archive, db, NEW, AT)
    assert caught.value.code is Code.NO_NETWORK
    assert not copies.is_used(db)
    assert db.execute("SELECT count(*) FROM receipt").fetchone() == (0,)
    archive.breaks_after = 10**9
    archive.asked.clear()
    assert restore(archive, db, NEW, AT).documents == len(made)
    assert archive.asked[0] == (1, 3 * PAGE)


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
def test_the_power_may_go_at_every_commit(
    tmp_path: Path, db: sqlite3.Connection, made: list[Entry], is_done: bool
) -> None:
    restore(Archive(made), db, NEW, AT)
    whole = everything(db)
    for nth in range(1, 100):
        path = tmp_path / f"{nth}.db"
        first = open_writer(path, "journal")
        try:
            restore(Archive(made), Mains(first, nth, is_done=is_done), NEW, AT)  # type: ignore[arg-type]
        except Cut:
            is_cut = True
        else:
            is_cut = False
        first.close()
        _WRITERS.pop(id(first)).lock.close()
        second = open_writer(path, "journal")
        if not copies.is_used(second):
            assert second.execute("SELECT count(*) FROM receipt").fetchone() == (0,)
            restore(Archive(made), second, NEW, AT)
        assert everything(second) == whole
        close_writer(second)
        if not is_cut:
            break
    assert nth > DOCUMENTS // PAGE + 1


def chained(bodies: list[str], rids: list[str]) -> list[Entry]:
    prev, entries = GENESIS, []
    for seq, (body, rid) in enumerate(zip(bodies, rids, strict=True), start=1):
        entries.append(Entry(seq, rid, prev, chain_hash(prev, body), body))
        prev = entries[-1].hash
    return entries
