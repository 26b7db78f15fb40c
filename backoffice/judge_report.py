"""What the office thinks of a daily report: its number, its part of the journal, its taxes. Pure.

A till tells what its day comes to; here it is counted again from what the office holds. That they
agree is the end-to-end proof that nothing was lost between printer, till and office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from backoffice.tax import tax_gr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sync import wire

LETTERS = "ABCDEFG"


class ReportHistory(Protocol):
    """What is known of a till before the report; a part of its journal is named as there."""

    def last_report_no(self, printer_no: str) -> int:
        """Number of the printer's last daily report; 0 when there is none."""

    def gross_gr(
        self, first_epoch: int, first_seq: int, last_seq: int, *, invoices: bool = False
    ) -> list[int]:
        """Gross of the receipts, or of the invoices, in that part of the journal, letters A to G.

        It begins in ``first_epoch`` (0: the document's own) and ends in the document's own.
        """

    def count(self, first_epoch: int, first_seq: int, last_seq: int) -> int:
        """How many receipts and invoices lie in that part."""


def wrong_report(
    entry: wire.Entry, report: wire.ReportDoc, history: ReportHistory
) -> Iterator[str]:
    """Each thing that does not agree, with both sides."""
    last = history.last_report_no(report.printer_no)
    if report.report_no <= last:
        yield f"report_no: {report.report_no} after {last}"
    part = report.first_epoch, report.first_seq, report.last_seq
    ours, invoiced = history.gross_gr(*part), history.gross_gr(*part, invoices=True)
    if ours != report.local_gr:
        yield f"day_total: {sum(report.local_gr)} != {sum(ours)}"
    if invoiced != (report.local_invoice_gr or [0] * len(LETTERS)):
        yield f"invoice_total: {sum(report.local_invoice_gr)} != {sum(invoiced)}"
    if report.head:
        yield from _wrong_end(entry, report, history.count(*part))
    yield from _wrong_tax("tax", report.printer_gr, report.tax_gr, report.rates_bp)
    yield from _wrong_tax(
        "invoice_tax", report.printer_invoice_gr, report.invoice_tax_gr, report.rates_bp
    )


def _wrong_end(entry: wire.Entry, report: wire.ReportDoc, count: int) -> Iterator[str]:
    """Its day ends with the document before it; older tills tell neither count nor head."""
    if report.last_seq != entry.seq - 1:
        yield f"last_seq: {report.last_seq} before {entry.seq}"
    elif report.head != entry.prev:
        yield f"head: {report.head} != {entry.prev}"
    if report.count != count:
        yield f"day_count: {report.count} != {count}"


def _wrong_tax(
    name: str, gross_gr: list[int], told_gr: list[int], rates_bp: list[int]
) -> Iterator[str]:
    """Taken out of the printer's gross at its rates, as it does for its paper."""
    if not told_gr:
        return
    if not gross_gr or not rates_bp:
        yield f"{name}: without gross or rates"
        return
    taken = [tax_gr(gross, rate) for gross, rate in zip(gross_gr, rates_bp, strict=True)]
    if told_gr != taken:
        yield f"{name}: {sum(told_gr)} != {sum(taken)}"


def sevens(report: wire.ReportDoc) -> list[list[int]]:
    """Every list of the report that goes by letters, but for what it leaves out."""
    optional = [report.printer_invoice_gr, report.local_invoice_gr, report.rates_bp]
    optional += [report.tax_gr, report.invoice_tax_gr, report.discounts_gr, report.markups_gr]
    return [report.printer_gr, report.local_gr, *filter(None, optional)]
