"""What programs may ask of the exchange: to begin jobs, how far they are, what became of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK

from backoffice.actor import CurrentActor
from backoffice.api import exchange_setup
from backoffice.api.access import admin_only
from backoffice.api.exchange_shapes import (
    CountView,
    ExportWish,
    ImportWish,
    Jobs,
    JobView,
    OneJob,
    Records,
    RecordView,
    export_order,
    import_order,
)
from backoffice.api.openapi import problems
from backoffice.exchange import acts, reached
from backoffice.jobs import book
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from terminal.sync import wire

if TYPE_CHECKING:
    from backoffice.actor import Actor
    from backoffice.exchange.acts import Order
    from backoffice.jobs.book import JobState

PROBLEMS = problems(409)
OpenOffice = NamedDependency[SkipValidation[Office]]
_GOODS, _SHOPS = {"right": Right.GOODS}, {"right": Right.SHOPS}
_PAGE, _LOG_MAX = 50, 1000
Word = Annotated[str, QueryParameter(max_length=64)]
Limit = Annotated[int, QueryParameter(ge=1, le=wire.PAGE_ROWS_MAX)]
# The framework keeps the name `state` to itself.
State = Annotated[
    Literal["", "waiting", "running", "done", "cancelled", "dead"], QueryParameter(name="state")
]
Number = Annotated[int, QueryParameter(gt=-1, le=wire.NUMBER_MAX)]


@post("/exports", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def start_export(office: OpenOffice, actor: CurrentActor, data: JSONBody[ExportWish]) -> JobView:
    """Begin an export."""
    return _start(office, actor, export_order(data))


@post(
    "/exports/preview",
    opt=_GOODS,
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def preview_export(
    office: OpenOffice, actor: CurrentActor, data: JSONBody[ExportWish]
) -> list[CountView]:
    """What an export would move; writes nothing."""
    return [CountView(**asdict(it)) for it in acts.preview(office, actor, export_order(data))]


@post("/imports", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def start_import(office: OpenOffice, actor: CurrentActor, data: JSONBody[ImportWish]) -> JobView:
    """Begin an import."""
    return _start(office, actor, import_order(data))


@post(
    "/imports/preview",
    opt=_GOODS,
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def preview_import(
    office: OpenOffice, actor: CurrentActor, data: JSONBody[ImportWish]
) -> list[CountView]:
    """What an import would move; writes nothing."""
    return [CountView(**asdict(it)) for it in acts.preview(office, actor, import_order(data))]


@get("/jobs", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def jobs(
    office: OpenOffice,
    actor: CurrentActor,
    channel: Word = "",
    way: FromQuery[Literal["", "export", "import"]] = "",
    stands: State = "",
    before: Word = "",
    limit: Limit = _PAGE,
) -> Jobs:
    """Jobs, the newest first."""
    with reading(office.engine) as database:
        found = reached.own_jobs(
            database,
            actor,
            channel=channel,
            way=way,
            state=stands,
            before=before,
            limit=limit + 1,
        )
    older = found[limit - 1].id if len(found) > limit else ""
    return Jobs([_job(it) for it in found[:limit]], older)


@get("/jobs/{job:str}", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def job(office: OpenOffice, actor: CurrentActor, job: FromPath[str]) -> OneJob:
    """One job with the ends of its records and its log."""
    with reading(office.engine) as database:
        found = reached.own_job(database, actor, job)
        ends = reached.fates(database, job)
        told = reached.last_lines(database, job, _LOG_MAX)
    objects = {name: {str(fate): many for fate, many in it.items()} for name, it in ends.items()}
    return OneJob(_job(found), objects, [f"{it.at} {it.text}" for it in told])


@get("/jobs/{job:str}/records", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def records(
    office: OpenOffice,
    actor: CurrentActor,
    job: FromPath[str],
    fate: FromQuery[Literal["", "done", "same", "refused", "waiting"]] = "",
    after: Number = 0,
    limit: Limit = _PAGE,
) -> Records:
    """What became of each record, in the order in which they were done."""
    with reading(office.engine) as database:
        reached.own_job(database, actor, job)
        found = book.records(database, job, fate=fate, after=after, limit=limit)
    last = found[-1][0] if len(found) == limit else 0
    rows = [RecordView(no, it.object, it.id, it.fate, it.reason, it.where) for no, it in found]
    return Records(rows, last)


@post(
    "/jobs/{job:str}/cancel",
    opt=_GOODS,
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def cancel(office: OpenOffice, actor: CurrentActor, job: FromPath[str]) -> JobView:
    """Let a job be; one that runs ends after the step that it is at."""
    with writing(office.engine) as database:
        acts.cancel(database, actor, office.clock(), job)
        return _job(book.job(database, job))


@post(
    "/jobs/{job:str}/on",
    opt=_GOODS,
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def send_on(office: OpenOffice, actor: CurrentActor, job: FromPath[str]) -> JobView:
    """Have a dead or cancelled job go on from where it stood."""
    with writing(office.engine) as database:
        acts.send_on(database, actor, office.clock(), job)
        return _job(book.job(database, job))


exchange_routes = Router(
    "/v1/admin/exchange",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[
        *(start_export, preview_export, start_import, preview_import),
        *(jobs, job, records, cancel, send_on),
        *exchange_setup.HANDLERS,
    ],
)


def _start(office: Office, actor: Actor, order: Order) -> JobView:
    with writing(office.engine) as database:
        made = acts.start(database, actor, office.clock(), order)
        return _job(book.job(database, made))


def _job(it: JobState) -> JobView:
    own = {name: getattr(it, name) for name in JobView.__struct_fields__}
    counts = {str(fate): many for fate, many in it.counts.items()}
    return JobView(**{**own, "what": [*it.what], "options": dict(it.options), "counts": counts})
