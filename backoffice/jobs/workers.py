"""Who does jobs at the moment: each worker says so every few seconds. It starts none.

The machines' clocks may differ by some seconds. By more than the silence, and a worker is taken for
dead that is not: its job is then begun by two, and each of its steps still written once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from backoffice.moments import stamp
from backoffice.store.tables import job_worker
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

# A row is no more than this behind; older ones are of workers that were killed.
_KEPT = timedelta(days=1)


def enter(connection: Connection, worker: str, release: str, moment: datetime) -> None:
    """A worker begins. ``connection`` is the server's own, here and below."""
    now = stamp(moment)
    row = {"id": worker, "release": release, "began_at": now, "seen_at": now}
    upsert(connection, job_worker, [row])
    connection.execute(delete(job_worker).where(job_worker.c.seen_at < stamp(moment - _KEPT)))


def beat(connection: Connection, worker: str, moment: datetime) -> None:
    """It still lives."""
    mine = update(job_worker).where(job_worker.c.id == worker)
    connection.execute(mine.values(seen_at=stamp(moment)))


def leave(connection: Connection, worker: str) -> None:
    """It goes, and its jobs are anybody's from now on."""
    connection.execute(delete(job_worker).where(job_worker.c.id == worker))


def alive(connection: Connection, moment: datetime, silence_s: float) -> set[str]:
    """Those that were heard of within ``silence_s``."""
    since = stamp(moment - timedelta(seconds=silence_s))
    return set(connection.scalars(select(job_worker.c.id).where(job_worker.c.seen_at >= since)))
