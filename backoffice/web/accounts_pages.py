"""Accounts of the office, for its owners: inviting, roles and shops, shutting out, letting in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, SkipValidation, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from backoffice import accounts, changes, links, second_factor
from backoffice.actor import CurrentActor
from backoffice.errors import Conflict
from backoffice.office import Office
from backoffice.rights import Right, Role
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web import confirming, session
from backoffice.web.account_wording import ROLES, role_choices
from backoffice.web.chosen import shops_of
from backoffice.web.i18n import _, spoken
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.accounts import Account

OpenOffice = NamedDependency[SkipValidation[Office]]
# A tick for each shop is a field of its own.
Typed = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_OWNERS = {"right": Right.ACCOUNTS}
_TICK = "shop-"


class Letting(msgspec.Struct, frozen=True):
    """How somebody is let in again."""

    act: Literal["link", "factor"]
    password: str = ""


@get("/accounts", opt=_OWNERS, sync_to_thread=True)
def listed(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Every account of the company."""
    with reading(office.engine) as database:
        context: dict[str, Any] = {
            "accounts": accounts.all_accounts(database),
            "shops": shops_of(database, actor),
        }
    return page("accounts.html", request, roles=ROLES, **context)


@get("/accounts/new", opt=_OWNERS, sync_to_thread=True)
def new_form(office: OpenOffice, request: Asked) -> Template:
    """The form of an invitation."""
    return _form(office, request, None, {"role": Role.CLERK}, {})


@post("/accounts", opt=_OWNERS, status_code=HTTP_200_OK, sync_to_thread=True)
def invite(office: OpenOffice, actor: CurrentActor, request: Asked, data: Typed) -> Response[Any]:
    """Make an account; this answer alone shows the link with which its person comes in."""
    login, name = data.get("login", ""), data.get("name", "").strip()
    faults = {}
    if not accounts.LOGIN_PATTERN.fullmatch(login.strip()):
        faults["login"] = _("From 3 to 128 characters, without spaces.")
    if not 0 < len(name) <= accounts.NAME_LENGTH_MAX:
        faults["name"] = _("From 1 to 128 characters.")
    faults |= _faults(office, data)
    if not faults and (fault := confirming.fault(office, request, data.get("password", ""))):
        faults["password"] = fault
    if faults:
        return _form(office, request, None, data, faults)
    role, shops, moment = Role(data["role"]), _shops(data), office.clock()
    try:
        with writing(office.engine) as database:
            made = accounts.add(database, login, name, role, shops, spoken(), moment)
            account = accounts.one(database, made)
            token = links.make(database, account.company, "invite", made, moment)
            changes.record(database, actor, moment, "invite", account.login, after=_told(account))
    except Conflict:
        return _form(office, request, None, data, {"login": _("This login is taken.")})
    return _shown(request, account, token)


@get("/accounts/{account_id:str}", opt=_OWNERS, sync_to_thread=True)
def account_form(office: OpenOffice, request: Asked, account_id: FromPath[str]) -> Template:
    """One account."""
    with reading(office.engine) as database:
        account = accounts.one(database, account_id)
    return _form(office, request, account, _typed(account), {})


@post("/accounts/{account_id:str}", opt=_OWNERS, sync_to_thread=True)
def change(
    office: OpenOffice, actor: CurrentActor, request: Asked, account_id: FromPath[str], data: Typed
) -> Response[Any]:
    """Give it another role, other shops, or shut it out."""
    with reading(office.engine) as database:
        account = accounts.one(database, account_id)
    faults = _faults(office, data)
    if not faults and (fault := confirming.fault(office, request, data.get("password", ""))):
        faults["password"] = fault
    if faults:
        return _form(office, request, account, data, faults)
    is_active = "is_active" in data
    try:
        with writing(office.engine) as database:
            before = accounts.one(database, account_id)
            accounts.change(
                database, account_id, Role(data["role"]), _shops(data), is_active=is_active
            )
            after = _told(accounts.one(database, account_id))
            changes.record(
                database, actor, office.clock(), "account", account.login,
                before=_told(before), after=after,
            )  # fmt: skip
    except Conflict:
        last = _("This is the last owner: somebody must be able to do everything.")
        return _form(office, request, account, data, {"role": last})
    return done("/accounts", _("Saved; {name} has to sign in again.", name=account.name))


@post(
    "/accounts/{account_id:str}/let-in", opt=_OWNERS, status_code=HTTP_200_OK, sync_to_thread=True
)
def let_in(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    account_id: FromPath[str],
    data: URLEncodedBody[Letting],
) -> Response[Any]:
    """For who forgot the password a new link, shown once; for who lost the phone, without it."""
    with reading(office.engine) as database:
        account = accounts.one(database, account_id)
    if fault := confirming.fault(office, request, data.password):
        return _form(office, request, account, _typed(account), {"let_in": fault})
    moment = office.clock()
    with writing(office.engine) as database:
        if data.act == "factor":
            second_factor.turn_off(database, account_id)
            session.revoke_all(database, account_id)
            changes.record(database, actor, moment, "second factor off", account.login)
            return done(f"/accounts/{account_id}", _("The second factor is off."))
        purpose: Literal["invite", "reset"] = "reset" if account.has_password else "invite"
        token = links.make(database, account.company, purpose, account_id, moment)
        changes.record(database, actor, moment, f"link {purpose}", account.login)
    return _shown(request, account, token)


def _shown(request: Asked, account: Account, token: str) -> Template:
    url = f"{request.url.scheme}://{request.headers.get('host', '')}/link/{token}"
    return page("account_link.html", request, account=account, url=url)


def _form(
    office: Office,
    request: Asked,
    account: Account | None,
    typed: Mapping[str, str],
    faults: dict[str, str],
) -> Template:
    with reading(office.engine) as database:
        shops = shops_of(database, request.state.actor)
    context: dict[str, Any] = {
        "account": account,
        "typed": typed,
        "faults": faults,
        "shops": shops,
        "roles": role_choices(),
        "owner": Role.OWNER,
    }
    status = HTTP_422_UNPROCESSABLE_ENTITY if faults else HTTP_200_OK
    return page("account_form.html", request, status=status, **context)


def _typed(account: Account) -> dict[str, str]:
    """An account as its form has it."""
    typed = {"login": account.login, "name": account.name, "role": str(account.role)}
    typed |= {"is_active": "yes"} if account.is_active else {}
    if account.shops is None:
        return {**typed, "every_shop": "yes"}
    return typed | {f"{_TICK}{shop}": "yes" for shop in account.shops}


def _faults(office: Office, data: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    if data.get("role") not in set(Role):
        faults["role"] = _("Choose one of these.")
    shops = _shops(data)
    if shops is None or data.get("role") == Role.OWNER:
        return faults
    with reading(office.engine) as database:
        known = set(data_rows.shops(database))
    if not shops or not shops <= known:
        faults["shops"] = _("Choose at least one shop.")
    return faults


def _shops(data: Mapping[str, str]) -> frozenset[str] | None:
    if "every_shop" in data:
        return None
    return frozenset(name.removeprefix(_TICK) for name in data if name.startswith(_TICK))


def _told(account: Account) -> dict[str, object]:
    """What the audit keeps of an account."""
    shops = sorted(account.shops) if account.shops is not None else None
    return {"role": account.role, "shops": shops, "is_active": account.is_active}


HANDLERS = (listed, new_form, invite, account_form, change, let_in)
