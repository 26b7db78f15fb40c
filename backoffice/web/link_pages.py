"""The page of a one-time link: its bearer chooses a password, the first owner a login as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_404_NOT_FOUND

from backoffice import accounts, changes, links, passwords, second_factor
from backoffice.errors import Conflict, NotFound
from backoffice.office import Office
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from backoffice.web import session
from backoffice.web.account_wording import password_fault
from backoffice.web.door import begin, must_set_up
from backoffice.web.i18n import _, spoken, use
from backoffice.web.page import Asked, language_of, outer_page

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.links import Link

OpenOffice = NamedDependency[SkipValidation[Office]]


class Entering(msgspec.Struct, frozen=True):
    """What the form sends; login and name only where the account is yet to be made."""

    login: str = ""
    name: str = ""
    password: str = ""
    again: str = ""


def spent(request: Asked, _error: NotFound) -> Template:
    """Of a link that opens nothing any more: what to do instead."""
    use(language_of(request))
    return outer_page("link_spent.html", request, status=HTTP_404_NOT_FOUND)


@get("/link/{token:str}", exception_handlers={NotFound: spent}, sync_to_thread=True)
def link_form(server: OpenOffice, request: Asked, token: FromPath[str]) -> Template:
    """The form; looking at it spends nothing."""
    with reading(server.everyone) as database:
        link = links.find(database, token, server.clock())
        login, name = _known(database, link)
    return _form(request, link, Entering(login, name), {}, 200)


@post("/link/{token:str}", exception_handlers={NotFound: spent}, sync_to_thread=True)
def enter(
    server: OpenOffice, request: Asked, token: FromPath[str], data: URLEncodedBody[Entering]
) -> Response[Any]:
    """Spend the link: the account has the password, and its bearer is let in."""
    moment = server.clock()
    with reading(server.everyone) as database:
        link = links.find(database, token, moment)
        login, name = _known(database, link)
    given = data if link.purpose == "owner" else msgspec.structs.replace(data, login=login)
    if faults := _faults(given, is_owner=link.purpose == "owner"):
        return _form(
            request, link, msgspec.structs.replace(given, name=data.name or name), faults, 422
        )
    kept = passwords.kept(data.password)
    try:
        with writing(server.of(link.company).engine) as database:
            links.spend(database, token, moment)
            account_id = _account(database, link, given, moment)
            passwords.set_for(database, account_id, kept)
            session.revoke_all(database, account_id)
            account = accounts.one(database, account_id)
            act = f"link {link.purpose} used"
            changes.record(database, account.actor, moment, act, account.login)
            is_whole = not (account.has_second_factor or must_set_up(server, account))
            if must_set_up(server, account):
                second_factor.propose(database, account_id)
            cookie = begin(database, request, account_id, moment, is_whole=is_whole)
    except Conflict:
        return _form(request, link, given, {"login": _("This login is taken.")}, 422)
    where = "/" if is_whole else "/second-factor"
    return Redirect(where, status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


def _known(database: Connection, link: Link) -> tuple[str, str]:
    """Login and name of the account; empty where it is yet to be made."""
    if not link.account:
        return "", ""
    account = accounts.one(database, link.account)
    return account.login, account.name


def _account(database: Connection, link: Link, given: Entering, moment: datetime) -> str:
    if link.account:
        return link.account
    name = given.name.strip() or given.login.strip()
    return accounts.add(database, given.login, name, Role.OWNER, None, spoken(), moment)


def _faults(given: Entering, *, is_owner: bool) -> dict[str, str]:
    faults = {}
    if is_owner and not accounts.LOGIN_PATTERN.fullmatch(given.login.strip()):
        faults["login"] = _("From 3 to 128 characters, without spaces.")
    if len(given.name) > accounts.NAME_LENGTH_MAX:
        faults["name"] = _("At most 128 characters.")
    if fault := passwords.fault(given.password, accounts.bare(given.login)):
        faults["password"] = password_fault(fault)
    elif given.password != given.again:
        faults["again"] = _("The passwords differ.")
    return faults


def _form(
    request: Asked, link: Link, given: Entering, faults: dict[str, str], status: int
) -> Template:
    return outer_page("link.html", request, status=status, link=link, given=given, faults=faults)


OPEN_HANDLERS = [link_form, enter]
