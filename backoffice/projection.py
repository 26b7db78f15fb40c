"""The rows under which receipts, daily reports, shifts and cash are listed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backoffice.judge_cash import cash_of
from backoffice.register_rules import book_of
from backoffice.sold import CORRECTION
from backoffice.store.tables import cash_entry, daily_report, receipt, register_entry, shift
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table

_TIME_LENGTH_MAX = 40
_WORD_LENGTH_MAX = 64
_PAYMENTS_LENGTH_MAX = 200
_REASON_LENGTH_MAX = 200
_GOODS_LENGTH_MAX = 200


def projection(seq: int, document: wire.Document | None) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Where a document is listed and how; nothing for one that is in no list."""
    match document:
        case wire.ReceiptDoc():
            yield receipt, receipt_row(seq, document)
        case wire.BillDoc():
            yield receipt, bill_row(seq, document)
        case wire.ReportDoc():
            yield daily_report, daily_report_row(seq, document)
        case wire.ShiftDoc():
            yield shift, shift_row(seq, document)
        case wire.ReturnDoc():
            yield register_entry, entry_row(seq, document)
        case wire.CorrectionDoc():
            yield register_entry, correction_row(seq, document)
    match document:
        case wire.ReceiptDoc(shift=name) if name:
            yield cash_entry, cash_row(seq, document, "receipt", document.closed_at)
        case wire.CashDoc():
            yield cash_entry, cash_row(seq, document, "cash", document.at, document.reason)


def receipt_row(seq: int, document: wire.ReceiptDoc) -> dict[str, Any]:
    """What the list shows of a receipt; long words are cut, the journal keeps them whole."""
    return {
        "seq": seq,
        "printer_no": document.printer_no[:_WORD_LENGTH_MAX],
        "report_no": document.report_no,
        "receipt_no": document.receipt_no,
        "closed_at": document.closed_at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "total_gr": document.total_gr,
        "code": wire.code_of(document.rid),
        "payments": _ways(document.payments),
        "document": document.document,
        "invoice_no": document.invoice_no,
    }


def bill_row(seq: int, document: wire.BillDoc) -> dict[str, Any]:
    """A non-fiscal bill among the receipts: no printer has it, and its number is the till's."""
    return {
        "seq": seq,
        "printer_no": "",
        "report_no": 0,
        "receipt_no": document.bill_no,
        "closed_at": document.at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "total_gr": document.total_gr,
        "payments": _ways(document.payments),
        "code": wire.code_of(document.rid),
        "document": "bill",
        "invoice_no": 0,
    }


def _ways(payments: list[wire.PaymentDoc]) -> str:
    names = dict.fromkeys(payment.name for payment in payments)
    return ", ".join(names)[:_PAYMENTS_LENGTH_MAX]


def daily_report_row(seq: int, document: wire.ReportDoc) -> dict[str, Any]:
    """What the list shows of a daily report."""
    return {
        "seq": seq,
        "printer_no": document.printer_no[:_WORD_LENGTH_MAX],
        "report_no": document.report_no,
        "at": document.at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "receipts": document.receipts + document.invoices,
        "cancelled": document.cancelled,
        "printer_total_gr": sum(document.printer_gr) + sum(document.printer_invoice_gr),
        "local_total_gr": sum(document.local_gr) + sum(document.local_invoice_gr),
        "route": document.route,
    }


def shift_row(seq: int, document: wire.ShiftDoc) -> dict[str, Any]:
    """What the list shows of a shift that was opened or closed."""
    return {
        "seq": seq,
        "shift": document.shift[:_WORD_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "opened_at": document.opened_at[:_TIME_LENGTH_MAX],
        "closed_at": document.closed_at[:_TIME_LENGTH_MAX],
        "opening_gr": document.opening_gr,
        "expected_gr": document.expected_gr,
        "counted_gr": document.counted_gr,
        "difference_gr": document.difference_gr,
        "total_gr": document.total_gr,
        "receipts": document.receipts,
        "reason": document.reason[:_REASON_LENGTH_MAX],
    }


def cash_row(
    seq: int, document: wire.ReceiptDoc | wire.CashDoc, kind: str, at: str, reason: str = ""
) -> dict[str, Any]:
    """What a document did to a drawer; an empty shift for one where nobody works in shifts."""
    name, amount_gr = cash_of(document)
    if isinstance(document, wire.CashDoc):
        amount_gr = document.amount_gr
    return {
        "seq": seq,
        "shift": name[:_WORD_LENGTH_MAX],
        "kind": kind,
        "at": at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "amount_gr": amount_gr,
        "reason": reason[:_REASON_LENGTH_MAX],
    }


def entry_row(seq: int, document: wire.ReturnDoc) -> dict[str, Any]:
    """What the list shows of an entry in the registers."""
    goods = ", ".join(dict.fromkeys(line.name for line in document.lines))
    return {**_register_row(seq, document, document.entry, goods), "total_gr": document.total_gr}


def correction_row(seq: int, document: wire.CorrectionDoc) -> dict[str, Any]:
    """What the list shows of a corrected payment."""
    change = f"{document.before.name} → {document.after.name}"
    row = _register_row(seq, document, CORRECTION, change)
    return {**row, "total_gr": document.after.amount_gr}


def _register_row(
    seq: int, document: wire.ReturnDoc | wire.CorrectionDoc, entry: str, goods: str
) -> dict[str, Any]:
    return {
        "seq": seq,
        "entry": entry,
        "book": book_of(entry),
        "number": document.number,
        "receipt": document.receipt[:_WORD_LENGTH_MAX],
        "receipt_no": document.receipt_no,
        "sold_at": document.sold_at[:_TIME_LENGTH_MAX],
        "at": document.at[:_TIME_LENGTH_MAX],
        "operator": document.operator[:_WORD_LENGTH_MAX],
        "goods": goods[:_GOODS_LENGTH_MAX],
    }
