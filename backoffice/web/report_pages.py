"""The page of daily reports: the printer's sums beside the till's."""

from __future__ import annotations

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


@get("/reports", sync_to_thread=True, opt={"right": Right.FIGURES})
def reports(
    office: OpenOffice, actor: CurrentActor, request: Asked, before: FromQuery[int] = 0
) -> Template:
    """Daily reports."""
    with reading(office.engine) as database:
        listed = lists.reports(database, fleet.in_shops(database, actor.shops), before)
        names = lists.operators(database)
    return page("reports.html", request, reports=listed, operators=names, before=before)


HANDLERS = (reports,)
