"""Which rows the other program has listed in a job: what it lists no more can then be removed.

The ids of a batch lie together in one row: nobody asks for one of them, all are read at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, func, select

from backoffice.store.tables import exchange_seen
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

_decode = msgspec.json.Decoder(list[str]).decode


def note(connection: Connection, job: str, set_name: str, step: int, ids: Iterable[str]) -> None:
    """Note what a step saw."""
    told = msgspec.json.encode(list(ids)).decode()
    row = {"job": job, "set_name": set_name, "step": step, "ids": told}
    upsert(connection, exchange_seen, [row])


def ids(connection: Connection, job: str, set_name: str) -> set[str]:
    """All that was seen of a set."""
    here = exchange_seen.c.job == job, exchange_seen.c.set_name == set_name
    found: set[str] = set()
    for text in connection.scalars(select(exchange_seen.c.ids).where(*here)):
        found.update(_decode(text))
    return found


def add(connection: Connection, set_name: str, ids: Collection[str]) -> None:
    """Note rows that went over there while a list is compared that was read before."""
    its = exchange_seen.c
    reading = select(its.job, func.min(its.step)).where(its.set_name == set_name).group_by(its.job)
    for job, first in connection.execute(reading).all() if ids else ():
        # Steps of a job count from 0 on.
        note(connection, job, set_name, min(first, 0) - 1, ids)


def forget(connection: Connection, job: str) -> None:
    """The job is over, or its object is."""
    connection.execute(delete(exchange_seen).where(exchange_seen.c.job == job))
