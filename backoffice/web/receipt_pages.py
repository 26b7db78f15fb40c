"""The page of one receipt, invoice or bill."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Template

from backoffice import day_reports, register
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists
from backoffice.web.chosen import shops_of
from backoffice.web.filters import Key
from backoffice.web.page import Asked, page

OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/receipts/{row_id:int}", sync_to_thread=True, opt={"right": Right.FIGURES})
def receipt(office: OpenOffice, actor: CurrentActor, request: Asked, row_id: Key) -> Template:
    """One receipt: lines, VAT split, payments."""
    with reading(office.engine) as database:
        row, document = lists.receipt_of(database, row_id)
        actor.must_see(document.shop)
        context: dict[str, Any] = {
            "shops": shops_of(database, actor),
            "operators": lists.operators(database),
            "after": register.of_receipt(database, document.rid),
            "report": day_reports.id_of(database, row.terminal, row.printer_no, row.report_no),
        }
    return page("receipt.html", request, row=row, document=document, **context)


HANDLERS = (receipt,)
