"""Slips in the journal: one row each, with its state and how often it may be on paper.

What may follow what is decided in ``terminal.paper.state``; triggers hold that papers are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from drivers.paper import Slip
from terminal.paper.state import MAKES_PAPER, State, step

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = "SELECT id, key, kind, state, copies, made_at, changed_at, why, body FROM slip"


@dataclass(frozen=True, slots=True)
class Job:
    """A slip in the queue; ``copies`` papers of it may be in the world, ``why`` explains its state.

    ``body`` is the slip as the journal keeps it.
    """

    id: int
    key: str
    kind: str
    state: State
    copies: int
    made_at: str
    changed_at: str
    why: str
    body: str

    def slip(self) -> Slip:
        """What is to be printed; raises ValueError when another program wrote it."""
        return msgspec.json.decode(self.body, type=Slip)


def add(db: sqlite3.Connection, key: str, kind: str, slip: Slip, at: str) -> Job | None:
    """Queue ``slip`` once for ever; None when ``key`` has been queued. Call inside ``write``."""
    body = msgspec.json.encode(slip).decode()
    done = db.execute(
        "INSERT INTO slip (key, kind, state, made_at, changed_at, body)"
        " VALUES (?, ?, 'WAITING', ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (key, kind, at, at, body),
    )
    return find(db, key) if done.rowcount else None


def find(db: sqlite3.Connection, key: str) -> Job | None:
    """The slip with ``key``."""
    return _job(db.execute(f"{_COLUMNS} WHERE key = ?", (key,)).fetchone())


def get(db: sqlite3.Connection, ident: int) -> Job | None:
    """The slip with number ``ident``."""
    return _job(db.execute(f"{_COLUMNS} WHERE id = ?", (ident,)).fetchone())


def first(db: sqlite3.Connection, state: State) -> Job | None:
    """The oldest slip in ``state``, which is one that is not finished."""
    row = db.execute(
        f"{_COLUMNS} WHERE state IN ('WAITING', 'PRINTING', 'UNSURE') AND state = ?"
        " ORDER BY id LIMIT 1",
        (state,),
    ).fetchone()
    return _job(row)


def unfinished(db: sqlite3.Connection) -> list[Job]:
    """Everything that is not finished, oldest first."""
    rows = db.execute(
        f"{_COLUMNS} WHERE state IN ('WAITING', 'PRINTING', 'UNSURE') ORDER BY id"
    ).fetchall()
    return [job for row in rows if (job := _job(row))]


def latest(db: sqlite3.Connection, count: int) -> list[Job]:
    """The newest slips, newest first."""
    rows = db.execute(f"{_COLUMNS} ORDER BY id DESC LIMIT ?", (count,)).fetchall()
    return [job for row in rows if (job := _job(row))]


def count_unfinished(db: sqlite3.Connection) -> int:
    """How many are not finished."""
    found = db.execute(
        "SELECT count(*) FROM slip WHERE state IN ('WAITING', 'PRINTING', 'UNSURE')"
    ).fetchone()
    return int(found[0])


def move(db: sqlite3.Connection, job: Job, event: str, at: str, why: str = "") -> Job | None:
    """Take ``job`` on by ``event``; None when that is not possible. Call inside ``write``."""
    following = step(job.state, event)
    if following is None:
        return None
    copies = job.copies + (event in MAKES_PAPER)
    db.execute(
        "UPDATE slip SET state = ?, copies = ?, changed_at = ?, why = ? WHERE id = ?",
        (following, copies, at, why, job.id),
    )
    return get(db, job.id)


def prune(db: sqlite3.Connection, kept: int) -> None:
    """Forget the oldest finished slips beyond the newest ``kept``; call inside ``write``."""
    db.execute(
        "DELETE FROM slip WHERE state IN ('PRINTED', 'DROPPED') AND id <="
        " (SELECT id FROM slip ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (kept,),
    )


def _job(row: tuple[Any, ...] | None) -> Job | None:
    if row is None:
        return None
    ident, key, kind, state, *rest = row
    return Job(ident, key, kind, State(state), *rest)
