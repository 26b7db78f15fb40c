"""The contract between a till and the back office: documents, data sets, requests. No I/O.

Every message is a msgspec Struct; unknown fields are ignored on both sides, so that an older till
lives with a newer office. Money is whole grosze, quantities thousandths, VAT rates basis points
(10000 exempt, 10100 inactive), times ISO 8601 with zone. Paths are in ``docs/architecture.md``.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

JOURNAL_ENTRIES_MAX = 1000
JOURNAL_BYTES_MAX = 1024 * 1024
PAGE_ROWS_MAX = 5000
GENESIS = "0" * 64

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Grosze = Annotated[int, Meta(ge=0, le=9_999_999_999)]
Letter = Annotated[str, Meta(pattern="^[A-G]$")]


class Right(StrEnum):
    """What a role may allow."""

    SELL = "sell"
    VOID_LINE = "void_line"
    DROP_RECEIPT = "drop_receipt"
    CHANGE_PRICE = "change_price"
    DISCOUNT = "discount"
    CASH = "cash"
    DRAWER = "drawer"
    CLOSE_DAY = "close_day"
    REPORTS = "reports"
    SYNC = "sync"
    SERVICE = "service"


# --- data sets: office → till ------------------------------------------------------------------


class Settings(Struct, frozen=True):
    """How the tills of a shop behave; one row, ``id`` is ``settings``."""

    id: Id
    login_mode: Literal["pin", "identifier", "none"] = "pin"
    close_profile: Literal["off", "remind", "block"] = "block"
    close_at: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "22:00"
    receipt_footer: Annotated[str, Meta(max_length=120)] = ""
    language: Literal["pl", "en", "fr", "es"] = "pl"


class Shop(Struct, frozen=True):
    """Company and shop; one row. ``header`` lines go to the printer at the day close."""

    id: Id
    company: Annotated[str, Meta(min_length=1, max_length=256)]
    nip: Annotated[str, Meta(pattern=r"^\d{10}$")]
    name: Annotated[str, Meta(max_length=70)] = ""
    street: Annotated[str, Meta(max_length=70)] = ""
    postal_code: Annotated[str, Meta(pattern=r"^\d\d-\d{3}$")] = "00-000"
    city: Annotated[str, Meta(max_length=70)] = ""


class VatRate(Struct, frozen=True):
    """One VAT letter; ``id`` is the letter."""

    id: Letter
    rate_bp: Annotated[int, Meta(ge=0, le=10_100)]


class PaymentMethod(Struct, frozen=True):
    """A way to pay; ``kind`` is the fiscal printer's word for it."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=25)]
    kind: Literal["cash", "card", "cheque", "bon", "credit", "other", "voucher", "transfer"]
    position: int = 0
    opens_drawer: bool = False
    is_active: bool = True


class Role(Struct, frozen=True):
    """A named list of rights."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    rights: list[str] = []


class User(Struct, frozen=True):
    """An operator; ``pin_hash`` is ``$scrypt$ln=14,r=8,p=1$salt$hash`` in base64, never a PIN."""

    id: Id
    identifier: Annotated[str, Meta(pattern=r"^\d{1,10}$")]
    name: Annotated[str, Meta(min_length=1, max_length=32)]
    role: Id
    pin_hash: str = ""
    language: str = ""
    is_active: bool = True


class Unit(Struct, frozen=True):
    """A unit of measure; ``precision`` is the number of decimals of a quantity, 0 to 3."""

    id: Id
    name: Annotated[str, Meta(pattern=r"^[^\d]{1,4}$")]
    precision: Annotated[int, Meta(ge=0, le=3)] = 0
    is_weighed: bool = False


class Category(Struct, frozen=True):
    """A node of the category tree."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    parent: str = ""


