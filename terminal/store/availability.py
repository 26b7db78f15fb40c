"""How much of a product there was, when that was, and what this till sold since. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from terminal.store.folding import fold
from terminal.store.tables import as_json

if TYPE_CHECKING:
    import sqlite3

_ZONE = ZoneInfo("Europe/Warsaw")
_ROWS = """
    SELECT p.id, p.name, coalesce(u.name, ''), coalesce(u.precision, 0), s.qty_milli, s.as_of
    FROM stock AS s JOIN product AS p ON p.id = s.id LEFT JOIN unit AS u ON u.id = p.unit
    WHERE NOT s.is_removed AND NOT p.is_removed AND p.is_active AND (p.name, p.id) > (?, ?)
    ORDER BY p.name, p.id
"""
_SOLD = """
    SELECT l.product, r.closed_at, l.qty_milli FROM receipt AS r JOIN receipt_line AS l USING (rid)
    WHERE r.closed_at > ? AND r.state = 'FISCAL' AND NOT l.is_void
        AND l.product IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Availability:
    """What there was of a product at ``as_of``; ``sold_milli`` is what this till sold since."""

    product: str
    name: str
    unit: str
    precision: int
    qty_milli: int
    as_of: str
    sold_milli: int = 0


def page(
    catalogue: sqlite3.Connection,
    journal: sqlite3.Connection,
    text: str,
    after: Availability | None,
    limit: int,
) -> list[Availability]:
    """Products of which the office told, by name; each word of ``text`` is in the name."""
    words = [word for word in map(fold, text.split()) if word]
    last = (after.name, after.product) if after else ("", "")
    found: list[tuple[str, str, str, int, int, str]] = []
    for row in catalogue.execute(_ROWS, last):
        if len(found) == limit:
            break
        letters = fold(row[1])
        if all(word in letters for word in words):
            found.append(row)
    sold = _sold(journal, {row[0]: _at(row[5]) for row in found})
    return [Availability(*row, sold.get(row[0], 0)) for row in found]


def _sold(journal: sqlite3.Connection, since: dict[str, datetime]) -> dict[str, int]:
    sold: dict[str, int] = {}
    if not since:
        return sold
    first = min(since.values()).isoformat(timespec="milliseconds")
    for product, closed_at, qty_milli in journal.execute(_SOLD, (first, as_json([*since]))):
        if datetime.fromisoformat(closed_at) > since[product]:
            sold[product] = sold.get(product, 0) + qty_milli
    return sold


def _at(moment: str) -> datetime:
    """In the till's own zone, so that its times can be compared as texts."""
    return datetime.fromisoformat(moment).astimezone(_ZONE)
