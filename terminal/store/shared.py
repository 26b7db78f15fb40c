"""Parked receipts that lie with the office, and those that were asked for there.

Each verb that writes is called inside ``write``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Shared:
    """A receipt of this till under its name at the office; ``is_held`` when that has said so."""

    rid: str
    share: str
    is_held: bool


def hand_over(db: sqlite3.Connection, rid: str, share: str) -> None:
    """From here on the receipt is the office's, whether or not that knows it yet."""
    db.execute("INSERT INTO shared (rid, share) VALUES (?, ?)", (rid, share))


def held(db: sqlite3.Connection, share: str) -> None:
    """The office has said that it holds the receipt."""
    db.execute("UPDATE shared SET is_held = 1 WHERE share = ?", (share,))


def get_back(db: sqlite3.Connection, share: str) -> None:
    """The receipt is this till's again."""
    db.execute("DELETE FROM shared WHERE share = ?", (share,))


def everything(db: sqlite3.Connection) -> list[Shared]:
    """What this till has handed over, in the order of its names there."""
    rows = db.execute("SELECT rid, share, is_held FROM shared ORDER BY share")
    return [Shared(rid, share, bool(is_held)) for rid, share, is_held in rows]


def ask(db: sqlite3.Connection, share: str, request: str) -> str:
    """Note what is asked for, before it is; gives the request, the old one when there was one."""
    db.execute(
        "INSERT INTO taking (share, request) VALUES (?, ?) ON CONFLICT DO NOTHING", (share, request)
    )
    row = db.execute("SELECT request FROM taking WHERE share = ?", (share,)).fetchone()
    return str(row[0])


def asked(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Share and request of all that has no answer yet."""
    return db.execute("SELECT share, request FROM taking ORDER BY share").fetchall()


def answered(db: sqlite3.Connection, share: str) -> None:
    """The office has said whose the receipt is."""
    db.execute("DELETE FROM taking WHERE share = ?", (share,))
