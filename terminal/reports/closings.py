"""The list of daily reports, and the day up to now beside the printer's own count. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import VAT_LETTERS
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.reports.sheet import Cell, Column, Sheet, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drivers.fiscal import Counters, Seven
    from terminal.sync.wire import ReportDoc

    Own = tuple[int, Seven]

# What tells most comes first: a narrow screen shows no more.
_LIST = (
    Column(_("No."), Unit.COUNT),
    Column(_("Made"), Unit.TEXT),
    Column(_("Receipts"), Unit.COUNT),
    Column(_("Invoices"), Unit.COUNT),
    Column(_("Printer"), Unit.MONEY),
    Column(_("Difference"), Unit.MONEY),
    Column(_("Cancelled"), Unit.COUNT),
    Column(_("Till"), Unit.MONEY),
)
_PREVIEW = (
    Column(_("What"), Unit.TEXT),
    Column(_("Printer"), Unit.MONEY),
    Column(_("Till"), Unit.MONEY),
    Column(_("Difference"), Unit.MONEY),
)


def closing_list(reports: Sequence[ReportDoc]) -> Sheet:
    """Daily reports, the newest first, as both sides counted them."""
    rows = tuple(_closing(report) for report in reports)
    sums = [sum(_number(row[no]) for row in rows) for no in range(2, len(_LIST))]
    total = (None, translate(_("Total")), *sums)
    text = translate(_("the newest first"))
    return Sheet("closings", translate(_("Daily reports")), text, _LIST, rows, total)


def preview(counters: Counters, receipts: Own, invoices: Own, at: str) -> Sheet:
    """What a daily report would hold now; our own figures stand beside the printer's.

    Each of ours is a number and gross by letter; invoices are counted apart.
    """
    rows = [
        *_by_letter(_("VAT rate {vat}"), counters.totals_gr, receipts[1]),
        *_by_letter(_("Invoices {vat}"), counters.invoice_totals_gr, invoices[1]),
    ]
    printed = sum(counters.totals_gr) + sum(counters.invoice_totals_gr)
    counted = sum(receipts[1]) + sum(invoices[1])
    about = translate(
        _(
            "{at}: receipts {receipts} (till {own}), invoices {invoices} (till {invoiced}),"
            " cancelled {cancelled} for {amount} zł"
        ),
        at=at,
        receipts=counters.receipts,
        own=receipts[0],
        invoices=counters.invoices,
        invoiced=invoices[0],
        cancelled=counters.cancelled,
        amount=f"{counters.cancelled_gr // 100},{counters.cancelled_gr % 100:02}",
    )
    title = translate(_("The day up to now (X, not fiscal)"))
    total = (translate(_("Total")), printed, counted, counted - printed)
    return Sheet("x", title, about, _PREVIEW, tuple(rows), total)


def _by_letter(text: str, printer_gr: Seven, local_gr: Seven) -> list[tuple[Cell, ...]]:
    return [
        (translate(text, vat=letter), printer, till, till - printer)
        for letter, printer, till in zip(VAT_LETTERS, printer_gr, local_gr, strict=True)
        if printer or till
    ]


def _closing(report: ReportDoc) -> tuple[Cell, ...]:
    printer_gr = sum(report.printer_gr) + sum(report.printer_invoice_gr)
    local_gr = sum(report.local_gr) + sum(report.local_invoice_gr)
    made = (report.printed_at or report.at)[:16].replace("T", " ")
    counts = report.receipts, report.invoices
    sums = printer_gr, local_gr - printer_gr
    return (report.report_no, made, *counts, *sums, report.cancelled, local_gr)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
