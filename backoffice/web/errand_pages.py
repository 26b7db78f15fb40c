"""What is asked of a till by a button, shutting it out, and the logs that it sent."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, errands, fleet, till_logs
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.terminal_pages import seen_till
from terminal.sync.wire import ErrandKind

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.TERMINALS}


class Wanted(msgspec.Struct, frozen=True):
    """Which button, and of the data to load anew which."""

    kind: str
    what: str = ""


class Access(msgspec.Struct, frozen=True):
    """Whether the till shall be shut out."""

    act: Literal["block", "unblock"]


@post("/terminals/{terminal:str}/errands", sync_to_thread=True, opt=_MAY)
def ask(
    office: OpenOffice,
    actor: CurrentActor,
    terminal: FromPath[str],
    data: URLEncodedBody[Wanted],
) -> Redirect:
    """Ask a till for something; what is asked already is not asked again."""
    moment = office.clock()
    what = data.what if data.kind == ErrandKind.RELOAD else ""
    with writing(office.engine) as database:
        till = seen_till(database, actor, terminal, moment)
        errand = errands.ask(database, till.id, data.kind, what, actor.name, moment)
        asked = {"kind": data.kind, "what": what, "errand": errand}
        subject = f"terminals/{till.id}"
        changes.record(database, actor, moment, "errand", subject, till.shop, None, asked)
    return done(f"/terminals/{till.id}", _("The till hears of it within a minute."))


@get("/terminals/{terminal:str}/block", sync_to_thread=True, opt=_MAY)
def block_question(
    office: OpenOffice, actor: CurrentActor, request: Asked, terminal: FromPath[str]
) -> Template:
    """Whether it shall really be shut out, and what that means."""
    with reading(office.engine) as database:
        till = seen_till(database, actor, terminal, office.clock())
    return page("block.html", request, till=till)


@post("/terminals/{terminal:str}/block", sync_to_thread=True, opt=_MAY)
def block(
    office: OpenOffice,
    actor: CurrentActor,
    terminal: FromPath[str],
    data: URLEncodedBody[Access],
) -> Redirect:
    """Shut a till out, or let it in again."""
    moment, is_blocked = office.clock(), data.act == "block"
    with writing(office.engine) as database:
        till = seen_till(database, actor, terminal, moment)
        fleet.block(database, till.id, is_blocked=is_blocked)
        before, after = {"is_blocked": till.is_blocked}, {"is_blocked": is_blocked}
        subject = f"terminals/{till.id}"
        changes.record(database, actor, moment, data.act, subject, till.shop, before, after)
    said = _("The till is blocked.") if is_blocked else _("The till is let in again.")
    return done(f"/terminals/{till.id}", said)


@get("/terminals/{terminal:str}/logs/{errand:str}", sync_to_thread=True, opt=_MAY)
def log(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    terminal: FromPath[str],
    errand: FromPath[str],
) -> Template:
    """A log that a till sent, with the checks of its device."""
    moment = office.clock()
    with reading(office.engine) as database:
        till = seen_till(database, actor, terminal, moment)
        kept = till_logs.log_of(database, till.id, errand, moment)
    return page("log.html", request, till=till, kept=kept)


@get("/terminals/{terminal:str}/logs/{errand:str}/log.txt", sync_to_thread=True, opt=_MAY)
def log_file(
    office: OpenOffice, actor: CurrentActor, terminal: FromPath[str], errand: FromPath[str]
) -> Response[Any]:
    """The same as a file."""
    moment = office.clock()
    with reading(office.engine) as database:
        till = seen_till(database, actor, terminal, moment)
        kept = till_logs.log_of(database, till.id, errand, moment)
    name = f'attachment; filename="{till.id}-{kept.at[:10]}.log"'
    text = f"{kept.checks}\n\n{kept.log}"
    return Response(text, media_type="text/plain", headers={"Content-Disposition": name})


HANDLERS = (ask, block_question, block, log, log_file)
