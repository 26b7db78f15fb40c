"""Pages of the registers: returns and complaints, mistakes, corrected payments; and as files."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation
from litestar.response import Stream, Template

from backoffice import fleet, register
from backoffice.actor import CurrentActor
from backoffice.errors import BadRequest, NotFound
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists, sheet
from backoffice.web.filters import Filters, Key
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.verdict_wording import reason
from backoffice.web.wording import entry as entry_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Row

OpenOffice = NamedDependency[SkipValidation[Office]]
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@get("/registers/{book:str}", sync_to_thread=True, opt={"right": Right.FIGURES})
def entries(
    office: OpenOffice, actor: CurrentActor, request: Asked, book: FromPath[str]
) -> Template | Stream:
    """One register, newest first; all of it as a file."""
    if book not in register.BOOKS:
        raise NotFound(detail="no such register")
    now = office.clock().astimezone(UTC)
    asked = Filters(request.query_params)
    before = asked.before()
    with reading(office.engine) as database:
        theirs = fleet.in_shops(database, actor.shops)
        names = lists.operators(database)
        if kind := asked.word("format"):
            rows = _cells(register.every(database, theirs, book), names)
            return sheet.download(kind, book, _headings(), rows)
        shown, older = register.entries(database, theirs, book, before)
    return page(
        "registers.html",
        request,
        month=f"{now:%Y-%m}",
        book=book,
        asked=asked,
        rows=shown,
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


def _headings() -> list[str]:
    return [
        *(_("Number"), _("Till"), _("Kind"), _("Time"), _("Cashier"), _("Receipt"), _("Sales")),
        *(_("Goods"), _("Amount"), _("Verdict"), _("Reason")),
    ]


def _cells(
    rows: Iterable[Row[Any]], names: dict[tuple[str, str], str]
) -> Iterator[list[sheet.Cell]]:
    for it in rows:
        yield [
            *(f"{it.number}/{it.terminal}", it.terminal, entry_in_words(it.entry)),
            *(sheet.moment(it.at), names.get((it.terminal, it.operator), it.operator)),
            *(it.receipt_no, sheet.moment(it.sold_at), it.goods, sheet.money(it.total_gr)),
            *(_("accepted") if it.is_accepted else _("rejected"), reason(it.reason)),
        ]


HANDLERS = (entries, entry, month_as_csv)
