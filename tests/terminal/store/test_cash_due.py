from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import cash_due
from terminal.store.cash_due import CashDue
from terminal.store.db import close_writer, open_writer, write

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_owed_is_handed_over_once(tmp_path: Path) -> None:
    db = open_writer(tmp_path / "journal.db", "journal")
    later = CashDue("b", "2026-11-23T11:00:00", "Anna", -200, "zwrot 2/T1")
    sooner = CashDue("c", "2026-11-23T10:00:00", "Anna", -100, "zwrot 1/T1")
    with write(db):
        cash_due.owe(db, later)
        cash_due.owe(db, sooner)
    assert cash_due.owed(db) == [sooner, later]
    with write(db):
        assert cash_due.hand_over(db, "c")
        assert not cash_due.hand_over(db, "c")
    assert cash_due.owed(db) == [later]
    close_writer(db)
