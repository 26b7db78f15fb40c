"""What came from the tills and went to them, and what of it did not go well, in words."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation

from backoffice import contacts, fleet
from backoffice.actor import CurrentActor
from backoffice.errors import NotFound
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists, sheet, till_wording
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.terminal_pages import Format

OpenOffice = NamedDependency[SkipValidation[Office]]
_SHEET_ROWS = 50_000


@get("/synchronisation", sync_to_thread=True, opt={"right": Right.SEE})
def synchronisation(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    terminal: FromQuery[str] = "",
    trouble: FromQuery[str] = "",
    before: FromQuery[str] = "",
    as_file: Format = "",
) -> Response[Any]:
    """Contacts of the last week, newest first: of all tills or one, all or those with trouble."""
    with reading(office.engine) as database:
        own = [it.id for it in fleet.all_terminals(database) if actor.sees(it.shop)]
        if terminal and terminal not in own:
            raise NotFound(detail="no such till")
        chosen = [terminal] if terminal else own
        limit = _SHEET_ROWS if as_file else contacts.PAGE_ROWS
        found = contacts.history(
            database, terminals=chosen, only_trouble=bool(trouble), before=before, limit=limit
        )
        alarms = lists.alarms(database, chosen)
    if as_file:
        headings = [_("Time"), _("Till"), _("What"), _("Data"), _("Times"), _("Rows")]
        return sheet.download(as_file, "synchronisation", headings, map(_cells, found.rows))
    return page(
        "synchronisation.html",
        request,
        moved=found,
        alarms=alarms,
        terminals=own,
        terminal=terminal,
        trouble=trouble,
        troubles=contacts.TROUBLE,
        before=before,
    )


def _cells(row: Any) -> list[sheet.Cell]:  # noqa: ANN401 (a row of a query)
    return [
        *(sheet.moment(row.since), row.terminal, till_wording.contact(row.kind)),
        *(till_wording.set_name(row.what), row.times, row.rows),
    ]


HANDLERS = (synchronisation,)
