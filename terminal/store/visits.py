"""Visits of a span of days: those that the office plans and those of this till. Reads only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from terminal.store import own_rows
from terminal.store.tables import TABLES
from terminal.sync.wire import Visit, VisitDoc

if TYPE_CHECKING:
    import sqlite3

NAME = "visits"
_TABLE = TABLES[NAME]
_ZONE = ZoneInfo("Europe/Warsaw")


def row_of(document: VisitDoc) -> Visit:
    """The row that a document tells of."""
    return Visit(
        document.visit,
        document.customer,
        document.planned_at,
        document.subject,
        document.minutes,
        document.representative,
        document.state,
        document.began_at,
        document.ended_at,
        document.note,
        document.next_visit,
    )


def find(catalogue: sqlite3.Connection, journal: sqlite3.Connection, row_id: str) -> Visit | None:
    """One of them, as far as this till knows."""
    row = own_rows.find(catalogue, journal, NAME, row_id)
    return row if isinstance(row, Visit) else None


def between(
    catalogue: sqlite3.Connection, journal: sqlite3.Connection, first: str, last: str
) -> list[Visit]:
    """Those planned from the day ``first`` to ``last``, both included, by their time."""
    mine = own_rows.ahead(catalogue, NAME, own_rows.of(journal, NAME))
    # Written down in whatever zone: a day more on each side is read.
    day = timedelta(days=1)
    wide = [str(date.fromisoformat(first) - day), f"{date.fromisoformat(last) + day}~"]
    rows = catalogue.execute(f"{_TABLE.select} WHERE NOT is_removed AND at >= ? AND at < ?", wide)
    known = (_TABLE.from_columns(Visit, row) for row in rows)
    own = (row for row in mine.values() if isinstance(row, Visit))
    found = [row for row in known if row.id not in mine]
    found += own
    return sorted(
        (row for row in found if first <= f"{_at(row):%Y-%m-%d}" <= last),
        key=lambda row: (_at(row), row.id),
    )


def _at(row: Visit) -> datetime:
    return datetime.fromisoformat(row.at).astimezone(_ZONE)
