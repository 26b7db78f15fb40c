"""What the office thinks of how it was paid, and of the buyer of an invoice. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

_RATE_ONE = 10_000


def worth_gr(foreign: int, rate_e4: int) -> int:
    """Hundredths of a currency in grosze, half up."""
    return (2 * foreign * rate_e4 + _RATE_ONE) // (2 * _RATE_ONE)


def wrong_payments(payments: list[wire.PaymentDoc], total_gr: int) -> Iterator[str]:
    """Payments less change are what was owed, and each is worth what it says."""
    paid = sum(payment.amount_gr - payment.change_gr for payment in payments)
    if paid != total_gr:
        yield f"paid: {paid} != {total_gr}"
    for payment in payments:
        if payment.symbol:
            worth = worth_gr(payment.foreign, payment.rate_e4)
            if worth != payment.amount_gr:
                yield f"currency: {payment.amount_gr} != {worth}"
        if payment.status in {"asked", "unknown"}:
            yield f"card: {payment.status}"
        if payment.face_gr and (payment.face_gr <= payment.amount_gr or payment.change_gr):
            yield f"voucher: {payment.face_gr} != {payment.amount_gr}"


def wrong_invoice(receipt: wire.ReceiptDoc) -> Iterator[str]:
    """An invoice has a number, a buyer and the buyer's tax number; nothing else has one."""
    is_invoice = receipt.document in wire.INVOICES
    is_told = wire.is_erased(receipt) or (receipt.nip and receipt.buyer_name)
    if is_invoice and not (receipt.invoice_no > 0 and is_told):
        yield "buyer: an invoice without number, NIP or name"
    if not is_invoice and receipt.invoice_no:
        yield f"invoice_no: {receipt.invoice_no} on a {receipt.document}"
