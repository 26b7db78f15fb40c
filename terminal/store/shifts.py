"""Shifts in the journal, and what belongs to which; the figures are in ``takings``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from terminal.sync.wire import Counted  # noqa: TC001 - msgspec reads it while running

if TYPE_CHECKING:
    import sqlite3

_OPEN = (
    "SELECT rid, operator_id, operator, opened_at, opening_gr FROM shift WHERE closed_at IS NULL"
)


class Part(StrEnum):
    """What may belong to a shift."""

    RECEIPT = "receipt"
    BILL = "bill"  # not fiscal: the money counts with the receipt that makes it good
    CASH = "cash"
    DRAWER = "drawer"
    RETURN = "return"  # the entry in a register
    REFUND = "refund"  # the cash that left the drawer for it


@dataclass(frozen=True, slots=True)
class Shift:
    """A cashier's shift; ``opening_gr`` is None when nobody entered it."""

    rid: str
    operator_id: str
    operator: str
    opened_at: str
    opening_gr: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted: the whole, and the notes and coins it is made of, if told."""

    total_gr: int
    coins: tuple[Counted, ...] = ()


def begin(db: sqlite3.Connection, shift: Shift) -> None:
    """A shift is open from now on; call inside ``write``, with its document."""
    db.execute(
        "INSERT INTO shift (rid, operator_id, operator, opened_at, opening_gr)"
        " VALUES (?, ?, ?, ?, ?)",
        (shift.rid, shift.operator_id, shift.operator, shift.opened_at, shift.opening_gr),
    )


def end(db: sqlite3.Connection, rid: str, at: str) -> None:
    """A shift is closed; call inside ``write``, with its document."""
    db.execute("UPDATE shift SET closed_at = ? WHERE rid = ?", (at, rid))


def open_one(db: sqlite3.Connection, operator_id: str) -> Shift | None:
    """The open shift of an operator."""
    return _shift(db.execute(f"{_OPEN} AND operator_id = ?", (operator_id,)).fetchone())


def open_ones(db: sqlite3.Connection) -> list[Shift]:
    """All open shifts, the oldest first."""
    return [one for row in db.execute(f"{_OPEN} ORDER BY opened_at") if (one := _shift(row))]


def are_over(db: sqlite3.Connection, since: str) -> bool:
    """Whether no shift is open, and one has ended after ``since``, a moment with its zone."""
    # The date first: stamps of one day are few, and of two zones only in one night of the year.
    asked = (
        "SELECT NOT EXISTS (SELECT 1 FROM shift WHERE closed_at IS NULL) AND EXISTS ("
        "SELECT 1 FROM shift WHERE closed_at >= substr(:since, 1, 10)"
        " AND julianday(closed_at) >= julianday(:since))"
    )
    return bool(db.execute(asked, {"since": since}).fetchone()[0])


def add(db: sqlite3.Connection, shift: str, what: Part, rid: str) -> None:
    """Document ``rid`` belongs to ``shift``; call inside ``write``.

    What was counted before is no longer what the drawer holds.
    """
    db.execute(
        "INSERT OR REPLACE INTO shift_part (rid, shift, what) VALUES (?, ?, ?)", (rid, shift, what)
    )
    if what is not Part.DRAWER:
        keep_count(db, shift, None)


def shift_of(db: sqlite3.Connection, rid: str) -> str:
    """The shift to which document ``rid`` belongs; empty when it is in none."""
    row = db.execute("SELECT shift FROM shift_part WHERE rid = ?", (rid,)).fetchone()
    return str(row[0]) if row else ""


def is_refund(db: sqlite3.Connection, rid: str) -> bool:
    """Whether cash movement ``rid`` gives money back for goods."""
    asked = "SELECT 1 FROM shift_part WHERE rid = ? AND what = ?"
    return db.execute(asked, (rid, Part.REFUND)).fetchone() is not None


def keep_count(db: sqlite3.Connection, rid: str, count: Count | None) -> None:
    """Keep what was counted until the shift is closed, or forget it; call inside ``write``."""
    text = msgspec.json.encode(count).decode() if count else ""
    db.execute(
        "UPDATE shift SET count = ? WHERE rid = ? AND count <> ? AND closed_at IS NULL",
        (text, rid, text),
    )


def kept_count(db: sqlite3.Connection, rid: str) -> Count | None:
    """What was counted and not closed yet."""
    (text,) = db.execute("SELECT count FROM shift WHERE rid = ?", (rid,)).fetchone()
    return msgspec.json.decode(text, type=Count) if text else None


def next_slip(db: sqlite3.Connection) -> int:
    """Number of the next slip about cash: they are counted by their documents, without a gap."""
    row = db.execute(
        "SELECT (SELECT count(*) FROM document WHERE kind = 'cash')"
        " + (SELECT count(*) FROM document WHERE kind = 'shift')"
    ).fetchone()
    return int(row[0]) + 1


def _shift(row: tuple[Any, ...] | None) -> Shift | None:
    return Shift(*row) if row else None
