"""Daily reports in the journal: one row a closing, whose ``step`` says how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import Seven
from terminal.store.settings import counters_of, counters_text

if TYPE_CHECKING:
    import sqlite3

    from drivers.fiscal import Counters


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One closing; ``base`` was read from the printer before the report was asked for.

    ``drops`` are the parked receipts that are given up with it.
    """

    id: int
    rid: str
    step: str
    operator: str
    base: Counters
    local_gr: Seven
    token: int
    report_no: int | None
    notes: tuple[str, ...]
    drops: tuple[str, ...] = ()


def begin(
    db: sqlite3.Connection,
    rid: str,
    at: str,
    operator: str,
    base: Counters,
    local_gr: Seven,
    token: int,
    drops: tuple[str, ...] = (),
) -> None:
    """Write-ahead intent of a daily report; call inside ``write``."""
    db.execute(
        "INSERT INTO closing"
        " (rid, step, started_at, operator, base, local_gr, token, route, drops)"
        " VALUES (?, 'INTENT', ?, ?, ?, ?, ?, 'terminal', ?)",
        (
            *(rid, at, operator, counters_text(base)),
            *(msgspec.json.encode(local_gr).decode(), token, msgspec.json.encode(drops).decode()),
        ),
    )


def unfinished(db: sqlite3.Connection) -> ClosingRow | None:
    """The closing that has not come to its end."""
    row = db.execute(
        "SELECT id, rid, step, operator, base, local_gr, token, report_no, notes, drops"
        " FROM closing WHERE ended_at IS NULL"
    ).fetchone()
    if row is None:
        return None
    ident, rid, step, operator, base, local_gr, token, report_no, notes, drops = row
    return ClosingRow(
        ident,
        rid,
        step,
        operator,
        counters_of(base),
        msgspec.json.decode(local_gr, type=Seven),
        token,
        report_no,
        tuple(msgspec.json.decode(notes, type=list[str])),
        tuple(msgspec.json.decode(drops, type=list[str])),
    )


def advance(db: sqlite3.Connection, step: str, report_no: int | None = None) -> None:
    """The unfinished closing has reached ``step``; call inside ``write``."""
    db.execute(
        "UPDATE closing SET step = ?, report_no = coalesce(?, report_no) WHERE ended_at IS NULL",
        (step, report_no),
    )


def note(db: sqlite3.Connection, notes: tuple[str, ...]) -> None:
    """Keep what is still pending for the last page; call inside ``write``."""
    text = msgspec.json.encode(notes).decode()
    db.execute("UPDATE closing SET notes = ? WHERE ended_at IS NULL", (text,))


def end(db: sqlite3.Connection, step: str, at: str) -> None:
    """The closing is over, one way or the other; call inside ``write``."""
    db.execute("UPDATE closing SET step = ?, ended_at = ? WHERE ended_at IS NULL", (step, at))


def last_done(db: sqlite3.Connection) -> tuple[int, str, tuple[str, ...]] | None:
    """Number, rid and notes of the last day close that came to its end."""
    row = db.execute(
        "SELECT id, rid, notes FROM closing WHERE step = 'DONE' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (row[0], row[1], tuple(msgspec.json.decode(row[2], type=list[str]))) if row else None


def first_unreported(db: sqlite3.Connection) -> tuple[int, int]:
    """Epoch and number of the document that follows the last daily report; it may be to come."""
    last = "SELECT epoch, seq + 1 FROM document WHERE kind = 'report'"
    first = "SELECT epoch, seq FROM document"
    none = "SELECT epoch, 1 FROM delivered"
    newest, oldest = "ORDER BY epoch DESC, seq DESC LIMIT 1", "ORDER BY epoch, seq LIMIT 1"
    found = (
        db.execute(f"{last} {newest}").fetchone()
        or db.execute(f"{first} {oldest}").fetchone()
        or db.execute(none).fetchone()
    )
    return found[0], found[1]
