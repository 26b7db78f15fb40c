"""The rows under which receipts and daily reports are listed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backoffice.store.tables import daily_report, receipt
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Table

_TIME_LENGTH_MAX = 40
_WORD_LENGTH_MAX = 64
_PAYMENTS_LENGTH_MAX = 200


def projection(seq: int, document: wire.Document | None) -> tuple[Table, dict[str, Any]] | None:
    """Where a document is listed and how; None for one that is in no list."""
    match document:
        case wire.ReceiptDoc():
            return receipt, receipt_row(seq, document)
        case wire.ReportDoc():
            return daily_report, daily_report_row(seq, document)
    return None


def receipt_row(seq: int, document: wire.ReceiptDoc) -> dict[str, Any]:
    """What the list shows of a receipt; long words are cut, the journal keeps them whole."""
    names = dict.fromkeys(payment.name for payment in document.payments)
    return {
        "seq": seq,
        "printer_no": document.printer_no[:_WORD_LENGTH_MAX],
        "report_no": document.report_no,
        "receipt_no": document.receipt_no,
        "closed_at": document.closed_at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "total_gr": document.total_gr,
        "payments": ", ".join(names)[:_PAYMENTS_LENGTH_MAX],
    }


def daily_report_row(seq: int, document: wire.ReportDoc) -> dict[str, Any]:
    """What the list shows of a daily report."""
    return {
        "seq": seq,
        "printer_no": document.printer_no[:_WORD_LENGTH_MAX],
        "report_no": document.report_no,
        "at": document.at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "receipts": document.receipts,
        "cancelled": document.cancelled,
        "printer_total_gr": sum(document.printer_gr),
        "local_total_gr": sum(document.local_gr),
        "route": document.route,
    }
