"""The queues in which jobs of a channel wait: how many of each run at once, and whether any may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from backoffice.errors import BadRequest
from backoffice.store.tables import job, job_queue
from backoffice.store.upsert import insert_if_absent

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Each channel has it, whether or not anybody made it.
MAIN = "main"
AT_ONCE, AT_ONCE_MAX = 1, 16
_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of a channel; of its jobs ``at_once`` run, unless it ``is_paused``."""

    name: str
    channel: str
    at_once: int
    is_paused: bool
    waiting: int
    running: int


def queues(connection: Connection, channel: str = "") -> list[Queue]:
    """The queues of a channel, the main one first; without a channel those that are known."""
    table = job_queue.c
    chosen = select(table.channel, table.name, table.at_once, table.is_paused)
    rows = connection.execute(chosen.where(table.channel == channel) if channel else chosen)
    made = {(row.channel, row.name): (row.at_once, bool(row.is_paused)) for row in rows}
    counts = _counts(connection, channel)
    channels = {each for each, _name in (*made, *counts)} | ({channel} if channel else set())
    known = {*made, *counts, *((each, MAIN) for each in channels)}
    return [
        Queue(name, of, *made.get((of, name), (AT_ONCE, False)), *counts.get((of, name), (0, 0)))
        for of, name in sorted(known, key=lambda it: (it[0], it[1] != MAIN, it[1]))
    ]


def put_queue(connection: Connection, channel: str, name: str, at_once: int) -> None:
    """Make a queue, or let so many of its jobs run at once. Raises ``BadRequest``."""
    _check(channel, name)
    if not 0 < at_once <= AT_ONCE_MAX:
        raise BadRequest(detail=f"$.at_once: expected 1 to {AT_ONCE_MAX}")
    insert_if_absent(connection, job_queue, _row(channel, name))
    _set(connection, channel, name, at_once=at_once)


def pause(connection: Connection, channel: str, name: str, is_paused: bool) -> None:  # noqa: FBT001 - the word of the button
    """Begin no more jobs of a queue, or go on with them; those that run go to their end."""
    _check(channel, name)
    insert_if_absent(connection, job_queue, _row(channel, name))
    _set(connection, channel, name, is_paused=int(is_paused))


def _row(channel: str, name: str) -> dict[str, object]:
    return {"channel": channel, "name": name, "at_once": AT_ONCE, "is_paused": 0}


def _set(connection: Connection, channel: str, name: str, **values: int) -> None:
    table = job_queue.c
    changed = update(job_queue).where(table.channel == channel, table.name == name)
    connection.execute(changed.values(**values))


def _check(channel: str, name: str) -> None:
    for word, value in (("channel", channel), ("name", name)):
        if not 0 < len(value) <= _LENGTH:
            raise BadRequest(detail=f"$.{word}: expected 1 to {_LENGTH} characters")


def _counts(connection: Connection, channel: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Of each queue that has any: the jobs that wait and those that run."""
    table = job.c
    chosen = select(table.channel, table.queue, table.state, func.count().label("number"))
    chosen = chosen.where(table.state.in_(("waiting", "running")))
    if channel:
        chosen = chosen.where(table.channel == channel)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in connection.execute(chosen.group_by(table.channel, table.queue, table.state)):
        found.setdefault((row.channel, row.queue), {})[row.state] = row.number
    return {
        place: (each.get("waiting", 0), each.get("running", 0)) for place, each in found.items()
    }
