"""The page of shifts, and of cash put in and taken out."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation
from litestar.response import Template

from backoffice import fleet
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists
from backoffice.web.page import Asked, page

OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/shifts", sync_to_thread=True, opt={"right": Right.FIGURES})
def shifts(
    office: OpenOffice, actor: CurrentActor, request: Asked, before: FromQuery[int] = 0
) -> Template:
    """Shifts with what was expected and counted, and cash put in and taken out."""
    with reading(office.engine) as database:
        theirs = fleet.in_shops(database, actor.shops)
        context: dict[str, Any] = {
            "shifts": lists.shifts(database, theirs, before),
            "moves": lists.cash_moves(database, theirs),
            "operators": lists.operators(database),
        }
    return page("shifts.html", request, before=before, **context)


HANDLERS = (shifts,)
