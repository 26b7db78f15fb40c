"""The book of jobs: what was asked for, how far it is, what became of it. Nothing is run here.

Whoever does them reads it, too, so that asking for a job is no more than a row.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from backoffice.errors import BadRequest, Conflict, NotFound
from backoffice.exchange.objects import EXPORTS, IMPORTS
from backoffice.jobs.queues import MAIN, Queue, pause, put_queue, queues
from backoffice.jobs.work import Fate, Job, Outcome, Way, storable
from backoffice.moments import stamp
from backoffice.reasons import Reason
from backoffice.store.tables import job as jobs_table
from backoffice.store.tables import job_log, job_record
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

__all__ = [
    "CANCELLED",
    "DEAD",
    "DONE",
    "MAIN",
    "RUNNING",
    "STATES",
    "WAITING",
    "JobState",
    "LogLine",
    "Queue",
    "as_job",
    "ask",
    "cancel",
    "job",
    "jobs",
    "log",
    "pause",
    "put_queue",
    "queues",
    "records",
    "say",
    "send_on",
]

WAITING, RUNNING, DONE, CANCELLED, DEAD = "waiting", "running", "done", "cancelled", "dead"
STATES: Final = (WAITING, RUNNING, DONE, CANCELLED, DEAD)
_WHAT: Final[dict[str, tuple[str, ...]]] = {Way.EXPORT: tuple(EXPORTS), Way.IMPORT: IMPORTS}
_PLAIN = (
    "id", "channel", "queue", "schedule", "asked_by", "asked_at", "state", "attempt", "step",
    "total", "reason", "began_at", "ended_at", "next_try_at", "worker",
)  # fmt: skip
_LENGTHS: Final = {"channel": 64, "queue": 64, "asked_by": 200}


@dataclass(frozen=True, slots=True)
class JobState:
    """A job and how far it is. ``attempt`` counts the tries of the step it stands at.

    ``asked_by`` is empty for what a schedule asked for; ``reason`` says why it waits, or is dead.
    """

    id: str
    way: Way
    channel: str
    queue: str
    what: tuple[str, ...]
    is_whole: bool
    options: Mapping[str, Any]
    schedule: str
    asked_by: str
    asked_at: str
    state: str
    attempt: int
    step: str
    total: int | None
    counts: dict[Fate, int]
    reason: str
    began_at: str
    ended_at: str
    next_try_at: str
    worker: str
    is_to_stop: bool

    @property
    def is_open(self) -> bool:
        """Whether it has still to end."""
        return self.state in {WAITING, RUNNING}


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was said of a job, and when."""

    no: int
    at: str
    text: str


def ask(
    connection: Connection,
    actor_name: str,
    moment: datetime,
    *,
    way: str,
    channel: str,
    queue: str,
    what: Sequence[str],
    is_whole: bool,
    options: Mapping[str, Any] | None = None,
    schedule: str = "",
) -> str:
    """Ask for a job and give its id. Raises ``BadRequest`` for a word that means nothing."""
    told = check(way=way, channel=channel, queue=queue, what=what)
    row = {
        "id": uuid.uuid4().hex,
        "way": way,
        "channel": channel,
        "queue": queue,
        "what": json.dumps(told),
        "is_whole": int(is_whole),
        "options": json.dumps(dict(options or {}), sort_keys=True),
        "schedule": schedule,
        "asked_by": actor_name[: _LENGTHS["asked_by"]],
        "asked_at": stamp(moment),
        "state": WAITING,
        "next_try_at": stamp(moment),
        "total": None,
        **dict.fromkeys(("run", "attempt", "step_no", "is_to_stop"), 0),
        **dict.fromkeys(("done", "same", "refused", "waiting"), 0),
        **dict.fromkeys(("step", "reason", "began_at", "ended_at", "worker"), ""),
    }
    connection.execute(insert(jobs_table).values(row))
    return str(row["id"])


def check(*, way: str, channel: str, queue: str, what: Sequence[str]) -> list[str]:
    """The objects in the order in which references need them; raises ``BadRequest``."""
    if way not in _WHAT:
        raise BadRequest(detail=f"$.way: expected one of {', '.join(_WHAT)}")
    for name, value in (("channel", channel), ("queue", queue)):
        if not 0 < len(value) <= _LENGTHS[name]:
            raise BadRequest(detail=f"$.{name}: expected 1 to {_LENGTHS[name]} characters")
    if not what or not set(what) <= set(_WHAT[way]):
        raise BadRequest(detail=f"$.what: expected some of {', '.join(_WHAT[way])}")
    return [each for each in _WHAT[way] if each in what]


