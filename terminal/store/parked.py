"""Parked receipts in the journal: rows like the others, in another place, under a name.

Each verb is called inside ``write``. Who may park what is decided in ``terminal.parking``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.store.receipts import save

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from terminal.sale.receipt import Receipt

_PARKED = "state = 'OPEN' AND place = 'parked'"
_LYING = f"""
    SELECT bill, rid, opened_at, operator_id, operator, total_gr, coalesce(share, ''),
        (SELECT count(*) FROM receipt_line l WHERE l.rid = r.rid AND NOT is_void),
        coalesce((SELECT name FROM receipt_line l WHERE l.rid = r.rid AND NOT is_void
            ORDER BY no LIMIT 1), '')
    FROM receipt r LEFT JOIN shared USING (rid) WHERE {_PARKED}
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Lying:
    """A parked receipt; ``share`` is the office's name for it, empty when it lies here alone."""

    bill: str
    rid: str
    opened_at: str
    operator_id: str
    operator: str
    total_gr: int
    share: str
    items: int
    first: str


def park(db: sqlite3.Connection, rid: str, bill: str) -> None:
    """Take the receipt off the screen and lay it under ``bill``."""
    db.execute("UPDATE receipt SET place = 'parked', bill = ? WHERE rid = ?", (bill, rid))


def take_up(db: sqlite3.Connection, rid: str) -> None:
    """Put a parked receipt on the screen, where none may be; it keeps its name."""
    db.execute("UPDATE receipt SET place = 'screen' WHERE rid = ?", (rid,))


def move_away(db: sqlite3.Connection, rid: str) -> None:
    """The lines of a receipt are elsewhere now; the document of this commit says where."""
    db.execute("DELETE FROM shared WHERE rid = ?", (rid,))
    db.execute("UPDATE receipt SET place = 'moved' WHERE rid = ?", (rid,))


def add_receipt(db: sqlite3.Connection, receipt: Receipt, bill: str) -> None:
    """A receipt that was never on this screen lies under ``bill``."""
    save(db, None, receipt, parked_as=bill)


def lying(db: sqlite3.Connection) -> list[Lying]:
    """Every parked receipt, the oldest first."""
    return [Lying(*row) for row in db.execute(f"{_LYING} ORDER BY opened_at, rid")]


def under(db: sqlite3.Connection, bill: str) -> Lying | None:
    """The receipt that lies under a name."""
    row = db.execute(f"{_LYING} AND bill = ?", (bill,)).fetchone()
    return Lying(*row) if row else None


def name_of(db: sqlite3.Connection, rid: str) -> str:
    """The name that a receipt was parked under last; empty when it never was."""
    row = db.execute("SELECT bill FROM receipt WHERE rid = ?", (rid,)).fetchone()
    return str(row[0]) if row else ""


def rename(db: sqlite3.Connection, rid: str, bill: str) -> None:
    """Give the receipt on the screen the name under which it will be parked."""
    db.execute("UPDATE receipt SET bill = ? WHERE rid = ?", (bill, rid))


def added(db: sqlite3.Connection) -> list[str]:
    """Names that cashiers added, in their order."""
    return [name for (name,) in db.execute("SELECT name FROM bill ORDER BY added_at, name")]


def add_name(db: sqlite3.Connection, name: str, at: str) -> None:
    """Keep a name in the list until the daily report."""
    db.execute("INSERT INTO bill (name, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, at))


def forget_name(db: sqlite3.Connection, name: str) -> None:
    """Take an added name off the list."""
    db.execute("DELETE FROM bill WHERE name = ?", (name,))


def end_names(db: sqlite3.Connection, kept: Sequence[str] = ()) -> None:
    """The day is over: added names under which nothing lies go, but for those ``kept``."""
    names = {row.bill for row in lying(db)} | set(kept)
    for name in added(db):
        if name not in names:
            forget_name(db, name)
