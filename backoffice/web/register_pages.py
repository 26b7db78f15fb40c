"""Pages of the registers: returns and complaints, mistakes, corrected payments; a month as CSV."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation
from litestar.response import Template

from backoffice import fleet, register
from backoffice.actor import CurrentActor
from backoffice.errors import BadRequest, NotFound
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists
from backoffice.web.filters import Before, Key
from backoffice.web.page import Asked, page

OpenOffice = NamedDependency[SkipValidation[Office]]
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@get("/registers/{book:str}", sync_to_thread=True, opt={"right": Right.FIGURES})
def entries(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    book: FromPath[str],
    before: Before = 0,
) -> Template:
    """One register, newest first."""
    if book not in register.BOOKS:
        raise NotFound(detail="no such register")
    now = office.clock().astimezone(UTC)
    with reading(office.engine) as database:
        theirs = fleet.in_shops(database, actor.shops)
        rows, older = register.entries(database, theirs, book, before)
        names = lists.operators(database)
    return page(
        "registers.html",
        request,
        month=f"{now:%Y-%m}",
        book=book,
        rows=rows,
        older=older,
        before=before,
        operators=names,
    )


@get("/registers/entries/{row_id:int}", sync_to_thread=True, opt={"right": Right.FIGURES})
def entry(office: OpenOffice, actor: CurrentActor, request: Asked, row_id: Key) -> Template:
    """One entry as a protocol that can be printed and signed."""
    with reading(office.engine) as database:
        row, document, sale = register.entry_of(database, row_id)
        actor.must_see(document.shop)
        names = lists.operators(database)
    return page("protocol.html", request, row=row, document=document, sale=sale, operators=names)


@get("/registers.csv", sync_to_thread=True, opt={"right": Right.FIGURES})
def month_as_csv(office: OpenOffice, actor: CurrentActor, month: FromQuery[str]) -> Response[Any]:
    """All registers of a month, for a spreadsheet."""
    if not _MONTH.fullmatch(month):
        raise BadRequest(detail="$.month: expected a month such as 2026-11")
    with reading(office.engine) as database:
        text = register.as_csv(database, fleet.in_shops(database, actor.shops), month)
    name = f'attachment; filename="ewidencje-{month}.csv"'
    return Response(text, media_type="text/csv", headers={"Content-Disposition": name})


HANDLERS = (entries, entry, month_as_csv)
