"""The first steps of a new office on one page: a shop, goods, the first till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import first_run, fleet
from backoffice.actor import CurrentActor
from backoffice.errors import Conflict
from backoffice.first_run import FirstShop, Step
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.first_form import faults_of
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

OpenOffice = NamedDependency[SkipValidation[Office]]
PATH = "/first"
_FOR_OWNERS = {"right": Right.ACCOUNTS}


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
        return _steps(office, request, Step.SHOP, told=data, faults=faults)
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


def _steps(
    office: Office,
    request: Asked,
    asked: str,
    *,
    told: FirstShop | None = None,
    faults: Mapping[str, str] | None = None,
) -> Template:
    with reading(office.engine) as database:
        finished = first_run.steps_done(database)
        invited = [it.id for it in fleet.all_terminals(database) if not it.epoch]
    left = [step for step in Step if step not in finished]
    step = next((each for each in Step if each == asked), left[0] if left else None)
    if Step.SHOP in left:
        step = Step.SHOP
    return page(
        "first.html",
        request,
        status=422 if faults else 200,
        steps=list(Step),
        finished=finished,
        step=step,
        invited=invited,
        told=told or FirstShop(),
        faults=faults or {},
    )


HANDLERS = (first, found, found_sample)
