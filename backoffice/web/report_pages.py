"""Pages of daily reports: the list, one beside the printer's and the office's figures, a month."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Stream, Template

from backoffice import company_data, day_figures, day_reports, fleet
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.store.engine import reading
from backoffice.web import figure_wording, lists, report_pdf, sheet
from backoffice.web.chosen import shops_of
from backoffice.web.filters import Filters, Key, shops
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.verdict_wording import reason
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Row

    from backoffice.actor import Actor
    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
PDF = "application/pdf"


@get("/reports", sync_to_thread=True, opt={"right": Right.FIGURES})
def listed(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """Daily reports, the newest first."""
    filters = Filters(request.query_params)
    wanted = day_reports.Wanted(
        shops(actor, filters.word("shop")),
        filters.day("first"),
        filters.day("last"),
        filters.word("terminal"),
    )
    before = filters.before()
    with reading(office.engine) as database:
        if kind := filters.word("format"):
            rows = day_reports.every(database, wanted)
            return sheet.download(kind, "daily-reports", _headings(), _cells(rows))
        rows_here, older = day_reports.page(database, wanted, before)
        context = {
            "rows": rows_here,
            "older": older,
            "before": before,
            "office_gr": day_figures.office_totals(database, rows_here),
            "people": lists.operators(database),
            "shops": shops_of(database, actor),
            "terminals": terminals(database, actor),
        }
    month = f"{office.clock().astimezone():%Y-%m}"
    return page(
        "reports.html", request, status=filters.status, asked=filters, month=month, **context
    )


@get("/reports/{row_id:int}", sync_to_thread=True, opt={"right": Right.FIGURES})
def one(office: OpenOffice, actor: CurrentActor, request: Asked, row_id: Key) -> Template | Stream:
    """One report: three columns of figures for each VAT letter, and what proves its day."""
    with reading(office.engine) as database:
        found = day_reports.report_of(database, row_id)
        actor.must_see(found.row.shop)
        people = lists.operators(database)
        shop = shop_of(database, found.row.shop)
        seat = company_data.seat(database)
    if request.query_params.get("format") == "pdf":
        name = f"report-{found.document.report_no}.pdf"
        return sheet.sent(BytesIO(report_pdf.of_day(found, shop, seat)), name, PDF)
    return page(
        "report.html",
        request,
        found=found,
        row=found.row,
        document=found.document,
        people=people,
        shop=shop,
        is_sealed=bool(office.sealing.public),
    )


@get("/reports/months", sync_to_thread=True, opt={"right": Right.FIGURES})
def month(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """The reports of a month, printer by printer, and the numbers that are missing."""
    filters = Filters(request.query_params)
    wished = filters.month("month", f"{office.clock().astimezone():%Y-%m}")
    wanted = day_reports.Wanted(
        shops(actor, filters.word("shop")), terminal=filters.word("terminal")
    )
    with reading(office.engine) as database:
        printers = day_reports.months(database, wanted, wished)
        known = shops_of(database, actor)
        told = {of.shop: shop_of(database, of.shop) for of in printers}
        tills = terminals(database, actor)
        seat = company_data.seat(database)
    kind = filters.word("format")
    if kind == "pdf":
        whose = {shop: row for shop, row in told.items() if row is not None}
        made = BytesIO(report_pdf.of_month(wished, printers, whose, seat))
        return sheet.sent(made, f"reports-{wished}.pdf", PDF)
    if kind:
        rows = (report.row for of in printers for report in of.reports)
        return sheet.download(kind, f"reports-{wished}", _headings(), _cells(rows))
    return page(
        "report_month.html",
        request,
        status=filters.status,
        asked=filters,
        month=wished,
        printers=printers,
        gap_in_words=report_pdf.gap_in_words,
        shops=known,
        terminals=tills,
    )


def terminals(database: Connection, actor: Actor) -> dict[str, str]:
    """The tills that the actor may see, as choices of a filter."""
    return {row.id: row.id for row in fleet.all_terminals(database) if actor.sees(row.shop)}


def shop_of(database: Connection, shop: str) -> wire.Shop | None:
    """The shop's own row, where it was written."""
    rows = data_rows.living(database, "shop", shop, limit=1)
    return msgspec.json.decode(rows[0], type=wire.Shop) if rows else None


def _headings() -> list[str]:
    return [
        *(_("Number"), _("Time"), _("Shop"), _("Till"), _("Printer"), _("Receipts")),
        *(_("Cancelled"), _("Printer's total"), _("Till's total"), _("Printed by")),
        *(_("Verdict"), _("Reason")),
    ]


def _cells(rows: Iterable[Row[Any]]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.report_no,
            sheet.moment(row.at),
            row.shop,
            row.terminal,
            row.printer_no,
            row.receipts,
            row.cancelled,
            sheet.money(row.printer_total_gr),
            sheet.money(row.local_total_gr),
            figure_wording.route(row.route),
            _("accepted") if row.is_accepted else _("rejected"),
            reason(row.reason),
        ]


HANDLERS = (listed, one, month)
