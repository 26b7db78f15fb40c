"""A new till, or a new device for one: the code that enrols it, shown big to whoever asked for it.

The code itself is stored nowhere in the clear. It comes back to the browser that asked, in a cookie
that this page alone gets and that lives as long as the code: so the page can be loaded again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from backoffice import changes, fleet
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import shops_of
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.terminal_pages import seen_till

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.TERMINALS}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_COOKIE = "enrolment"


class NewTill(msgspec.Struct, frozen=True):
    """The form, as typed."""

    terminal: str = ""
    shop: str = ""


@get("/terminals/new", sync_to_thread=True, opt=_MAY)
def new_form(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """The form of a new till, with the next free number in it."""
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        taken = {it.id for it in fleet.all_terminals(database)}
    free = next(name for no in range(1, len(taken) + 2) if (name := f"T{no}") not in taken)
    return page("new_terminal.html", request, typed=NewTill(free), shops=shops, wrong={})


@post("/terminals/new", sync_to_thread=True, opt=_MAY)
def add(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[NewTill]
) -> Redirect | Template:
    """Make a till and its first code."""
    typed, moment = NewTill(data.terminal.strip(), data.shop), office.clock()
    with writing(office.engine) as database:
        shops = shops_of(database, actor)
        wrong = _faults(database, typed, shops)
        if not wrong:
            code = _invite(database, actor, typed, moment)
            return _to_code(request, typed.terminal, code)
    status = HTTP_422_UNPROCESSABLE_ENTITY
    return page("new_terminal.html", request, status=status, typed=typed, shops=shops, wrong=wrong)


@get("/terminals/{terminal:str}/code", sync_to_thread=True, opt=_MAY)
def code_page(
    office: OpenOffice, actor: CurrentActor, request: Asked, terminal: FromPath[str]
) -> Template:
    """The code and how it is typed at the till; or that it was spent, or is too old."""
    return page("code.html", request, **_state(office, actor, request, terminal))


@get("/terminals/{terminal:str}/code/now", sync_to_thread=True, opt={**_MAY, "is_idle": True})
def code_now(
    office: OpenOffice, actor: CurrentActor, request: Asked, terminal: FromPath[str]
) -> Template:
    """The part of it that changes when the till has spent the code."""
    return page("code_now.html", request, **_state(office, actor, request, terminal))


@post("/terminals/{terminal:str}/code", sync_to_thread=True, opt=_MAY)
def fresh_code(
    office: OpenOffice, actor: CurrentActor, request: Asked, terminal: FromPath[str]
) -> Redirect:
    """A code for a device that takes the place of the one that has the name now."""
    moment = office.clock()
    with writing(office.engine) as database:
        till = seen_till(database, actor, terminal, moment)
        code = _invite(database, actor, NewTill(till.id, till.shop), moment)
    return _to_code(request, till.id, code)


def _faults(connection: Connection, typed: NewTill, shops: dict[str, str]) -> dict[str, str]:
    """What is wrong with the form, by its fields."""
    wrong = {}
    if not _ID.fullmatch(typed.terminal):
        wrong["terminal"] = _("Letters, digits, dots, dashes and underscores, at most 64.")
    elif typed.terminal == "new" or _is_taken(connection, typed.terminal):
        wrong["terminal"] = _("There is a till of this name: a new code is made on its page.")
    if typed.shop not in shops:
        wrong["shop"] = _("Choose a shop.")
    return wrong


def _is_taken(connection: Connection, terminal_id: str) -> bool:
    return any(it.id == terminal_id for it in fleet.all_terminals(connection))


def _invite(connection: Connection, actor: Actor, wanted: NewTill, moment: datetime) -> str:
    code = fleet.invite(connection, wanted.terminal, wanted.shop, moment)
    what = f"terminals/{wanted.terminal}"
    changes.record(connection, actor, moment, "invite", what, wanted.shop)
    return code


def _to_code(request: Asked, terminal_id: str, code: str) -> Redirect:
    path = f"/terminals/{terminal_id}/code"
    cookie = Cookie(
        key=_COOKIE,
        value=code,
        path=path,
        max_age=int(fleet.CODE_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return Redirect(path, status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


def _state(office: Office, actor: Actor, request: Asked, terminal_id: str) -> dict[str, Any]:
    moment = office.clock()
    with reading(office.engine) as database:
        till = seen_till(database, actor, terminal_id, moment)
        until = fleet.invited_until(database, till.id, moment)
    return {
        "till": till,
        "until": until,
        "code": request.cookies.get(_COOKIE, "") if until else "",
        "office_url": str(request.base_url).rstrip("/"),
    }


HANDLERS = (new_form, add, code_page, code_now, fresh_code)
