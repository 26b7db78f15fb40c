"""Turns what happened into the documents that the back office receives, and back. No I/O."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from drivers.fiscal import VAT_LETTERS, Counters, PercentMode
from terminal.context import new_rid
from terminal.sale.line import Line
from terminal.sale.money import tax_of
from terminal.sale.receipt import DocumentKind, Payment, Receipt, State
from terminal.sync.wire import (
    BillDoc,
    CounterDoc,
    DroppedDoc,
    EventDoc,
    LineDoc,
    PaymentDoc,
    ReceiptDoc,
    VatSplit,
)

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.sale.picture import Ruling


def receipt_document(
    context: Context,
    receipt: Receipt,
    ruling: Ruling,
    printer_no: str,
    at: str,
    shift: str = "",
    parked_as: str = "",
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
        operator_id=receipt.operator_id,
        counters=counter_document(ruling.after),
        shift=shift,
        discount_id=receipt.discount_id,
        discount_name=receipt.discount_name,
        customer_id=receipt.customer_id,
        customer=receipt.customer,
        age_checked=receipt.age_checked,
        document=receipt.document.value,
        invoice_no=receipt.invoice_no,
        buyer_name=receipt.buyer_name,
        buyer_address=receipt.buyer_address,
        makes_good=receipt.makes_good,
        fulfils=receipt.fulfils,
        parked_as=parked_as,
    )


def bill_document(context: Context, receipt: Receipt, bill_no: int, shift: str = "") -> BillDoc:
    """A receipt that was paid in a way that is not fiscal."""
    return BillDoc(
        rid=receipt.rid,
        terminal=context.terminal,
        shop=context.shop,
        opened_at=receipt.opened_at,
        at=context.stamp(),
        operator=receipt.operator,
        bill_no=bill_no,
        total_gr=receipt.total_gr,
        lines=[_line(line) for line in receipt.lines],
        payments=_payments(receipt),
        discount_gr=receipt.discount_gr,
        percent_bp=receipt.percent_bp,
        percent_mode=receipt.percent_mode.value,
        nip=receipt.nip,
        operator_id=receipt.operator_id,
        discount_id=receipt.discount_id,
        discount_name=receipt.discount_name,
        customer_id=receipt.customer_id,
        customer=receipt.customer,
        age_checked=receipt.age_checked,
        shift=shift,
        fulfils=receipt.fulfils,
    )


def dropped_document(
    context: Context,
    receipt: Receipt,
    reason: str,
    *,
    rid: str,
    is_cancelled: bool,
    by: str = "",
    counters: Counters | None = None,
    shift: str = "",
) -> DroppedDoc:
    """A receipt that was given up ``by`` somebody, or an attempt that the printer cancelled."""
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
        authorised_by=by,
        opened_at=receipt.opened_at,
        operator_id=receipt.operator_id,
        discount_gr=receipt.discount_gr,
        nip=receipt.nip,
        percent_bp=receipt.percent_bp,
        percent_mode=receipt.percent_mode.value,
        counters=counter_document(counters),
        shift=shift,
        discount_id=receipt.discount_id,
        discount_name=receipt.discount_name,
        customer_id=receipt.customer_id,
        customer=receipt.customer,
        age_checked=receipt.age_checked,
        document=receipt.document.value,
        invoice_no=receipt.invoice_no,
        buyer_name=receipt.buyer_name,
        buyer_address=receipt.buyer_address,
    )


def event_document(
    context: Context,
    operator: str,
    name: str,
    counters: Counters | None = None,
    /,
    **detail: Any,  # noqa: ANN401 - an event's detail is whatever explains it
) -> EventDoc:
    """Something an auditor may ask about; ``counters`` when others are expected from now on."""
    return EventDoc(
        rid=new_rid(),
        terminal=context.terminal,
        shop=context.shop,
        at=context.stamp(),
        operator=operator,
        name=name,
        detail=detail,
        counters=counter_document(counters),
    )


def counter_document(counters: Counters | None) -> CounterDoc | None:
    """The printer's counters as documents tell them."""
    return msgspec.convert(counters, CounterDoc, from_attributes=True) if counters else None


def counters_of(document: CounterDoc) -> Counters:
    """The printer's counters as a document told them."""
    return msgspec.convert(document, Counters, from_attributes=True)


def receipt_of(document: ReceiptDoc | DroppedDoc | BillDoc) -> Receipt:
    """The receipt as it was before it was printed, given up, or ended in a bill."""
    payments = [] if isinstance(document, DroppedDoc) else document.payments
    receipt = Receipt(
        rid=document.rid,
        opened_at=document.opened_at,
        operator_id=document.operator_id,
        operator=document.operator,
        state=State.PAID if payments else State.OPEN,
        lines=tuple(msgspec.convert(line, Line, from_attributes=True) for line in document.lines),
        payments=tuple(msgspec.convert(it, Payment, from_attributes=True) for it in payments),
        discount_gr=document.discount_gr,
        nip=document.nip,
        percent_bp=document.percent_bp,
        percent_mode=PercentMode(document.percent_mode),
        discount_id=document.discount_id,
        discount_name=document.discount_name,
        customer_id=document.customer_id,
        customer=document.customer,
        age_checked=document.age_checked,
        fulfils="" if isinstance(document, DroppedDoc) else document.fulfils,
    )
    if isinstance(document, BillDoc):
        return receipt
    return replace(
        receipt,
        document=DocumentKind(document.document),
        buyer_name=document.buyer_name,
        buyer_address=document.buyer_address,
        invoice_no=document.invoice_no,
        makes_good=document.makes_good if isinstance(document, ReceiptDoc) else "",
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
        precision=line.precision,
        discount_id=line.discount_id,
        discount_name=line.discount_name,
        min_age=line.min_age,
    )


def _payments(receipt: Receipt) -> list[PaymentDoc]:
    """Change belongs to the last payment: what exceeds the due ends paying."""
    payments = [msgspec.convert(it, PaymentDoc, from_attributes=True) for it in receipt.payments]
    if receipt.change_gr:
        payments[-1] = msgspec.structs.replace(payments[-1], change_gr=receipt.change_gr)
    return payments


def _split(receipt: Receipt) -> list[VatSplit]:
    rates = {line.vat: line.rate_bp for line in receipt.live_lines}
    return [
        VatSplit(letter, rates[letter], gross, tax_of(gross, rates[letter]))
        for letter, gross in zip(VAT_LETTERS, receipt.totals_gr, strict=True)
        if letter in rates
    ]
