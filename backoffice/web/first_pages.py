"""The first steps of a new office on one page: a shop, goods, the first till."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER

from backoffice import changes, first_run, fleet
from backoffice.actor import CurrentActor
from backoffice.errors import Conflict
from backoffice.first_run import FirstShop, Step
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop
from backoffice.web.first_form import TERMINAL_PATTERN, faults_of
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

OpenOffice = NamedDependency[SkipValidation[Office]]
PATH = "/first"
# The code is shown as long as it is good, whatever page was looked at meanwhile.
_CODE_COOKIE = "first_code"
_FOR_OWNERS = {"right": Right.ACCOUNTS}


class Till(msgspec.Struct, frozen=True):
    """What the form for a till sends."""

    terminal: str = ""


@get(PATH, opt=_FOR_OWNERS, sync_to_thread=True)
def first(office: OpenOffice, request: Asked, step: FromQuery[str] = "") -> Template:
    """The step that is asked for, else the first that is not done yet."""
    return _steps(office, request, step)


@post(f"{PATH}/shop", opt=_FOR_OWNERS, sync_to_thread=True)
def found(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[FirstShop]
) -> Redirect | Template:
    """Make the owner's own shop."""
    told, faults = faults_of(data)
    if faults:
        return _steps(office, request, Step.SHOP, told=msgspec.to_builtins(data), faults=faults)
    try:
        with writing(office.engine) as database:
            first_run.found(database, actor, told, office.clock())
    except Conflict:
        return done(PATH, _("There is a shop already."))
    return done(PATH, _("The shop is there. It has tax rates, ways to pay and a first person."))


@post(f"{PATH}/sample", opt=_FOR_OWNERS, sync_to_thread=True)
def found_sample(office: OpenOffice, actor: CurrentActor) -> Redirect:
    """Fill the office with the sample shop."""
    try:
        with writing(office.engine) as database:
            first_run.found_sample(database, actor, office.clock())
    except Conflict:
        return done(PATH, _("There is a shop already."))
    return done(PATH, _("The sample shop is there, with 200 goods and three people."))


@post(f"{PATH}/till", opt=_FOR_OWNERS, sync_to_thread=True)
def invite(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Till]
) -> Redirect | Template:
    """Make a code for the first till; the next page shows it."""
    terminal = data.terminal.strip()
    if not TERMINAL_PATTERN.fullmatch(terminal):
        wrong = {"terminal": _("Letters, digits, dot, dash: 64 at most, without blanks")}
        return _steps(office, request, Step.TILL, told={"terminal": terminal}, faults=wrong)
    moment = office.clock()
    with writing(office.engine) as database:
        shop = chosen_shop(database, actor, "")
        code = fleet.invite(database, terminal, shop, moment)
        changes.record(database, actor, moment, "invite", f"terminal/{terminal}", shop)
    kept = Cookie(
        key=_CODE_COOKIE,
        value=f"{terminal} {code}",
        path=PATH,
        max_age=int(fleet.CODE_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    where = f"{PATH}?step={Step.TILL}"
    return Redirect(where, status_code=HTTP_303_SEE_OTHER, cookies=[kept])


@get(f"{PATH}/arrived", opt={**_FOR_OWNERS, "is_idle": True}, sync_to_thread=True)
def arrived(office: OpenOffice) -> Template:
    """The part of the page that says whether a till has come; it asks for itself again."""
    with reading(office.engine) as database:
        tills = first_run.enrolled(database)
    return Template("first_arrived.html", context={"tills": tills})


def _steps(
    office: Office,
    request: Asked,
    asked: str,
    *,
    told: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Template:
    with reading(office.engine) as database:
        finished = first_run.steps_done(database)
        tills = first_run.enrolled(database)
        shops = data_rows.shops(database)
    left = [step for step in Step if step not in finished]
    step = next((each for each in Step if each == asked), left[0] if left else None)
    if step is not Step.SHOP and Step.SHOP not in finished:
        step = Step.SHOP
    terminal, _blank, code = request.cookies.get(_CODE_COOKIE, "").partition(" ")
    return page(
        "first.html",
        request,
        status=422 if faults else 200,
        steps=list(Step),
        finished=finished,
        step=step,
        tills=tills,
        shops=shops,
        told={**_EMPTY, **(told or {})},
        faults=faults or {},
        terminal=terminal,
        code="" if terminal in tills else code,
        address=str(request.base_url).rstrip("/"),
    )


_EMPTY = dict.fromkeys((*FirstShop.__slots__, "terminal"), "")

HANDLERS = [first, found, found_sample, invite, arrived]
