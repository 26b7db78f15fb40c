"""The foot of the selling screen: total, and the last sale until the next one begins. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import ntranslate, translate
from ui.amounts import zloty
from ui.screens.discounts import reduction_words
from ui.widgets import big, row

if TYPE_CHECKING:
    from terminal.events import ReceiptPrinted, ReportImported
    from terminal.sale.receipt import Receipt
    from ui.widgets.row import Row


def last_sale_rows(width: int, sale: ReceiptPrinted) -> list[Row]:
    """Number and total of the last sale, and the change that goes back to the customer."""
    total = zloty(sale.receipt.total_gr)
    if sale.receipt.is_invoice:
        no = sale.receipt.invoice_no
        first = translate("Last invoice: no. {no}, total {total}", no=no, total=total)
    else:
        first = translate("Last receipt: no. {no}, total {total}", no=sale.receipt_no, total=total)
    rows = [row.row(width), row.row(width, (f" {first}", row.TEXT)), row.row(width)]
    if sale.change_gr:
        label = f" {translate('Change due:')} "
        for no, part in enumerate(big.big(zloty(sale.change_gr), width - len(label) - 1)):
            words = label if no == 1 else " " * len(label)
            rows.append(row.row(width, (words, row.STRONG), (part, row.TOTAL)))
    return rows


def imported_rows(width: int, report: ReportImported | None) -> list[Row]:
    """A daily report that was made at the printer, its total beside ours; nothing need be done."""
    if report is None:
        return []
    text = translate(
        "Report {no} was made at the printer, {at}: {printer} zł, till {till} zł. It is in the"
        " books; a new day has begun.",
        no=report.report_no,
        at=f"{report.made_at:%d.%m %H:%M}",
        printer=zloty(report.printer_gr),
        till=zloty(report.local_gr),
    )
    style = row.NOTE if report.printer_gr == report.local_gr else row.WARN
    return [row.row(width), *row.wrapped(width, text, style)]


def total_rows(width: int, receipt: Receipt | None) -> list[Row]:
    """The total, large enough to be read from a step away; items and discount beside it."""
    total_gr = receipt.total_gr if receipt else 0
    count = len(receipt.live_lines) if receipt else 0
    items = ntranslate("{count} item", "{count} items", count)
    off = (
        f"{reduction_words(receipt)} {zloty(-receipt.discount_gr)}"
        if (receipt and receipt.discount_gr)
        else ""
    )
    words = (f" {translate('TOTAL')}", f" {items}", f" {off}")
    left = max(20, max(len(text) for text in words) + 1)
    digits = big.big(zloty(total_gr), width - left - 5)
    rows = []
    for no, (label, part) in enumerate(zip(words, digits, strict=True)):
        unit = " zł " if no == 1 else "    "
        tail = row.fit(part, width - left - len(unit), right=True)
        rows.append(row.row(width, (row.fit(label, left), row.STRONG), (tail + unit, row.TOTAL)))
    return rows
