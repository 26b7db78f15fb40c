"""What a till may ask: enrolment, data sets, its journal, heartbeat, release."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Router, get, post, put
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK
from msgspec.structs import replace

from backoffice import (
    contacts,
    errands,
    fleet,
    publish,
    receive,
    rollouts,
    settings,
    snapshots,
    sold,
    till_logs,
)
from backoffice.api.access import message_of, terminal_only
from backoffice.api.attachments import attachment_content, attachment_held, take_piece
from backoffice.api.digests import digesting
from backoffice.api.openapi import problems
from backoffice.api.parked import offer, shared, take
from backoffice.api.snapshots import snapshot
from backoffice.contacts import Contact
from backoffice.errors import Forbidden
from backoffice.moments import stamp
from backoffice.office import Office
from backoffice.signatures import Message, verify
from backoffice.store.company import SERVER
from backoffice.store.engine import reading, writing
from terminal.sync import wire

# JSON escapes the quotes of the bodies: what holds 1 MiB of them may be longer on the line.
PUSH_BYTES_MAX = 4 * wire.JOURNAL_BYTES_MAX
# Quoted as well, and there are two texts in it.
LOG_BYTES_MAX = 8 * wire.LOG_BYTES_MAX
JOURNAL_PAGE = 500

Asked = Request[Any, Any, Any]
PROBLEMS = problems(409)
OpenOffice = NamedDependency[SkipValidation[Office]]
# A place in a journal or among revisions, and how much of it to give.
Place = Annotated[int, QueryParameter(ge=0, le=wire.NUMBER_MAX)]
Count = Annotated[int, QueryParameter(ge=1, le=wire.PAGE_ROWS_MAX)]


@post("/v1/enrol", status_code=HTTP_200_OK, responses=PROBLEMS, middleware=[digesting])
async def enrol(
    server: OpenOffice, request: Asked, data: JSONBody[wire.EnrolRequest]
) -> wire.EnrolAnswer:
    """Spend a technician's one-time code; signed with the key that the terminal will have."""
    caller = request.client.host if request.client else ""
    message = await message_of(request)
    return await sync_to_thread(_enrol, server, caller, message, data)


def _enrol(
    server: Office, caller: str, message: Message, data: wire.EnrolRequest
) -> wire.EnrolAnswer:
    moment = server.clock()
    if not server.enrolments.is_open(caller, moment):
        raise Forbidden(detail="too many wrong codes: wait a minute")
    verify(message, data.public_key, moment)
    with reading(server.everyone) as database:
        company = fleet.company_of_code(database, data.code)
    try:
        with writing(server.of(company or SERVER).engine) as database:
            answer = fleet.enrol(database, data, moment)
            settings.note(database, moment, "enrol", f"{answer.terminal}, epoch {answer.epoch}")
            contacts.note(database, answer.terminal, Contact.ENROL, stamp(moment))
            return answer
    except Forbidden:
        server.enrolments.fail(caller, moment)
        raise


@get("/sets", responses=PROBLEMS, sync_to_thread=True)
def sets(office: OpenOffice, request: Asked) -> list[wire.SetState]:
    """How far every data set of the terminal's shop has come, and the file that holds them all."""
    with reading(office.engine) as database:
        return snapshots.announced(database, request.state.shop)


@get("/sets/{name:str}", responses=PROBLEMS, sync_to_thread=True)
def set_page(
    office: OpenOffice,
    request: Asked,
    terminal: FromPath[str],
    name: FromPath[str],
    since: Place = 0,
    limit: Count = wire.PAGE_ROWS_MAX,
) -> wire.SetPage:
    """Changes of one data set after a revision."""
    with reading(office.engine) as database:
        page = publish.page(database, name, request.state.shop, since, limit)
    if moved := len(page.rows) + len(page.removed):
        with writing(office.engine) as database:
            at = stamp(office.clock())
            contacts.note(database, terminal, Contact.PULL, at, what=name, rows=moved)
    return page


@post(
    "/journal",
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
    request_max_body_size=PUSH_BYTES_MAX,
)
def push(
    office: OpenOffice, terminal: FromPath[str], data: JSONBody[wire.JournalPush]
) -> wire.JournalAnswer:
    """Take entries of the journal; the answer says how far the office holds it."""
    answer = receive.receive(office.engine, terminal, data, office.clock())
    with reading(office.engine) as database:
        return replace(answer, seals=office.sealing.heads(database, terminal, data))


@get("/journal", responses=PROBLEMS, sync_to_thread=True)
def journal(
    office: OpenOffice,
    terminal: FromPath[str],
    after: Place = 0,
    limit: Count = JOURNAL_PAGE,
    epoch: Annotated[int | None, QueryParameter(ge=1, le=wire.EPOCH_MAX)] = None,
) -> wire.JournalPage:
    """Give a till its own journal back."""
    with reading(office.engine) as database:
        return receive.page(database, terminal, after, limit, epoch)


@get("/receipts/{code:str}", responses=PROBLEMS, sync_to_thread=True)
def sold_receipt(office: OpenOffice, code: FromPath[str]) -> wire.SoldAnswer:
    """A receipt of the company by its bar code, whatever till printed it, and what came back."""
    with reading(office.engine) as database:
        return sold.by_code(database, code)


@post("/heartbeat", status_code=HTTP_200_OK, responses=PROBLEMS, sync_to_thread=True)
def heartbeat(
    office: OpenOffice, terminal: FromPath[str], data: JSONBody[wire.Heartbeat]
) -> wire.HeartbeatAnswer:
    """Keep how the till is; tell it the time, and what is asked of it."""
    moment = office.clock()
    with writing(office.engine) as database:
        fleet.beat(database, terminal, data, moment)
        contacts.note(database, terminal, Contact.BEAT, stamp(moment))
        contacts.forget_old(database, moment)
        return wire.HeartbeatAnswer(stamp(moment), errands.named(database, terminal, moment))


@put(
    "/logs/{errand:str}",
    responses=PROBLEMS,
    sync_to_thread=True,
    request_max_body_size=LOG_BYTES_MAX,
)
def keep_log(
    office: OpenOffice, terminal: FromPath[str], errand: FromPath[str], data: JSONBody[wire.TillLog]
) -> wire.LogKept:
    """Keep the log that the till was asked for."""
    moment = office.clock()
    with writing(office.engine) as database:
        contacts.note(database, terminal, Contact.LOG, stamp(moment))
        return till_logs.keep(database, terminal, errand, data, moment)


@get("/release", responses=PROBLEMS, sync_to_thread=True)
def release(
    office: OpenOffice,
    terminal: FromPath[str],
    platform: FromQuery[str] = "",
    channel: FromQuery[str] = wire.CHANNEL,
) -> wire.ReleaseAnswer:
    """Version the office wants this till to run, and its bundle for the till's platform."""
    with reading(office.engine) as database:
        wish = rollouts.wish(database, terminal)
    if office.shelf is None:
        return wire.ReleaseAnswer(wish.version, is_paused=wish.is_paused, is_forced=wish.is_forced)
    return office.shelf.answer(terminal, wish, platform, channel, office.clock())


own_routes = Router(
    "/v1/terminals/{terminal:str}",
    guards=[terminal_only],
    middleware=[digesting],
    security=[{"terminal": []}],
    route_handlers=[
        sets,
        set_page,
        snapshot,
        push,
        journal,
        sold_receipt,
        heartbeat,
        keep_log,
        release,
        shared,
        offer,
        take,
        attachment_held,
        take_piece,
        attachment_content,
    ],
)
