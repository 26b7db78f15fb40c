"""One's own account: name, language, password, second factor, and where one is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from backoffice import accounts, changes, passwords, personal_tokens, second_factor
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.secret import hashed
from backoffice.store.engine import reading, writing
from backoffice.web import confirming, session
from backoffice.web.account_wording import RIGHTS, ROLES, password_fault
from backoffice.web.door import begin, carried, must_have_factor
from backoffice.web.i18n import NAMES, _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from backoffice.web.session import Visit

OpenOffice = NamedDependency[SkipValidation[Office]]
_OWN = {"right": Right.OWN}


class Card(msgspec.Struct, frozen=True):
    """What others see of the account, and its language."""

    name: str = ""
    language: str = ""


class NewPassword(msgspec.Struct, frozen=True):
    """The old one, and the new one twice."""

    old: str = ""
    password: str = ""
    again: str = ""


class Factor(msgspec.Struct, frozen=True):
    """What shall become of the second factor."""

    act: Literal["set_up", "codes", "off"]
    password: str = ""


class Ending(msgspec.Struct, frozen=True):
    """A session to end; empty for all but this one."""

    session: str = ""


@get("/account", opt=_OWN, sync_to_thread=True)
def own_account(office: OpenOffice, request: Asked) -> Template:
    """The page."""
    return _page(office, request)


@post("/account", opt=_OWN, sync_to_thread=True)
def rename(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Card]
) -> Response[Any]:
    """Change name and language."""
    name = data.name.strip()
    faults = {}
    if not 0 < len(name) <= accounts.NAME_LENGTH_MAX:
        faults["name"] = _("From 1 to 128 characters.")
    if data.language not in accounts.LANGUAGES:
        faults["language"] = _("This language is not known.")
    if faults:
        return _page(office, request, faults, name=data.name)
    with writing(office.engine) as database:
        accounts.rename(database, actor.account, name, data.language)
        told = {"name": name, "language": data.language}
        before = {"name": actor.name, "language": actor.language}
        what = _what(request)
        changes.record(database, actor, office.clock(), "account", what, before=before, after=told)
    return done("/account", _("Saved."))


@post("/account/password", opt=_OWN, sync_to_thread=True)
def set_password(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[NewPassword]
) -> Response[Any]:
    """Change the password: every other session is over, and this one has a new id."""
    visit: Visit = request.state.visit
    faults = {}
    if weak := passwords.fault(data.password, visit.account.login):
        faults["password"] = password_fault(weak)
    elif data.password != data.again:
        faults["again"] = _("The passwords differ.")
    elif wrong := confirming.fault(office, request, data.old):
        faults["old"] = wrong
    if faults:
        return _page(office, request, faults)
    moment = office.clock()
    kept = passwords.kept(data.password)
    with writing(office.engine) as database:
        passwords.set_for(database, actor.account, kept)
        session.revoke_all(database, actor.account)
        cookie = begin(database, request, actor.account, moment, is_whole=True)
        changes.record(database, actor, moment, "password", _what(request))
    answer = done("/account", _("The password is changed; everywhere else you are signed out."))
    answer.cookies.append(cookie)
    return answer


@post("/account/second-factor", opt=_OWN, status_code=HTTP_200_OK, sync_to_thread=True)
def change_factor(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Factor]
) -> Response[Any]:
    """Begin to set it up, make new recovery codes (shown by this answer alone), or turn it off."""
    visit: Visit = request.state.visit
    if fault := confirming.fault(office, request, data.password):
        return _page(office, request, {"factor": fault})
    if data.act == "off" and must_have_factor(office, visit.account):
        return _page(office, request, {"factor": _("An owner must have a second factor.")})
    codes: list[str] = []
    with writing(office.engine) as database:
        if data.act == "set_up":
            second_factor.propose(database, actor.account)
        elif data.act == "codes":
            codes = second_factor.new_recovery_codes(database, actor.account)
        else:
            second_factor.turn_off(database, actor.account)
        act = f"second factor {data.act}"
        changes.record(database, actor, office.clock(), act, _what(request))
    if codes:
        return page("recovery_codes.html", request, codes=codes)
    return done("/second-factor" if data.act == "set_up" else "/account")


@post("/account/sessions", opt=_OWN, sync_to_thread=True)
def end_sessions(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Ending]
) -> Response[Any]:
    """End one session of the account, or all but this one."""
    with writing(office.engine) as database:
        if data.session:
            session.revoke(database, actor.account, data.session)
        else:
            session.revoke_all(database, actor.account, but=carried(request))
        changes.record(database, actor, office.clock(), "sessions ended", _what(request))
    return done("/account", _("Signed out there."))


def _what(request: Asked) -> str:
    """How the audit calls the account."""
    visit: Visit = request.state.visit
    return visit.account.login


def _page(
    office: Office, request: Asked, faults: dict[str, str] | None = None, **typed: str
) -> Template:
    """The page, or with ``faults`` the form that comes back."""
    visit: Visit = request.state.visit
    account = visit.account
    with reading(office.engine) as database:
        sessions = session.of_account(database, account.id, office.clock())
        tokens = personal_tokens.of_account(database, account.id)
    context: dict[str, Any] = {
        "account": account,
        "role": _(ROLES[account.role]),
        "name": typed.get("name", account.name),
        "known_languages": NAMES,
        "is_factor_asked": must_have_factor(office, account),
        "sessions": sessions,
        "this_session": hashed(carried(request)),
        "tokens": tokens,
        "rights": RIGHTS,
        "faults": faults or {},
    }
    status = HTTP_422_UNPROCESSABLE_ENTITY if faults else HTTP_200_OK
    return page("account.html", request, status=status, **context)


HANDLERS = (own_account, rename, set_password, change_factor, end_sessions)
