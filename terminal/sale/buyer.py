"""Which document the customer gets, and for whom: receipt, receipt with NIP, invoice, KID. Pure.

The choice stands still while the printer has the receipt; until then it may be changed, also of a
paid one that could not be printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from terminal.errors import Code, Rejected
from terminal.sale.receipt import DocumentKind, Receipt, State
from terminal.sale.verbs import tax_number

# Up to this much a receipt with the buyer's NIP is an invoice, a simplified one.
SIMPLIFIED_MAX_GR = 45_000
KID_DIGITS = 15
NAME_MAX, ADDRESS_MAX = 256, 256


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who an invoice is for."""

    nip: str
    name: str
    address: str = ""


def as_receipt(receipt: Receipt, nip: str = "") -> Receipt:
    """A receipt, with the buyer's tax number on it or without. Raises E-28."""
    _expect_here(receipt)
    return _changed(receipt, DocumentKind.RECEIPT, tax_number(nip))


def as_invoice(receipt: Receipt, buyer: Buyer, *, is_meal: bool = False) -> Receipt:
    """A fiscal invoice for the goods, or for a meal; raises E-28 for a wrong NIP, E-118."""
    _expect_here(receipt)
    nip, name = tax_number(buyer.nip), " ".join(buyer.name.split())
    address = " ".join(buyer.address.split())
    if not nip:
        raise Rejected(Code.BAD_NIP, nip=buyer.nip)
    if not name or len(name) > NAME_MAX or len(address) > ADDRESS_MAX:
        raise Rejected(Code.NO_BUYER)
    kind = DocumentKind.MEAL_INVOICE if is_meal else DocumentKind.INVOICE
    changed = _changed(receipt, kind, nip)
    return replace(changed, buyer_name=name, buyer_address=address)


def as_e_receipt(receipt: Receipt, kid: str) -> Receipt:
    """An electronic receipt for whom the 15 digits of ``kid`` stand; raises E-120."""
    _expect_here(receipt)
    if len(kid) != KID_DIGITS or not (kid.isascii() and kid.isdigit()):
        raise Rejected(Code.BAD_KID, digits=KID_DIGITS)
    return replace(_changed(receipt, DocumentKind.E_RECEIPT, receipt.nip), kid=kid)


def on_paper(receipt: Receipt) -> Receipt:
    """What the printer could not send is printed."""
    return replace(receipt, document=DocumentKind.RECEIPT, kid="")


def is_simplified(receipt: Receipt) -> bool:
    """Whether the receipt is a simplified invoice by itself: no other is made for it."""
    return bool(receipt.nip) and not receipt.is_invoice and receipt.total_gr <= SIMPLIFIED_MAX_GR


def _changed(receipt: Receipt, document: DocumentKind, nip: str) -> Receipt:
    return replace(receipt, document=document, nip=nip, buyer_name="", buyer_address="", kid="")


def _expect_here(receipt: Receipt) -> None:
    if receipt.state not in {State.OPEN, State.PAID}:
        raise Rejected(Code.BUSY)
    if receipt.is_empty:
        raise Rejected(Code.EMPTY_RECEIPT)
