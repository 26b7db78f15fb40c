"""Documents of what a sale became after it was printed: returns, corrections of payments. No I/O.

The fiscal printer knows nothing of them: the law wants them in registers of their own.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from terminal.sync.wire.amounts import RefundDoc, VatSplit
from terminal.sync.wire.heads import RunningTotal

# Goods that came back, money for goods that were not as they should be, a sale entered wrongly.
EntryKind = Literal["return", "complaint", "mistake"]


class TakenLine(Struct, frozen=True):
    """What an entry takes off line ``no`` (from 0) of its receipt; its goods as they were sold.

    ``qty_milli`` came back, nothing of it in a complaint; ``gross_gr`` is the money for it.
    """

    no: int
    name: str
    unit: str
    vat: str
    rate_bp: int
    qty_milli: int
    gross_gr: int
    product: str = ""
    plu: str = ""
    barcode: str = ""
    precision: int = 3


class ReturnDoc(Struct, frozen=True, tag_field="kind", tag="return"):
    """An entry in the register of returns and complaints, or in that of obvious mistakes.

    ``number`` counts within that register and terminal. ``receipt`` is the rid of the sale, which
    ``sold_by`` made, it may be another terminal of the company. ``refunds`` may be empty where no
    money was given back.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    entry: EntryKind
    number: int
    receipt: str
    sold_by: str
    sold_at: str
    printer_no: str
    receipt_no: int
    lines: list[TakenLine]
    split: list[VatSplit]
    total_gr: int
    refunds: list[RefundDoc]
    reason: str
    customer: str = ""
    operator_id: str = ""
    shift: str = ""
    running: RunningTotal | None = None
    person: str = ""


class CorrectionDoc(Struct, frozen=True, tag_field="kind", tag="payment_correction"):
    """A sale that was closed as cash was paid in another way; once for each sale.

    ``before`` and ``after`` are the same amount.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    number: int
    receipt: str
    sold_at: str
    printer_no: str
    receipt_no: int
    before: RefundDoc
    after: RefundDoc
    operator_id: str = ""
