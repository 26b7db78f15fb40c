"""Non-fiscal bills in the journal: receipts that wait to become fiscal ones.

A bill is a finished receipt with a number of its own. It is never changed: the fiscal receipt that
makes it good is another one, which names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill that waits for its fiscal receipt."""

    rid: str
    no: int
    at: str
    operator: str
    total_gr: int


def next_no(db: sqlite3.Connection) -> int:
    """Number of the next bill of this till; call inside ``write``."""
    return int(db.execute("SELECT coalesce(max(no), 0) + 1 FROM nonfiscal_bill").fetchone()[0])


def add(db: sqlite3.Connection, rid: str, no: int, at: str) -> None:
    """The receipt ``rid``, finished in the same commit, is a bill; call inside ``write``."""
    db.execute("INSERT INTO nonfiscal_bill (rid, no, at) VALUES (?, ?, ?)", (rid, no, at))


def make_good(db: sqlite3.Connection, rid: str, receipt: str) -> None:
    """The fiscal ``receipt`` stands for the bill ``rid``; call inside ``write``."""
    db.execute(
        "UPDATE nonfiscal_bill SET receipt = ? WHERE rid = ? AND receipt IS NULL", (receipt, rid)
    )


def is_waiting(db: sqlite3.Connection, rid: str) -> bool:
    """Whether ``rid`` is a bill that nothing has made good yet."""
    asked = "SELECT 1 FROM nonfiscal_bill WHERE rid = ? AND receipt IS NULL"
    return db.execute(asked, (rid,)).fetchone() is not None


def number(db: sqlite3.Connection, rid: str) -> int:
    """The number of the bill ``rid``; 0 when it is none."""
    row = db.execute("SELECT no FROM nonfiscal_bill WHERE rid = ?", (rid,)).fetchone()
    return int(row[0]) if row else 0


def later(db: sqlite3.Connection, no: int) -> list[tuple[str, int, str]]:
    """Rid, number and time of the bills after number ``no``, oldest first."""
    asked = "SELECT rid, no, at FROM nonfiscal_bill WHERE no > ? ORDER BY no"
    return db.execute(asked, (no,)).fetchall()


def waiting(db: sqlite3.Connection) -> list[Bill]:
    """Bills that nothing has made good yet, oldest first."""
    rows = db.execute(
        "SELECT rid, no, at, operator, total_gr"
        " FROM nonfiscal_bill AS bill JOIN receipt USING (rid)"
        " WHERE bill.receipt IS NULL ORDER BY no"
    )
    return [Bill(*row) for row in rows]
