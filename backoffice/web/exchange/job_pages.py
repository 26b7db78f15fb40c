"""One job: how far it is, what became of each record, and what was said; cancel, send on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_204_NO_CONTENT

from backoffice.actor import CurrentActor
from backoffice.errors import Conflict
from backoffice.exchange import acts, channels, reached
from backoffice.jobs import book
from backoffice.jobs.work import Fate, Outcome
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import sheet
from backoffice.web.exchange import words
from backoffice.web.exchange.retelling import retold
from backoffice.web.filters import Before, Filters
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.terminal_pages import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from backoffice.jobs.book import JobState

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.GOODS}
PAGE_RECORDS = 100
_SHEET_RECORDS = 200_000
_AT_A_TIME = 5_000
_LOG_MAX = 500


@dataclass(frozen=True, slots=True)
class Row:
    """How many records of one object ended how."""

    object: str
    counts: dict[Fate, int]


@get("/exchange/jobs/{job:str}", sync_to_thread=True, opt=_MAY)
def one_job(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    job: FromPath[str],
    after: Before = 0,
    as_file: Format = "",
) -> Response[Any]:
    """One job; its records of the fate that is asked for, also as a file."""
    asked = Filters(request.query_params)
    fate = asked.one_of("fate", list(Fate))
    with reading(office.engine) as database:
        found = reached.own_job(database, actor, job)
        if as_file:
            headings = [_("No"), _("Object"), _("Record"), _("Result"), _("Reason"), _("Where")]
            rows = map(_cells, _records(database, job, fate))
            return sheet.download(as_file, f"job-{job[:8]}", headings, rows)
        records = book.records(database, job, fate=fate, after=after, limit=PAGE_RECORDS + 1)
        context = _now(database, found)
    return page(
        "exchange/job.html",
        request,
        status=asked.status,
        records=records[:PAGE_RECORDS],
        next=records[PAGE_RECORDS - 1][0] if len(records) > PAGE_RECORDS else 0,
        after=after,
        fate=fate,
        **context,
    )


@get("/exchange/jobs/{job:str}/now", sync_to_thread=True, opt={**_MAY, "is_idle": True})
def job_now(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    job: FromPath[str],
    seen_mark: FromQuery[str] = "",
) -> Response[Any] | Template:
    """The part that changes; nothing while it is as it was when it was marked."""
    with reading(office.engine) as database:
        found = reached.own_job(database, actor, job)
        if mark(database, found) == seen_mark:
            return Response(None, status_code=HTTP_204_NO_CONTENT)
        context = _now(database, found)
    return page("exchange/job_now.html", request, **context)


@post("/exchange/jobs/{job:str}/cancel", sync_to_thread=True, opt=_MAY)
def cancel(office: OpenOffice, actor: CurrentActor, job: FromPath[str]) -> Redirect:
    """Let it be; what it did stays done."""
    said = _("The job ends after the step that it is at. What it did stays.")
    try:
        with writing(office.engine) as database:
            acts.cancel(database, actor, office.clock(), job)
    except Conflict:
        said = _("The job has ended already.")
    return done(f"/exchange/jobs/{job}", said)


@post("/exchange/jobs/{job:str}/on", sync_to_thread=True, opt=_MAY)
def send_on(office: OpenOffice, actor: CurrentActor, job: FromPath[str]) -> Redirect:
    """Have it go on from where it stood."""
    said = _("The job goes on from where it stood.")
    try:
        with writing(office.engine) as database:
            acts.send_on(database, actor, office.clock(), job)
    except Conflict:
        said = _("The job goes on already, or has nothing left to do.")
    return done(f"/exchange/jobs/{job}", said)


def mark(connection: Connection, job: JobState) -> str:
    """Another text whenever the page of the job may look otherwise."""
    said = reached.newest_line(connection, job.id)
    parts = (
        *(job.state, job.attempt, job.total, job.next_try_at, int(job.is_to_stop), said),
        *job.counts.values(),
    )
    return "-".join("".join(filter(str.isalnum, str(part))) for part in parts)


def _now(connection: Connection, job: JobState) -> dict[str, Any]:
    by_object = reached.fates(connection, job.id)
    known = [*job.what, *(it for it in by_object if it not in job.what)]
    channel = next((it for it in channels.channels(connection) if it.id == job.channel), None)
    return {
        # Before the figures: what comes while they are read is asked for once more.
        "mark": mark(connection, job),
        "job": job,
        "rows": [Row(it, by_object.get(it, {})) for it in known],
        "moved": sum(job.counts.values()),
        "log": reached.last_lines(connection, job.id, _LOG_MAX),
        "channel": words.channel(channel) if channel else job.channel,
        "fates": list(Fate),
    }


def _records(connection: Connection, job: str, fate: str) -> Iterator[tuple[int, Outcome]]:
    after = 0
    while True:
        some = book.records(connection, job, fate=fate, after=after, limit=_AT_A_TIME)
        yield from some
        if len(some) < _AT_A_TIME or some[-1][0] >= _SHEET_RECORDS:
            return
        after = some[-1][0]


def _cells(told: tuple[int, Outcome]) -> list[sheet.Cell]:
    no, it = told
    return [
        no,
        words.one_object(it.object),
        it.id,
        words.fate(it.fate),
        retold(it.reason),
        it.where,
    ]


HANDLERS = (one_job, job_now, cancel, send_on)
