"""Sums and payments that several kinds of documents tell. No I/O."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class VatSplit(Struct, frozen=True):
    """Gross and tax of one letter."""

    vat: str
    rate_bp: int
    gross_gr: int
    tax_gr: int


class RefundDoc(Struct, frozen=True):
    """Money given back in one way; ``kind`` is the fiscal printer's word for it."""

    method: str
    name: str
    kind: str
    amount_gr: int


# What the customer got.
DocumentWord = Literal["receipt", "invoice", "meal_invoice", "e_receipt"]
INVOICES = frozenset({"invoice", "meal_invoice"})


class PaymentDoc(Struct, frozen=True):
    """Money received in one way; ``change_gr`` was given back, always in zlotys.

    A payment terminal has given ``status`` and ``reference``. Foreign money is ``foreign``
    hundredths of ``symbol`` at ``rate_e4``, ten-thousandths of a zloty for one unit. ``face_gr`` is
    what a voucher was worth that gave no change for the rest.
    """

    method: str
    name: str
    kind: str
    amount_gr: int
    change_gr: int = 0
    status: Literal["", "asked", "unknown", "approved"] = ""
    reference: str = ""
    symbol: str = ""
    foreign: int = 0
    rate_e4: int = 0
    face_gr: int = 0
