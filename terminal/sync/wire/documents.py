"""What a till tells its office: documents and the chain that ties them together. No I/O.

What a document tells of a buyer or customer lies apart from it (``wire.personal``) before it is
chained; ``person`` then is its salted hash.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec
from msgspec import Struct

from terminal.sync.wire.amounts import DocumentWord, PaymentDoc, VatSplit
from terminal.sync.wire.cash import PrintedReportDoc, ShiftDoc
from terminal.sync.wire.field import (
    AttachmentDoc,
    CustomerEditDoc,
    SalesDoc,
    SalesStateDoc,
    VisitDoc,
)
from terminal.sync.wire.heads import DayHeadDoc, RunningTotal
from terminal.sync.wire.register import CorrectionDoc, ReturnDoc
from terminal.sync.wire.report import CounterDoc, ReportDoc

GENESIS = "0" * 64

# How the printer rounds when a percent comes off.
PercentMode = Literal["value_first", "discount_first"]


class LineDoc(Struct, frozen=True):
    """A line as it was sold: names and prices are a snapshot that protects history.

    ``precision`` is the number of decimals with which its quantity is shown. A negative discount is
    a mark-up; ``discount_id`` is the shop's own, ``min_age`` how old a buyer must be.
    """

    product: str
    plu: str
    barcode: str
    name: str
    unit: str
    vat: str
    rate_bp: int
    price_gr: int
    list_price_gr: int
    qty_milli: int
    value_gr: int
    discount_gr: int
    gross_gr: int
    is_void: bool = False
    percent_bp: int = 0
    precision: int = 3
    discount_id: str = ""
    discount_name: str = ""
    min_age: int = 0


class ReceiptDoc(Struct, frozen=True, tag_field="kind", tag="receipt"):
    """A fiscal receipt or invoice, as printed.

    ``percent_bp`` came off each letter; ``percent_mode`` says what the printer rounds then. A
    negative discount is a mark-up. ``age_checked`` is the age of which the cashier made sure.
    ``shift`` is that of whoever took the money; empty where nobody works in shifts. Of an invoice
    ``receipt_no`` is the printer's count of invoices in the day, and ``invoice_no`` the till's own
    number. It ``makes_good`` the non-fiscal bill of that ``rid``. ``parked_as`` is the name under
    which it lay aside last. It ``fulfils`` the order or the quote of that ``rid``.
    """

    rid: str
    terminal: str
    shop: str
    opened_at: str
    closed_at: str
    operator: str
    printer_no: str
    receipt_no: int
    report_no: int
    total_gr: int
    discount_gr: int
    nip: str
    lines: list[LineDoc]
    payments: list[PaymentDoc]
    split: list[VatSplit]
    percent_bp: int = 0
    percent_mode: PercentMode = "value_first"
    operator_id: str = ""
    counters: CounterDoc | None = None
    shift: str = ""
    discount_id: str = ""
    discount_name: str = ""
    customer_id: str = ""
    customer: str = ""
    age_checked: int = 0
    document: DocumentWord = "receipt"
    invoice_no: int = 0
    buyer_name: str = ""
    buyer_address: str = ""
    makes_good: str = ""
    parked_as: str = ""
    running: RunningTotal | None = None
    person: str = ""
    fulfils: str = ""


class DroppedDoc(Struct, frozen=True, tag_field="kind", tag="dropped"):
    """A receipt that was given up before it was printed, or one that the printer cancelled.

    ``authorised_by`` gave it up, which may be another than its ``operator``. An ``invoice_no`` that
    was given to it is used up.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    total_gr: int
    reason: str
    lines: list[LineDoc]
    printed_as_cancelled: bool = False
    authorised_by: str = ""
    opened_at: str = ""
    operator_id: str = ""
    discount_gr: int = 0
    nip: str = ""
    percent_bp: int = 0
    percent_mode: PercentMode = "value_first"
    counters: CounterDoc | None = None
    shift: str = ""
    discount_id: str = ""
    discount_name: str = ""
    customer_id: str = ""
    customer: str = ""
    age_checked: int = 0
    document: DocumentWord = "receipt"
    invoice_no: int = 0
    buyer_name: str = ""
    buyer_address: str = ""
    person: str = ""


class BillDoc(Struct, frozen=True, tag_field="kind", tag="bill"):
    """A non-fiscal bill: paid and not in the fiscal memory, until a receipt names its ``rid``.

    ``shift`` is that of whoever made it; its money counts with the receipt, in that one's shift.
    """

    rid: str
    terminal: str
    shop: str
    opened_at: str
    at: str
    operator: str
    bill_no: int
    total_gr: int
    lines: list[LineDoc]
    payments: list[PaymentDoc]
    discount_gr: int = 0
    percent_bp: int = 0
    percent_mode: PercentMode = "value_first"
    nip: str = ""
    operator_id: str = ""
    discount_id: str = ""
    discount_name: str = ""
    customer_id: str = ""
    customer: str = ""
    age_checked: int = 0
    shift: str = ""
    person: str = ""
    fulfils: str = ""


class CashDoc(Struct, frozen=True, tag_field="kind", tag="cash"):
    """Cash put in (positive) or taken out (negative).

    The opening cash of a shift is in its own document and not in ``shift``, though it is booked.
    ``is_refund`` for what was given back for goods.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    amount_gr: int
    reason: str
    shift: str = ""
    slip_no: int = 0
    is_refund: bool = False


class CustomerDoc(Struct, frozen=True, tag_field="kind", tag="customer"):
    """A customer who was written down at the till; ``rid`` is the customer's id from then on."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    name: str
    nip: str = ""
    person: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    is_potential: bool = False
    operator_id: str = ""


class EventDoc(Struct, frozen=True, tag_field="kind", tag="event"):
    """Something an auditor may ask about: login, wrong PIN, attempt not sold, settings applied."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    name: str
    detail: dict[str, Any] = {}
    counters: CounterDoc | None = None


Document = (
    ReceiptDoc
    | DroppedDoc
    | ReportDoc
    | CashDoc
    | CustomerDoc
    | EventDoc
    | ShiftDoc
    | PrintedReportDoc
    | ReturnDoc
    | CorrectionDoc
    | BillDoc
    | DayHeadDoc
    | CustomerEditDoc
    | SalesDoc
    | SalesStateDoc
    | VisitDoc
    | AttachmentDoc
)


def canonical(document: Struct) -> str:
    """RFC 8785 text of a document, the form in which it is hashed, stored and sent.

    Sorted msgspec output is that form for what documents hold: ASCII keys, integers, texts,
    booleans and no fractions. A property test holds it against a reference implementation.
    """
    return msgspec.json.encode(document, order="sorted").decode()


def chain_hash(prev: str, body: str) -> str:
    """Hash that ties ``body`` to the entry before it; both hashes are 64 hex digits."""
    return hashlib.sha256(b"kaso-j1" + bytes.fromhex(prev) + body.encode()).hexdigest()
