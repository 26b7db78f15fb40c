"""Which jobs are begun, by whom, and which have lost their worker. Nothing is done here.

That a queue is paused or full is decided in the transaction that gives a job to a worker: so it
holds for all workers together, from one moment to the next and on both databases. A job that was
given away and is begun by nobody looks like one whose worker died, and is found like one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select, update

from backoffice.jobs import book, queues
from backoffice.jobs.work import Way
from backoffice.moments import stamp
from backoffice.store.tables import job, job_queue, job_schedule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row


@dataclass(frozen=True, slots=True)
class Given:
    """A job of a company, begun for the ``run``-th time, and the step at which it stands."""

    company: str
    job: str
    run: int
    step_no: int


def due(connection: Connection, moment: datetime) -> list[tuple[str, str]]:
    """Company and channel wherever a job waits that may be begun; ``connection`` sees all."""
    table, place = job.c, job_queue.c
    is_of = and_(
        place.company == table.company, place.channel == table.channel, place.name == table.queue
    )
    chosen = select(table.company, table.channel).outerjoin_from(job, job_queue, is_of)
    ready = table.state == book.WAITING, table.next_try_at <= stamp(moment)
    is_open = place.is_paused.is_(None) | (place.is_paused == 0)
    rows = connection.execute(chosen.where(*ready, is_open).distinct())
    return [(row.company, row.channel) for row in rows]


def companies_with_schedules_due(connection: Connection, moment: datetime) -> list[str]:
    """Companies whose clock has struck; ``connection`` sees all."""
    table = job_schedule.c
    chosen = select(table.company).where(table.is_on == 1, table.next_at <= stamp(moment))
    return list(connection.scalars(chosen.distinct()))


def running(connection: Connection) -> list[tuple[Given, str]]:
    """Jobs that are being done, each with its worker; ``connection`` sees all."""
    table = job.c
    chosen = select(table.company, table.id, table.run, table.step_no, table.worker)
    rows = connection.execute(chosen.where(table.state == book.RUNNING))
    return [(Given(*given), worker) for *given, worker in rows]


def admit(
    connection: Connection, channel: str, worker: str, most: int, moment: datetime
) -> list[Given]:
    """Give ``worker`` the jobs of a channel that may be begun now, the oldest first."""
    _hold(connection, channel)
    table = job.c
    of_channel = select(job).where(table.channel == channel)
    busy = list(connection.execute(of_channel.where(table.state == book.RUNNING)))
    ready = of_channel.where(table.state == book.WAITING, table.next_try_at <= stamp(moment))
    found = connection.execute(ready.order_by(table.asked_at, table.id)).all()
    rooms = {
        it.name: 0 if it.is_paused else it.at_once for it in queues.queues(connection, channel)
    }
    begun: list[Given] = []
    for row in found:
        if len(begun) == most:
            break
        is_full = sum(it.queue == row.queue for it in busy) >= rooms.get(row.queue, 0)
        if is_full or _clashes(row, busy):
            continue
        told = {"state": book.RUNNING, "run": row.run + 1, "worker": worker, "reason": ""}
        began = row.began_at or stamp(moment)
        # One that was cancelled since it was looked at stays so.
        waits = table.id == row.id, table.run == row.run, table.state == book.WAITING
        mine = update(job).where(*waits).values(**told, began_at=began)
        if connection.execute(mine).rowcount == 1:
            busy.append(row)
            begun.append(Given(row.company, row.id, row.run + 1, row.step_no))
    return begun


def claim(connection: Connection, given: Given, was: str, worker: str) -> bool:
    """Take a job over from ``was``; no more than one worker is told that it has it."""
    table = job.c
    same = table.id == given.job, table.run == given.run, table.worker == was
    mine = update(job).where(*same, table.state == book.RUNNING).values(worker=worker)
    return connection.execute(mine).rowcount == 1


def begin_anew(connection: Connection, given: Given, worker: str) -> Given | None:
    """Begin a job once more that nobody will end; None when it has ended after all."""
    table = job.c
    held = select(table.step_no).where(table.id == given.job).with_for_update()
    step_no = connection.scalar(held)
    same = table.id == given.job, table.run == given.run, table.state == book.RUNNING
    told = {"run": given.run + 1, "worker": worker}
    if connection.execute(update(job).where(*same).values(**told)).rowcount != 1 or step_no is None:
        return None
    return Given(given.company, given.job, given.run + 1, step_no)


def _hold(connection: Connection, channel: str) -> None:
    """Until the end of the transaction nobody else gives jobs of this channel away."""
    table = job_queue.c
    main = table.channel == channel, table.name == queues.MAIN
    held = select(table.name).where(*main).with_for_update()
    if connection.execute(held).first() is None:
        queues.put_queue(connection, channel, queues.MAIN, queues.AT_ONCE)
        connection.execute(held)


def _clashes(row: Row[Any], others: Iterable[Row[Any]]) -> bool:
    """Whether it would move what another one moves at the same time.

    Documents name partners, so two imports of a channel never run side by side. Nor does an import
    with an export that compares: its list was read before, and lacks what goes there meanwhile.
    """
    return any(
        _compares(row, it) or _compares(it, row)
        if it.way != row.way
        else row.way == Way.IMPORT or set(json.loads(it.what)) & set(json.loads(row.what))
        for it in others
    )


def _compares(row: Row[Any], other: Row[Any]) -> bool:
    is_whole = row.way == Way.EXPORT and bool(row.is_whole)
    return is_whole and bool(set(json.loads(row.what)) & set(json.loads(other.what)))
