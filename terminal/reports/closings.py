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

_LIST = (
    Column(_("No."), Unit.COUNT),
    Column(_("Made"), Unit.TEXT),
    Column(_("Receipts"), Unit.COUNT),
    Column(_("Cancelled"), Unit.COUNT),
    Column(_("Printer"), Unit.MONEY),
    Column(_("Till"), Unit.MONEY),
    Column(_("Difference"), Unit.MONEY),
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
    receipts, cancelled = sum(it.receipts for it in reports), sum(it.cancelled for it in reports)
    sums = [sum(_number(row[no]) for row in rows) for no in (4, 5, 6)]
    total = (None, translate(_("Total")), receipts, cancelled, *sums)
    text = translate(_("the newest first"))
    return Sheet("closings", translate(_("Daily reports")), text, _LIST, rows, total)


def preview(counters: Counters, receipts: int, local_gr: Seven, at: str) -> Sheet:
    """What a daily report would hold now; our own figures stand beside the printer's."""
    rows: list[tuple[Cell, ...]] = [
        (translate(_("VAT rate {vat}"), vat=letter), printer, till, till - printer)
        for letter, printer, till in zip(VAT_LETTERS, counters.totals_gr, local_gr, strict=True)
        if printer or till
    ]
    printed, counted = sum(counters.totals_gr), sum(local_gr)
    about = translate(
        _("{at}: receipts {receipts} (till {own}), cancelled {cancelled} for {amount} zł"),
        at=at,
        receipts=counters.receipts,
        own=receipts,
        cancelled=counters.cancelled,
        amount=f"{counters.cancelled_gr // 100},{counters.cancelled_gr % 100:02}",
    )
    title = translate(_("The day up to now (X, not fiscal)"))
    total = (translate(_("Total")), printed, counted, counted - printed)
    return Sheet("x", title, about, _PREVIEW, tuple(rows), total)


def _closing(report: ReportDoc) -> tuple[Cell, ...]:
    printer_gr, local_gr = sum(report.printer_gr), sum(report.local_gr)
    made = (report.printed_at or report.at)[:16].replace("T", " ")
    figures = (report.receipts, report.cancelled, printer_gr, local_gr, local_gr - printer_gr)
    return (report.report_no, made, *figures)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
