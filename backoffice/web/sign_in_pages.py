"""Signing in with login and password, and signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_403_FORBIDDEN

from backoffice import accounts, changes, passwords, second_factor, settings
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.company import SERVER
from backoffice.store.engine import reading, writing
from backoffice.web import session
from backoffice.web.door import address_of, begin, carried, must_set_up
from backoffice.web.i18n import _
from backoffice.web.page import Asked, outer_page

if TYPE_CHECKING:
    from datetime import datetime

_LOGIN_MAX = 128
OpenOffice = NamedDependency[SkipValidation[Office]]


class SignIn(msgspec.Struct, frozen=True):
    """What the form sends."""

    login: str = ""
    password: str = ""


@get("/sign-in", sync_to_thread=False)
def sign_in_form(request: Asked) -> Template:
    """The form."""
    return outer_page("sign_in.html", request, wrong="", login="")


@post("/sign-in", sync_to_thread=True)
def sign_in(server: OpenOffice, request: Asked, data: URLEncodedBody[SignIn]) -> Response[Any]:
    """Start a session; who is unknown is told the same as who is wrong, and as late."""
    moment = server.clock()
    # Kept for a while by whoever counts: nobody's login is longer.
    login = accounts.bare(data.login)[:_LOGIN_MAX]
    tried = (f"address {address_of(request)}", f"login {login}")
    if not all(server.sign_ins.is_open(caller, moment) for caller in tried):
        return _refused(request, _("Too many attempts. Wait a minute."), data.login)
    with reading(server.everyone) as database:
        known = accounts.by_login(database, login)
    is_right = passwords.is_right(server.everyone, known.id if known else None, data.password)
    if known is None or not is_right or not known.is_active:
        for caller in tried:
            server.sign_ins.fail(caller, moment)
        _note(server, known.company if known else SERVER, moment, request, login)
        return _refused(request, _("Login and password do not match."), data.login)
    with writing(server.of(known.company).engine) as database:
        if must_set_up(server, known):
            second_factor.propose(database, known.id)
        is_whole = not (known.has_second_factor or must_set_up(server, known))
        cookie = begin(database, request, known.id, moment, is_whole=is_whole)
        told = f"{known.login} {address_of(request)}"
        changes.record(database, known.actor, moment, "sign in", known.login, detail=told)
    where = "/" if is_whole else "/second-factor"
    return Redirect(where, status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


@post("/sign-out", opt={"right": Right.OWN}, sync_to_thread=True)
def sign_out(office: OpenOffice, request: Asked) -> Redirect:
    """End the session."""
    with writing(office.engine) as database:
        session.end(database, carried(request))
    return Redirect("/sign-in", status_code=HTTP_303_SEE_OTHER)


def _note(server: Office, company: str, moment: datetime, request: Asked, login: str) -> None:
    with writing(server.of(company).engine) as database:
        settings.note(database, moment, "sign in refused", f"{login} {address_of(request)}")


def _refused(request: Asked, why: str, login: str) -> Template:
    return outer_page("sign_in.html", request, status=HTTP_403_FORBIDDEN, wrong=why, login=login)


HANDLERS = [sign_out]
OPEN_HANDLERS = [sign_in_form, sign_in]
