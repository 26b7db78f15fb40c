"""The last exchanges with the back office, for the screen and for whoever is asked why. No network.

Bounded, and none of the chained documents: the office knows what it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from terminal.store import settings

if TYPE_CHECKING:
    import sqlite3

_KEY = "sync.exchanges"
EXCHANGES_MAX = 100


class Cause(StrEnum):
    """What made the till exchange data: somebody at its keys, or an event of the day."""

    KEYS = "keys"
    START = "start"
    LOGIN = "login"
    OPENING = "opening"
    CLOSING = "closing"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange that ended: rows that came, documents that went, or why it did not work.

    ``entry`` is the word of the menu, ``push`` for documents; ``operator`` who was logged in.
    """

    at: str
    entry: str
    cause: Cause
    operator: str = ""
    sent: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    refused: int = 0
    error: str = ""

    @property
    def moved(self) -> int:
        """Rows that are other than before, and documents that are at the office now."""
        return self.sent + self.added + self.changed + self.removed


def recent(db: sqlite3.Connection) -> list[Exchange]:
    """The last exchanges, newest first."""
    return msgspec.json.decode(settings.get(db, _KEY, "[]"), type=list[Exchange])


def keep(db: sqlite3.Connection, exchange: Exchange) -> None:
    """Remember one more and forget the oldest; call inside ``write``."""
    kept = [exchange, *recent(db)][:EXCHANGES_MAX]
    settings.put(db, _KEY, msgspec.json.encode(kept).decode())
