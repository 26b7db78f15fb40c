"""Cash that has left the drawer by a document, and that the printer was not told of yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class CashDue:
    """A movement to be made once; ``rid`` will be that of its document."""

    rid: str
    made_at: str
    operator: str
    amount_gr: int
    reason: str


def owe(db: sqlite3.Connection, due: CashDue) -> None:
    """Note a movement; call inside ``write``, with the document that is its reason."""
    db.execute(
        "INSERT INTO cash_due (rid, made_at, operator, amount_gr, reason) VALUES (?, ?, ?, ?, ?)",
        (due.rid, due.made_at, due.operator, due.amount_gr, due.reason),
    )


def owed(db: sqlite3.Connection) -> list[CashDue]:
    """What is still to be told to the printer, the oldest first."""
    rows = db.execute(
        "SELECT rid, made_at, operator, amount_gr, reason FROM cash_due ORDER BY made_at, rid"
    )
    return [CashDue(*row) for row in rows]


def hand_over(db: sqlite3.Connection, rid: str) -> bool:
    """Its movement begins: call inside ``write``, with the intent. False when it has begun."""
    return db.execute("DELETE FROM cash_due WHERE rid = ?", (rid,)).rowcount == 1
