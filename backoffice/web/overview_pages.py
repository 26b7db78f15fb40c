"""The first page: tills, alarms, and the latest receipts."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation
from litestar.response import Template

from backoffice import fleet, update_states
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists
from backoffice.web.page import Asked, page

OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/", sync_to_thread=True, opt={"right": Right.SEE})
def overview(
    office: OpenOffice, actor: CurrentActor, request: Asked, before: FromQuery[int] = 0
) -> Template:
    """Terminals, alarms, and the latest receipts."""
    with reading(office.engine) as database:
        theirs = fleet.in_shops(database, actor.shops)
        context: dict[str, Any] = {
            "terminals": [it for it in fleet.all_terminals(database) if actor.sees(it.shop)],
            "alarms": lists.alarms(database, theirs),
            "receipts": lists.receipts(database, theirs, before),
            "operators": lists.operators(database),
            "updates": update_states.states(database),
        }
    return page("overview.html", request, before=before, **context)


HANDLERS = (overview,)