def jobs(
    connection: Connection,
    *,
    channel: str = "",
    way: str = "",
    state: str = "",
    before: str = "",
    limit: int = 50,
) -> list[JobState]:
    """Jobs, the newest first; ``before`` is the id of the last one that was shown."""
    table = jobs_table.c
    chosen = select(jobs_table).order_by(table.asked_at.desc(), table.id.desc()).limit(limit)
    for column, wanted in ((table.channel, channel), (table.way, way), (table.state, state)):
        if wanted:
            chosen = chosen.where(column == wanted)
    if before:
        last = job(connection, before)
        is_older = (table.asked_at == last.asked_at) & (table.id < last.id)
        chosen = chosen.where((table.asked_at < last.asked_at) | is_older)
    return [_state(row) for row in connection.execute(chosen)]


def job(connection: Connection, job_id: str) -> JobState:
    """One job. Raises ``NotFound``."""
    return _state(_row(connection, job_id))


def as_job(company: str, row: Row[Any]) -> Job:
    """A row of the table as whoever does its work knows it."""
    return Job(
        row.id,
        company,
        Way(row.way),
        row.channel,
        row.queue,
        tuple(json.loads(row.what)),
        bool(row.is_whole),
        row.asked_by,
        json.loads(row.options),
    )


def records(
    connection: Connection, job_id: str, *, fate: str = "", after: int = 0, limit: int = 200
) -> list[tuple[int, Outcome]]:
    """What became of its records, by their number, in the order in which they were done."""
    table = job_record.c
    chosen = select(job_record).where(table.job == job_id, table.no > after)
    if fate:
        chosen = chosen.where(table.fate == fate)
    rows = connection.execute(chosen.order_by(table.no).limit(limit))
    return [
        (row.no, Outcome(row.object, row.id, Fate(row.fate), row.reason, row.where)) for row in rows
    ]


def log(connection: Connection, job_id: str, after: int = 0, limit: int = 200) -> list[LogLine]:
    """What was said of it, the oldest first."""
    table = job_log.c
    chosen = select(table.no, table.at, table.text).where(table.job == job_id, table.no > after)
    return [LogLine(*row) for row in connection.execute(chosen.order_by(table.no).limit(limit))]


def say(connection: Connection, job_id: str, moment: datetime, *texts: str) -> None:
    """Add lines to the log of a job, whose row the caller holds."""
    table = job_log.c
    newest = select(table.no).where(table.job == job_id).order_by(table.no.desc()).limit(1)
    last = connection.scalar(newest) or 0
    rows = [
        {"job": job_id, "no": no, "at": stamp(moment), "text": storable(str(text))}
        for no, text in enumerate(texts, last + 1)
    ]
    if rows:
        connection.execute(insert(job_log), rows)


def cancel(connection: Connection, job_id: str, who: str, moment: datetime) -> None:
    """Let a job be; one that runs ends after the step that it is at. What it did stays done.

    Raises ``NotFound``, ``Conflict`` when it has ended.
    """
    row = _row(connection, job_id, is_held=True)
    if row.state not in {WAITING, RUNNING}:
        raise Conflict(detail=f"job {job_id} has ended")
    if row.state == RUNNING:
        _set(connection, job_id, is_to_stop=1)
    else:
        _set(connection, job_id, state=CANCELLED, ended_at=stamp(moment))
    say(connection, job_id, moment, Reason(_("cancelled by {who}"), who=who))


def send_on(connection: Connection, job_id: str, who: str, moment: datetime) -> None:
    """Have a job that ended before its time go on from the step at which it stood.

    Raises ``NotFound``, ``Conflict`` when there is nothing to go on with.
    """
    row = _row(connection, job_id, is_held=True)
    if row.state not in {CANCELLED, DEAD}:
        raise Conflict(detail=f"job {job_id} is {row.state}: only a dead or cancelled one goes on")
    fresh = {"attempt": 0, "reason": "", "ended_at": "", "worker": "", "is_to_stop": 0}
    _set(connection, job_id, state=WAITING, next_try_at=stamp(moment), **fresh)
    say(connection, job_id, moment, Reason(_("sent on by {who}"), who=who))


def _row(connection: Connection, job_id: str, *, is_held: bool = False) -> Row[Any]:
    chosen = select(jobs_table).where(jobs_table.c.id == job_id)
    row = connection.execute(chosen.with_for_update() if is_held else chosen).first()
    if row is None:
        raise NotFound(detail=f"no job {job_id!r}")
    return row


def _set(connection: Connection, job_id: str, **values: object) -> None:
    connection.execute(update(jobs_table).where(jobs_table.c.id == job_id).values(**values))


def _state(row: Row[Any]) -> JobState:
    return JobState(
        way=Way(row.way),
        what=tuple(json.loads(row.what)),
        is_whole=bool(row.is_whole),
        options=json.loads(row.options),
        counts={fate: getattr(row, fate.value) for fate in Fate},
        is_to_stop=bool(row.is_to_stop),
        **{name: getattr(row, name) for name in _PLAIN},
    )
