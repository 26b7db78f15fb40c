"""What a fiscal printer is to the till, whichever protocol it speaks. No I/O.

Money is whole grosze, quantity thousandths, VAT rates basis points (23 % = 2300) with the two
markers ``EXEMPT`` and ``INACTIVE``. Tuples of seven follow the letters A to G.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

VAT_LETTERS = "ABCDEFG"
EXEMPT = 10_000
INACTIVE = 10_100

Seven = tuple[int, int, int, int, int, int, int]
NO_TOTALS: Seven = (0, 0, 0, 0, 0, 0, 0)


class TenderKind(StrEnum):
    """How money is given, in the words of the Polish fiscal printers."""

    CASH = "cash"
    CARD = "card"
    CHEQUE = "cheque"
    BON = "bon"
    CREDIT = "credit"
    OTHER = "other"
    VOUCHER = "voucher"
    TRANSFER = "transfer"


class Mechanism(StrEnum):
    """State of the printing mechanism."""

    OK = "ok"
    COVER = "cover"
    NO_PAPER = "no_paper"
    OVERHEATED = "overheated"
    POWER = "power"
    CUTTER = "cutter"
    NO_ACCESS = "no_access"


class Attention(StrEnum):
    """What the device does besides printing."""

    READY = "ready"
    IN_MENU = "in_menu"
    WAITING_KEY = "waiting_key"
    WAITING_ERROR = "waiting_error"


@dataclass(frozen=True, slots=True)
class Identity:
    """Type, firmware version and the number burnt into the fiscal memory."""

    model: str
    version: str
    unique_no: str


@dataclass(frozen=True, slots=True)
class Status:
    """What can be asked at any moment, even while the printer blocks."""

    mechanism: Mechanism
    attention: Attention
    paper_low: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether a command would be carried out now."""
        return self.mechanism is Mechanism.OK and self.attention is Attention.READY


@dataclass(frozen=True, slots=True)
class Mode:
    """General state: what it may do, and what is open."""

    is_fiscal: bool
    totals_zero: bool
    transaction: int
    has_header: bool
    unique_no: str
    is_read_only: bool


@dataclass(frozen=True, slots=True)
class Counters:
    """The numbers that decide what really happened.

    ``receipts``, ``cancelled`` and ``totals_gr`` count since the last daily report,
    ``last_receipt_no`` is the number printed on the last receipt, ``reports`` the number of daily
    reports ever made, ``header_no`` of all printouts ever made.
    """

    unique_no: str
    reports: int
    header_no: int
    receipts: int
    cancelled: int
    last_receipt_no: int
    totals_gr: Seven
    cancelled_gr: int
    ram_resets: int


@dataclass(frozen=True, slots=True)
class Report:
    """A daily report as the fiscal memory keeps it; totals are gross, A to G."""

    number: int
    made_at: datetime
    receipts: int
    cancelled: int
    totals_gr: Seven
    cancelled_gr: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """The receipt that is open, or the last one."""

    is_open: bool
    totals_gr: Seven
    payments_gr: int
    change_gr: int
    fiscal_part_done: bool


@dataclass(frozen=True, slots=True)
class Header:
    """Who sells and where, as the law wants it on top of each receipt."""

    company: str
    name: str
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Discount:
    """An amount off (or, as mark-up, onto) a line or a receipt; ``amount_gr`` is positive."""

    amount_gr: int
    name: str = ""
    is_markup: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line as the printer gets it; ``value_gr`` is price times quantity before the discount."""

    name: str
    vat: str
    price_gr: int
    qty_milli: int
    value_gr: int
    unit: str = ""
    discount: Discount | None = None
    is_storno: bool = False


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment, or the change given back."""

    kind: TenderKind
    amount_gr: int
    name: str = ""
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class FiscalReceipt:
    """Everything a fiscal receipt needs; ``total_gr`` must equal the printer's own sum."""

    items: tuple[Item, ...]
    tenders: tuple[Tender, ...]
    total_gr: int
    discount: Discount | None = None
    nip: str = ""
    cashier: str = ""
    desk: str = ""
    reference: str = ""


class FiscalPrinter(Protocol):
    """A fiscal printer; every method blocks and belongs to the printer's own thread.

    Each raises ``DeviceError``: ``Unreachable`` before the first byte, ``Refused`` with the code of
    the device, ``InDoubt`` when no answer came. Reading methods change nothing and may be repeated.
    """

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and ask who is there."""

    def close(self) -> None:
        """Give the line back."""

    def status(self) -> Status:
        """Mechanism and device state, answered even while the printer blocks."""

    def mode(self) -> Mode:
        """General state."""

    def counters(self) -> Counters:
        """Counters and totals since the last daily report."""

    def transaction(self) -> Transaction:
        """The open or the last receipt."""

    def clock(self) -> datetime:
        """The printer's local time, to the minute, without zone."""

    def set_clock(self, now: datetime) -> None:
        """Set the clock; refused while the day's totals are not zero."""

    def rates(self) -> Seven:
        """VAT rates A to G in basis points, ``EXEMPT`` or ``INACTIVE``."""

    def set_rates(self, rates: Seven, today: date) -> None:
        """Program the VAT rates; needs zero totals."""

    def header(self) -> str:
        """The programmed header, lines separated by line feeds."""

    def set_header(self, header: Header) -> None:
        """Program the header; it is printed once as a proof."""

    def print_receipt(self, receipt: FiscalReceipt, closing_token: int) -> None:
        """Print one fiscal receipt; returns when the printer has confirmed the end.

        ``closing_token`` (1 to 9999) marks the command that makes the receipt fiscal, so that
        its answer can be asked for again, even by another process.
        """

    def was_answered(self, token: int) -> bool:
        """Whether the device still holds a good answer to the command that carried ``token``."""

    def finish_footer(self) -> None:
        """End a receipt whose fiscal part is done and whose footer is pending."""

    def cancel(self) -> None:
        """Cancel the open receipt or form; harmless when nothing is open."""

    def daily_report(self, today: date, token: int) -> None:
        """Print the daily fiscal report and write it to the fiscal memory."""

    def report(self, number: int) -> Report:
        """Read one daily report back from the fiscal memory."""

    def cash(self, amount_gr: int) -> None:
        """Register cash put in (positive) or taken out (negative)."""

    def open_drawer(self) -> None:
        """Kick the cash drawer."""

    def print_form(self, lines: tuple[str, ...]) -> None:
        """Print a non-fiscal document of text lines."""
