"""Sums that several kinds of documents tell. No I/O."""

from __future__ import annotations

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
