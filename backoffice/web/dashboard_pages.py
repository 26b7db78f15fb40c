"""The first page: what goes on in the shops now. A part of it asks for itself again."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_204_NO_CONTENT, HTTP_303_SEE_OTHER

from backoffice import dashboard, first_run
from backoffice.actor import Actor, CurrentActor
from backoffice.moments import ZONE
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web.page import Asked, page

OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/", sync_to_thread=True, opt={"right": Right.SEE})
def first(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Redirect:
    """The whole page; an owner who has no shop yet is led to the first steps."""
    with reading(office.engine) as database:
        if actor.may(Right.ACCOUNTS) and first_run.is_new(database):
            return Redirect("/first", status_code=HTTP_303_SEE_OTHER)
    return page("dashboard.html", request, **_now(office, actor))


@get("/now", sync_to_thread=True, opt={"right": Right.SEE, "is_idle": True})
def now(
    office: OpenOffice, actor: CurrentActor, request: Asked, seen: FromQuery[str] = ""
) -> Response[Any] | Template:
    """The part that changes; nothing while it is as it was when it was marked ``seen``."""
    with reading(office.engine) as database:
        is_same = dashboard.mark(database, office.clock()) == seen
    if is_same:
        return Response(None, status_code=HTTP_204_NO_CONTENT)
    return page("dashboard_now.html", request, **_now(office, actor))


def _now(office: Office, actor: Actor) -> dict[str, Any]:
    moment = office.clock()
    local = moment.astimezone(ZONE)
    with reading(office.engine) as database:
        context: dict[str, Any] = {
            # Before the figures: what comes while they are read is asked for once more.
            "mark": dashboard.mark(database, moment),
            "attention": dashboard.attention(database, actor.shops, moment),
            "sales": None,
            "today": local.isoformat(),
            "as_of": f"{local:%H:%M:%S}",
        }
        if actor.may(Right.FIGURES):
            sales = dashboard.sales_now(database, actor.shops, local)
            context |= {
                "sales": sales,
                "points": [(it.label, it.gross_gr) for it in sales.hours],
                "before": [it.before_gr for it in sales.hours],
            }
    return context


HANDLERS = (first, now)