class Product(Struct, frozen=True):
    """An article; ``price_gr`` 0 with ``is_open_price`` asks for the price at each sale."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    vat: Letter
    price_gr: Grosze
    unit: Id
    plu: Annotated[str, Meta(pattern=r"^([1-9]\d{0,8})?$")] = ""
    barcodes: list[Annotated[str, Meta(pattern=r"^\d{6,14}$")]] = []
    category: str = ""
    is_open_price: bool = False
    is_active: bool = True


# Name of each data set and the type of its rows, in the order in which references need them.
SETS: dict[str, type[Struct]] = {
    "settings": Settings,
    "shop": Shop,
    "vat_rates": VatRate,
    "payment_methods": PaymentMethod,
    "roles": Role,
    "users": User,
    "units": Unit,
    "categories": Category,
    "products": Product,
}


class SetState(Struct, frozen=True):
    """Newest revision of one data set at the office; ``rows`` counts the living rows."""

    name: str
    revision: int
    rows: int


class SetPage(Struct, frozen=True):
    """Changes of one data set after revision ``since`` up to ``to``; at most ``PAGE_ROWS_MAX``.

    Rows stay undecoded: each is judged by itself, so that one bad record does not stop the others.
    ``more`` says that another page follows after ``to``.
    """

    name: str
    since: int
    to: int
    more: bool
    rows: list[msgspec.Raw]
    removed: list[str] = []


# --- documents: till → office ------------------------------------------------------------------


class LineDoc(Struct, frozen=True):
    """A line as it was sold: names and prices are a snapshot that protects history."""

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


class PaymentDoc(Struct, frozen=True):
    """Money received in one way; ``change_gr`` was given back."""

    method: str
    name: str
    kind: str
    amount_gr: int
    change_gr: int = 0


class VatSplit(Struct, frozen=True):
    """Gross and tax of one letter."""

    vat: str
    rate_bp: int
    gross_gr: int
    tax_gr: int


class ReceiptDoc(Struct, frozen=True, tag_field="kind", tag="receipt"):
    """A fiscal receipt, as printed."""

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


class DroppedDoc(Struct, frozen=True, tag_field="kind", tag="dropped"):
    """A receipt that was given up before it was printed, or one that the printer cancelled."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    total_gr: int
    reason: str
    lines: list[LineDoc]
    printed_as_cancelled: bool = False


class ReportDoc(Struct, frozen=True, tag_field="kind", tag="report"):
    """A daily fiscal report; ``printer_gr`` and ``local_gr`` are gross totals A to G."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    printer_no: str
    report_no: int
    receipts: int
    cancelled: int
    printer_gr: list[int]
    local_gr: list[int]
    route: Literal["terminal", "external"]
    first_seq: int
    last_seq: int


class CashDoc(Struct, frozen=True, tag_field="kind", tag="cash"):
    """Cash put in (positive) or taken out (negative)."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    amount_gr: int
    reason: str


class EventDoc(Struct, frozen=True, tag_field="kind", tag="event"):
    """Something an auditor may ask about: login, wrong PIN, attempt not sold, settings applied."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    name: str
    detail: dict[str, Any] = {}


Document = ReceiptDoc | DroppedDoc | ReportDoc | CashDoc | EventDoc


class Entry(Struct, frozen=True):
    """One document in a journal; ``body`` is its canonical JSON (RFC 8785), sent as stored."""

    seq: int
    rid: str
    prev: str
    hash: str
    body: str


class JournalPush(Struct, frozen=True):
    """Consecutive entries of one epoch."""

    epoch: int
    entries: list[Entry]


class Verdict(Struct, frozen=True):
    """What the office thinks of a stored document."""

    seq: int
    is_accepted: bool
    reason: str = ""


class JournalAnswer(Struct, frozen=True):
    """How far the office holds the chain, and its head there; verdicts on what was sent."""

    epoch: int
    hw: int
    head: str
    verdicts: list[Verdict] = []


class JournalPage(Struct, frozen=True):
    """The office's copy of a till's own journal, for a restore."""

    epoch: int
    hw: int
    entries: list[Entry]


# --- requests ----------------------------------------------------------------------------------


class EnrolRequest(Struct, frozen=True):
    """A technician's one-time code makes an unknown device a terminal."""

    code: str
    version: str


class EnrolAnswer(Struct, frozen=True):
    """Who the terminal is from now on; ``token`` is shown once and goes into a 0600 file."""

    terminal: str
    shop: str
    token: str
    epoch: int


class Heartbeat(Struct, frozen=True):
    """How the terminal is."""

    version: str
    unsent: int
    oldest_unsent_at: str
    day: str
    printer: str
    operator: str


class HeartbeatAnswer(Struct, frozen=True):
    """The office's clock, ISO 8601."""

    server_time: str


class ReleaseAnswer(Struct, frozen=True):
    """The program version the office wants this terminal to run; empty when it has no wish."""

    version: str


class Problem(Struct, frozen=True):
    """An error answer, RFC 9457."""

    status: int
    title: str
    detail: str = ""


def canonical(document: Struct) -> str:
    """RFC 8785 text of a document, the form in which it is hashed, stored and sent.

    Sorted msgspec output is that form for what documents hold: ASCII keys, integers, texts,
    booleans and no fractions. A property test holds it against a reference implementation.
    """
    return msgspec.json.encode(document, order="sorted").decode()


def chain_hash(prev: str, body: str) -> str:
    """Hash that ties ``body`` to the entry before it; both hashes are 64 hex digits."""
    return hashlib.sha256(b"kaso-j1" + bytes.fromhex(prev) + body.encode()).hexdigest()
