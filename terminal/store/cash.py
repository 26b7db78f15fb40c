"""Cash put in and taken out, in the journal: one row a movement, with what was shown before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.store.settings import counters_of, counters_text

if TYPE_CHECKING:
    import sqlite3

    from drivers.fiscal import Counters
    from terminal.sync.wire import CashDoc


@dataclass(frozen=True, slots=True)
class CashMove:
    """One movement, positive into the drawer; ``cash_gr`` is what the printer held before it."""

    rid: str
    started_at: str
    operator: str
    amount_gr: int
    reason: str
    base: Counters
    cash_gr: int | None


def begin(db: sqlite3.Connection, move: CashMove) -> None:
    """Write-ahead intent; call inside ``write``."""
    db.execute(
        "INSERT INTO cash_move"
        " (rid, started_at, operator, amount_gr, reason, base, cash_gr, outcome, seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        (
            move.rid,
            move.started_at,
            move.operator,
            move.amount_gr,
            move.reason,
            counters_text(move.base),
            move.cash_gr,
        ),
    )


def unfinished(db: sqlite3.Connection) -> CashMove | None:
    """The movement of which nobody knows yet whether the printer booked it."""
    row = db.execute(
        "SELECT rid, started_at, operator, amount_gr, reason, base, cash_gr FROM cash_move"
        " WHERE outcome IS NULL"
    ).fetchone()
    if row is None:
        return None
    rid, started_at, operator, amount_gr, reason, base, cash_gr = row
    return CashMove(rid, started_at, operator, amount_gr, reason, counters_of(base), cash_gr)


def end(db: sqlite3.Connection, outcome: str, seq: int) -> None:
    """How it ended, and the document that says so; call inside ``write``."""
    db.execute("UPDATE cash_move SET outcome = ?, seq = ? WHERE outcome IS NULL", (outcome, seq))


def restore(db: sqlite3.Connection, document: CashDoc, seq: int) -> None:
    """A booked movement of a till that is restored; call inside ``write``."""
    db.execute(
        "INSERT INTO cash_move"
        " (rid, started_at, operator, amount_gr, reason, base, cash_gr, outcome, seq)"
        " VALUES (?, ?, ?, ?, ?, '', NULL, 'BOOKED', ?)",
        (document.rid, document.at, document.operator, document.amount_gr, document.reason, seq),
    )
