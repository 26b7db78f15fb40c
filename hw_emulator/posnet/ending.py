"""trend: a receipt, an invoice or a settlement of packaging ends, and counts from then on.

The document is in the memory before it is printed to its end. Source: protocol.md §9, §10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import invoice_layout, layout, printing, receipt_layout
from hw_emulator.posnet.books import IN_INVOICE, IN_PACKAGING
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.edocument_buffer import receipt_made
from hw_emulator.posnet.invoice import printed_copies
from hw_emulator.posnet.packaging import settled
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.tender import CASH

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.tender import Payment
    from hw_emulator.posnet.transaction import Line, Transaction
    from hw_emulator.posnet.values import Args


@command("trend", table="to:a op:a om:a fp:a re:a fe:b", row="end", prints=Prints.ALWAYS)
def trend(device: Device, args: Args) -> None:
    """Close the document: it is in fiscal memory before this returns."""
    transaction = device.open_transaction()
    if transaction.kind == IN_INVOICE:
        _end_invoice(device, transaction, args)
        return
    paid, change = _check_end(transaction, args)
    body: Record = {
        **_body(device, transaction),
        "nip": transaction.nip,
        "packs_gr": [transaction.packs.out_gr, transaction.packs.in_gr],
        "packs": _pack_record(transaction),
        "payments": [_payment_record(payment) for payment in paid],
        "payments_gr": sum(payment.value_gr for payment in paid),
        "change": [_payment_record(payment) for payment in change],
        "change_gr": sum(payment.value_gr for payment in change),
        "cash_gr": _cash_gr(paid) - _cash_gr(change),
        "footer_pending": not args.flag("fe", default=True),
    }
    if transaction.kind == IN_PACKAGING:
        _end_packaging(device, transaction, body, paid, change)
    else:
        _end_receipt(device, transaction, body, paid, change)


def _pack_record(transaction: Transaction) -> list[list[object]]:
    return [
        [p.number, p.price_gr, p.quantity, p.is_returned, p.is_storno]
        for p in transaction.packs.entries
    ]


def _body(device: Device, transaction: Transaction) -> Record:
    books = device.books
    return {
        "at": device.moment(),
        "number": books.next_number(transaction.kind),
        "header_no": books.header_no + 1,
        "report_no": books.next_report_no,
        "reference": transaction.reference,
        "totals_gr": list(transaction.totals_gr),
        "lines": [_line_record(line) for line in transaction.lines],
        "advances_gr": list(transaction.advances_gr),
    }


def _check_end(transaction: Transaction, args: Args) -> tuple[list[Payment], list[Payment]]:
    _check_sums(transaction, args)
    packs, tender, due = transaction.packs, transaction.tender, transaction.due_gr
    if transaction.kind == IN_PACKAGING:
        if not packs.out_gr and not packs.in_gr:
            raise Refused(Code.PACKS_ZERO)
    elif not transaction.total_gr and not any(transaction.advances_gr):
        raise Refused(Code.TOTAL_ZERO)
    paid = {tender.paid_gr} if tender.payments else {0, max(0, due)}
    if args.has("fp") and args.number("fp") not in paid:
        raise Refused(Code.PAYMENTS_CHECK)
    change = {tender.change_gr} if tender.change_gr else {0, max(0, tender.paid_gr - due)}
    if args.has("re") and args.number("re") not in change:
        raise Refused(Code.CHANGE_CHECK)
    return tender.settle(due)


def _check_sums(transaction: Transaction, args: Args) -> None:
    if transaction.is_empty:
        raise Refused(Code.NO_ITEMS)
    for name, value, code in (
        ("to", transaction.total_gr, Code.TOTAL_CHECK),
        ("op", transaction.packs.out_gr, Code.PACK_OUT_CHECK),
        ("om", transaction.packs.in_gr, Code.PACK_IN_CHECK),
    ):
        if args.number(name, value) != value:
            raise Refused(code)


def _end_receipt(
    device: Device,
    transaction: Transaction,
    body: Record,
    paid: list[Payment],
    change: list[Payment],
) -> None:
    is_old = device.profile.is_old
    lines = receipt_layout.closing(transaction, device.books.rates_bp)
    lines += receipt_layout.settlement(paid, change, is_old=is_old)
    buyer = f"{transaction.nip_caption} {transaction.nip}" if transaction.nip else ""
    _finish(device, transaction, "receipt", body, lines, buyer=buyer)


def _end_packaging(
    device: Device,
    transaction: Transaction,
    body: Record,
    paid: list[Payment],
    change: list[Payment],
) -> None:
    lines = [
        *layout.head(device.books, "", is_fiscal=False),
        *settled(transaction.packs, paid, change),
        *layout.nonfiscal_end(device.books),
    ]
    _finish(device, transaction, "packaging", body, lines)


def _finish(
    device: Device,
    transaction: Transaction,
    kind: str,
    body: Record,
    lines: list[str],
    *,
    buyer: str = "",
) -> None:
    books = device.books
    signature = printing.sign(books.signature, body)
    foot = printing.take_foot(
        device,
        body["at"],
        printing.show_number(transaction.kind, body["number"]),
        signature,
        buyer=buyer,
        is_fiscal=transaction.kind != IN_PACKAGING,
    )
    if body["footer_pending"]:
        foot.pop()
    shown = printing.fit_receipt(device, [*lines, *foot])
    text = [*transaction.printout, *shown]
    device.memory.append(kind, {**body, "signature": signature, "text": text})
    device.transaction, device.ram.is_headless = None, device.ram.ends_open
    is_printed = kind == "packaging" or receipt_made(device, is_block=transaction.is_block)
    device.ram.is_paperless = not is_printed
    if is_printed:
        device.paper.write(text if transaction.is_block else shown)


def _end_invoice(device: Device, transaction: Transaction, args: Args) -> None:
    data, books = transaction.invoice, device.books
    if data is None:
        raise Refused(Code.WRONG_STATE)
    _check_sums(transaction, args)
    data.check()
    if not transaction.total_gr and not any(transaction.advances_gr):
        raise Refused(Code.TOTAL_ZERO)
    body: Record = {
        **_body(device, transaction),
        "invoice_no": data.number,
        "buyer": data.buyer,
        "nip": data.buyer_nip,
        "payments_gr": 0,
        "change_gr": 0,
        "footer_pending": False,
    }
    signature = printing.sign(books.signature, body)
    number = printing.show_number(IN_INVOICE, body["number"])
    body_lines = [
        *invoice_layout.invoice(books, transaction, data),
        *printing.take_foot(device, body["at"], number, signature),
    ]
    copies = printed_copies(device, data, layout.head(books, ""), body_lines)
    record = {**body, "signature": signature, "text": copies[0]}
    device.memory.append("invoice", record)
    device.transaction, device.ram.is_headless = None, device.ram.ends_open
    if receipt_made(device, is_block=True):
        for copy in copies:
            device.paper.write(copy)


def _line_record(line: Line) -> Record:
    return {
        "name": line.name,
        "vat": layout.LETTERS[line.vat],
        "price_gr": line.price_gr,
        "quantity": str(line.quantity),
        "value_gr": line.final_gr,
        "discount_gr": -line.change_gr,
        "is_storno": line.is_storno,
    }


def _payment_record(payment: Payment) -> list[object]:
    foreign = payment.foreign
    currency = [foreign.symbol, foreign.amount, foreign.rate] if foreign else []
    return [payment.kind, payment.value_gr, payment.name, *currency]


def _cash_gr(payments: list[Payment]) -> int:
    return sum(payment.value_gr for payment in payments if payment.kind == CASH)
