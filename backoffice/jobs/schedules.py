"""When jobs are asked for by the clock: at an hour of some days, or every so many minutes.

Hours are the shops' own, summer and winter. What was missed, because nobody was there to do it, is
made up for once; and what still waits or runs is not asked for once more.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, update

from backoffice.errors import BadRequest, NotFound
from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.moments import ZONE, stamp
from backoffice.store.tables import job, job_schedule
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Row

EVERY_MIN, EVERY_MAX = 1, 7 * 24 * 60
EVERY_DAY: Final = "1234567"
_AT = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_DAYS = re.compile(r"1?2?3?4?5?6?7?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is asked for, and when: ``at`` HH:MM on ``days`` (1 is Monday), or ``every_min``."""

    id: str
    channel: str
    way: Way
    queue: str
    what: tuple[str, ...]
    is_whole: bool
    options: Mapping[str, Any]
    at: str
    every_min: int
    days: str
    is_on: bool
    next_at: str


def schedules(connection: Connection, channel: str = "") -> list[Schedule]:
    """The schedules of a channel, or all."""
    table = job_schedule.c
    chosen = select(job_schedule).order_by(table.channel, table.way, table.at, table.id)
    rows = connection.execute(chosen.where(table.channel == channel) if channel else chosen)
    return [_schedule(row) for row in rows]


def put_schedule(
    connection: Connection,
    moment: datetime,
    *,
    way: str,
    channel: str,
    queue: str,
    what: Sequence[str],
    is_whole: bool,
    options: Mapping[str, Any] | None = None,
    schedule_id: str = "",
    at: str = "",
    every_min: int = 0,
    days: str = EVERY_DAY,
    is_on: bool = True,
) -> str:
    """Make a schedule, or change the one of this id; gives the id.

    Raises ``BadRequest`` for what is no time or no job, ``NotFound`` for an id that nobody has.
    """
    told = book.check(way=way, channel=channel, queue=queue, what=what)
    _check(at, every_min, days)
    table = job_schedule.c
    if schedule_id and not connection.scalar(select(table.id).where(table.id == schedule_id)):
        raise NotFound(detail=f"no schedule {schedule_id!r}")
    row = {
        "id": schedule_id or uuid.uuid4().hex,
        "channel": channel,
        "way": way,
        "queue": queue,
        "what": json.dumps(told),
        "is_whole": int(is_whole),
        "options": json.dumps(dict(options or {}), sort_keys=True),
        "at": at,
        "every_min": every_min,
        "days": days,
        "is_on": int(is_on),
        "next_at": stamp(following(moment, at, every_min, days)),
    }
    upsert(connection, job_schedule, [row])
    return str(row["id"])


def remove_schedule(connection: Connection, schedule_id: str) -> None:
    """Ask no more; what was asked for goes on. Raises ``NotFound``."""
    removed = connection.execute(delete(job_schedule).where(job_schedule.c.id == schedule_id))
    if not removed.rowcount:
        raise NotFound(detail=f"no schedule {schedule_id!r}")


def following(moment: datetime, at: str, every_min: int, days: str) -> datetime:
    """When it is due next after ``moment``."""
    if every_min:
        return moment + timedelta(minutes=every_min)
    today = moment.astimezone(ZONE).date()
    hour = time.fromisoformat(at)
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        # An hour that the clocks skip in spring is the one after it; of two in autumn the first.
        due = datetime.combine(day, hour, ZONE).astimezone(UTC)
        if str(day.isoweekday()) in days and due > moment:
            return due
    raise AssertionError(days)


def ask_what_is_due(connection: Connection, moment: datetime) -> list[str]:
    """Ask for the jobs whose time has come, once each however long ago; gives their ids."""
    table = job_schedule.c
    due = select(job_schedule).where(table.is_on == 1, table.next_at <= stamp(moment))
    asked = []
    # Whoever looks at the same time passes over what is being asked for here.
    for row in connection.execute(due.with_for_update(skip_locked=True)).all():
        each = _schedule(row)
        next_at = _after(row, moment)
        connection.execute(
            update(job_schedule).where(table.id == row.id).values(next_at=stamp(next_at))
        )
        if not _is_open(connection, row.id):
            job_id = book.ask(
                connection,
                "",
                moment,
                way=each.way,
                channel=each.channel,
                queue=each.queue,
                what=each.what,
                is_whole=each.is_whole,
                options=each.options,
                schedule=each.id,
            )
            asked.append(job_id)
    return asked


def _after(row: Row[Any], moment: datetime) -> datetime:
    """Its next time; every ten minutes stays at the same minutes of the hour."""
    if not row.every_min:
        return following(moment, row.at, 0, row.days)
    was, step = datetime.fromisoformat(row.next_at), timedelta(minutes=row.every_min)
    return was + step * ((moment - was) // step + 1)


def _is_open(connection: Connection, schedule_id: str) -> bool:
    chosen = select(job.c.id).where(
        job.c.schedule == schedule_id, job.c.state.in_((book.WAITING, book.RUNNING))
    )
    return connection.execute(chosen.limit(1)).first() is not None


def _check(at: str, every_min: int, days: str) -> None:
    if bool(at) == bool(every_min):
        raise BadRequest(detail="$.at: expected either an hour or every so many minutes")
    if at and not _AT.fullmatch(at):
        raise BadRequest(detail="$.at: expected HH:MM")
    if every_min and not EVERY_MIN <= every_min <= EVERY_MAX:
        raise BadRequest(detail=f"$.every_min: expected {EVERY_MIN} to {EVERY_MAX}")
    if not days or not _DAYS.fullmatch(days):
        raise BadRequest(detail="$.days: expected digits of days in order, 1 for Monday")


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        way=Way(row.way),
        what=tuple(json.loads(row.what)),
        is_whole=bool(row.is_whole),
        options=json.loads(row.options),
        is_on=bool(row.is_on),
        **{
            name: getattr(row, name)
            for name in ("id", "channel", "queue", "at", "every_min", "days", "next_at")
        },
    )
