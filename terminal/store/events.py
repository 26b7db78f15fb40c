"""The journal's events as a technician reads them, newest first. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Logged:
    """One event; ``place`` is its epoch and number in the chain of documents."""

    place: tuple[int, int]
    at: str
    operator: str
    name: str
    detail: tuple[tuple[str, str], ...]


def recent(
    journal: sqlite3.Connection, before: tuple[int, int] | None = None, limit: int = 50
) -> list[Logged]:
    """At most ``limit`` events before the place ``before``, or the newest ones."""
    rows = journal.execute(
        "SELECT epoch, seq, body FROM document WHERE kind = 'event' AND (epoch, seq) < (?, ?)"
        " ORDER BY epoch DESC, seq DESC LIMIT ?",
        (*(before or (1 << 62, 0)), limit),
    )
    return [_logged((epoch, seq), json.loads(body)) for epoch, seq, body in rows]


def _logged(place: tuple[int, int], body: dict[str, object]) -> Logged:
    detail = body["detail"] if isinstance(body["detail"], dict) else {}
    told = tuple((str(key), str(value)) for key, value in detail.items())
    return Logged(place, str(body["at"]), str(body["operator"]), str(body["name"]), told)
