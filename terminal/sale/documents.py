"""Turns what happened into the documents that the back office receives. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.fiscal import VAT_LETTERS
from terminal.context import new_rid
from terminal.sale.money import tax_of
from terminal.sync.wire import (
    DroppedDoc,
    EventDoc,
    LineDoc,
    PaymentDoc,
    ReceiptDoc,
    VatSplit,
)

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt
    from terminal.sale.settle import Ruling


def receipt_document(
    context: Context, receipt: Receipt, ruling: Ruling, printer_no: str, at: str
) -> ReceiptDoc:
    """A receipt as it was printed."""
    return ReceiptDoc(
        rid=receipt.rid,
        terminal=context.terminal,
        shop=context.shop,
        opened_at=receipt.opened_at,
        closed_at=at,
        operator=receipt.operator,
        printer_no=printer_no,
        receipt_no=ruling.receipt_no,
        report_no=ruling.report_no,
        total_gr=receipt.total_gr,
        discount_gr=receipt.discount_gr,
        nip=receipt.nip,
        lines=[_line(line) for line in receipt.lines],
        payments=_payments(receipt),
        split=_split(receipt),
        percent_bp=receipt.percent_bp,
        percent_mode=receipt.percent_mode.value,
    )


def dropped_document(
    context: Context, receipt: Receipt, reason: str, *, rid: str, is_cancelled: bool
) -> DroppedDoc:
    """A receipt that was given up, or an attempt that the printer cancelled."""
    return DroppedDoc(
        rid=rid,
        terminal=context.terminal,
        shop=context.shop,
        at=context.stamp(),
        operator=receipt.operator,
        total_gr=receipt.total_gr,
        reason=reason,
        lines=[_line(line) for line in receipt.lines],
        printed_as_cancelled=is_cancelled,
    )


def event_document(context: Context, operator: str, name: str, **detail: Any) -> EventDoc:  # noqa: ANN401 - an event's detail is whatever explains it
    """Something an auditor may ask about."""
    return EventDoc(
        rid=new_rid(),
        terminal=context.terminal,
        shop=context.shop,
        at=context.stamp(),
        operator=operator,
        name=name,
        detail=detail,
    )


def _line(line: Line) -> LineDoc:
    return LineDoc(
        product=line.product,
        plu=line.plu,
        barcode=line.barcode,
        name=line.name,
        unit=line.unit,
        vat=line.vat,
        rate_bp=line.rate_bp,
        price_gr=line.price_gr,
        list_price_gr=line.list_price_gr,
        qty_milli=line.qty_milli,
        value_gr=line.value_gr,
        discount_gr=line.discount_gr,
        gross_gr=line.gross_gr,
        is_void=line.is_void,
        percent_bp=line.percent_bp,
    )


def _payments(receipt: Receipt) -> list[PaymentDoc]:
    """Change belongs to the last payment: only cash may exceed what was due, and it ends paying."""
    payments = [PaymentDoc(p.method, p.name, p.kind, p.amount_gr) for p in receipt.payments]
    if receipt.change_gr:
        last = receipt.payments[-1]
        payments[-1] = PaymentDoc(
            last.method, last.name, last.kind, last.amount_gr, receipt.change_gr
        )
    return payments


def _split(receipt: Receipt) -> list[VatSplit]:
    rates = {line.vat: line.rate_bp for line in receipt.live_lines}
    return [
        VatSplit(letter, rates[letter], gross, tax_of(gross, rates[letter]))
        for letter, gross in zip(VAT_LETTERS, receipt.totals_gr, strict=True)
        if letter in rates
    ]
