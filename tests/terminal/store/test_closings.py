"""A daily report on its way, as the journal knows it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import Counters
from terminal.store import closings, outbox
from terminal.store.closings import ClosingRow
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import CashDoc, ReportDoc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = "2026-11-23T22:00:00.000+01:00"
BASE = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 0, 0, 0, 0, 0, 0), 5, 0)
LOCAL = (100, 0, 0, 0, 0, 0, 1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(journal, 1)
    yield journal
    close_writer(journal)


def begin(db: sqlite3.Connection, rid: str = "z1") -> None:
    closings.begin(db, rid, AT, "Marek", BASE, LOCAL, 17)


def test_what_was_intended_comes_back(db: sqlite3.Connection) -> None:
    assert closings.unfinished(db) is None
    begin(db)
    wanted = ClosingRow(1, "z1", "INTENT", "Marek", BASE, LOCAL, 17, None, ())
    assert closings.unfinished(db) == wanted


def test_steps_numbers_and_notes_move_on(db: sqlite3.Connection) -> None:
    begin(db)
    closings.advance(db, "REPORTED", 5)
    closings.note(db, ("no network", "żółw"))
    closings.advance(db, "SETTINGS")
    row = closings.unfinished(db)
    assert (row.step, row.report_no, row.notes) == ("SETTINGS", 5, ("no network", "żółw"))


def test_there_is_one_closing_at_a_time(db: sqlite3.Connection) -> None:
    begin(db)
    with pytest.raises(sqlite3.IntegrityError):
        begin(db, "z2")
    closings.end(db, "DONE", AT)
    begin(db, "z2")
    assert closings.unfinished(db).rid == "z2"


def test_what_is_over_is_left_alone(db: sqlite3.Connection) -> None:
    begin(db)
    closings.end(db, "NOT_MADE", AT)
    assert closings.unfinished(db) is None
    begin(db, "z2")
    closings.advance(db, "REPORTED", 5)
    closings.note(db, ("x",))
    closings.end(db, "DONE", AT)
    rows = db.execute("SELECT rid, step, report_no, notes FROM closing ORDER BY id").fetchall()
    assert rows == [("z1", "NOT_MADE", None, "[]"), ("z2", "DONE", 5, '["x"]')]


def test_documents_since_the_last_report(db: sqlite3.Connection) -> None:
    def cash(rid: str) -> None:
        outbox.append(db, CashDoc(rid, "T1", "lipa", AT, "Marek", 100, ""), AT)

    def report(rid: str) -> None:
        sums = [0] * 7
        document = ReportDoc(
            rid, "T1", "lipa", AT, "", "ABC", 1, 0, 0, sums, sums, "terminal", 1, 1
        )
        outbox.append(db, document, AT)

    cash("c1")
    assert closings.first_unreported(db) == (1, 1)
    report("z1")
    cash("c2")
    assert closings.first_unreported(db) == (1, 3)
    report("z2")
    assert closings.first_unreported(db) == (1, 5)
    # A new epoch numbers from 1 again; its first day begins where the last one of the old ended.
    db.execute("UPDATE delivered SET epoch = 2, hw = 0")
    assert closings.first_unreported(db) == (1, 5)
    report("z3")
    assert closings.first_unreported(db) == (2, 2)
