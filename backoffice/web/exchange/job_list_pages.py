"""The list of jobs, the newest first. The part with the jobs asks for itself while any goes on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation
from litestar.response import Template
from litestar.status_codes import HTTP_204_NO_CONTENT

from backoffice.actor import CurrentActor
from backoffice.errors import NotFound
from backoffice.exchange import reached
from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web.exchange import words
from backoffice.web.filters import Filters
from backoffice.web.page import Asked, page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.jobs.book import JobState

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.GOODS}
PAGE_JOBS = 50


@get("/exchange/jobs", sync_to_thread=True, opt=_MAY)
def jobs(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Jobs of the actor's channels."""
    asked = Filters(request.query_params)
    context = _listed(office, actor, asked)
    return page("exchange/jobs.html", request, status=asked.status, **context)


@get("/exchange/jobs/now", sync_to_thread=True, opt={**_MAY, "is_idle": True})
def jobs_now(
    office: OpenOffice, actor: CurrentActor, request: Asked, seen_mark: FromQuery[str] = ""
) -> Response[Any] | Template:
    """The jobs of the list; nothing while they are as they were when they were marked."""
    context = _listed(office, actor, Filters(request.query_params))
    if context["mark"] == seen_mark:
        return Response(None, status_code=HTTP_204_NO_CONTENT)
    return page("exchange/jobs_now.html", request, **context)


def mark(jobs: Iterable[JobState]) -> str:
    """Another text whenever the list looks otherwise."""
    told = [
        (it.id, it.state, it.attempt, it.total, it.next_try_at, it.is_to_stop, *it.counts.values())
        for it in jobs
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _listed(office: Office, actor: Actor, asked: Filters) -> dict[str, Any]:
    with reading(office.engine) as database:
        mine = reached.own_channels(database, actor)
        channel = asked.one_of("channel", [it.id for it in mine])
        way, state = asked.one_of("way", list(Way)), asked.one_of("state", book.STATES)
        found = reached.own_jobs(
            database,
            actor,
            channel=channel,
            way=way,
            state=state,
            before=_known(database, asked.word("before")),
            limit=PAGE_JOBS + 1,
        )
    shown = found[:PAGE_JOBS]
    return {
        "jobs": shown,
        "mark": mark(shown),
        "is_open": any(it.is_open for it in shown),
        "older": shown[-1].id if len(found) > PAGE_JOBS else "",
        "before": asked.word("before"),
        "kept": asked.kept("seen_mark"),
        "channels": {it.id: words.channel(it) for it in mine},
        "channel": channel,
        "way": way,
        "state": state,
    }


def _known(connection: Connection, before: str) -> str:
    """The job where a page begins; one that nobody knows is the newest."""
    try:
        return book.job(connection, before).id if before else ""
    except NotFound:
        return ""


HANDLERS = (jobs, jobs_now)
