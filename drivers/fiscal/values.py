"""What a fiscal printer tells: states, counters, reports. No I/O, nothing to print.

Money is whole grosze, quantity thousandths, VAT rates basis points (23 % = 2300) with the two
markers ``EXEMPT`` and ``INACTIVE``. Tuples of seven follow the letters A to G.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

VAT_LETTERS = "ABCDEFG"
EXEMPT = 10_000
INACTIVE = 10_100

Seven = tuple[int, int, int, int, int, int, int]
NO_TOTALS: Seven = (0, 0, 0, 0, 0, 0, 0)


class Mechanism(StrEnum):
    """State of the printing mechanism."""

    OK = "ok"
    COVER = "cover"
    NO_PAPER = "no_paper"
    OVERHEATED = "overheated"
    POWER = "power"
    CUTTER = "cutter"
    NO_ACCESS = "no_access"


class Drawer(StrEnum):
    """What the sensor of the cash drawer says."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class PercentMode(StrEnum):
    """Which of two ways the printer takes a percent off: 15 % of 13,50 leaves 11,48 or 11,47.

    What is left is rounded first, or the discount is.
    """

    VALUE_FIRST = "value_first"
    DISCOUNT_FIRST = "discount_first"


class Attention(StrEnum):
    """What the device does besides printing."""

    READY = "ready"
    IN_MENU = "in_menu"
    WAITING_KEY = "waiting_key"
    WAITING_ERROR = "waiting_error"


class Holder(StrEnum):
    """Who holds a printer that can be spoken to in several places: a document of theirs is open."""

    FIRST = "first"
    SECOND = "second"
    ITSELF = "itself"


@dataclass(frozen=True, slots=True)
class Identity:
    """Type, firmware version and the number burnt into the fiscal memory."""

    model: str
    version: str
    unique_no: str


@dataclass(frozen=True, slots=True)
class Status:
    """What can be asked at any moment, even while the printer blocks.

    ``held_by`` names the interface whose document is open, where the printer tells.
    """

    mechanism: Mechanism
    attention: Attention
    paper_low: bool = False
    held_by: Holder | None = None

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

    ``receipts``, ``cancelled`` and ``totals_gr`` count since the last daily report, and so do
    the ``invoice`` ones and ``emergencies``, failures of the power in the middle of something;
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
    invoices: int = 0
    invoices_cancelled: int = 0
    invoice_totals_gr: Seven = NO_TOTALS
    emergencies: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A daily report as the fiscal memory keeps it; totals are gross, A to G."""

    number: int
    made_at: datetime
    receipts: int
    cancelled: int
    totals_gr: Seven
    cancelled_gr: int
    invoices: int = 0
    invoices_cancelled: int = 0
    invoice_totals_gr: Seven = NO_TOTALS


@dataclass(frozen=True, slots=True)
class Transaction:
    """The receipt that is open, or the last one."""

    is_open: bool
    totals_gr: Seven
    payments_gr: int
    change_gr: int
    fiscal_part_done: bool
    is_invoice: bool = False
    packaging_gr: int = 0
    packaging_back_gr: int = 0


@dataclass(frozen=True, slots=True)
class Goods:
    """What the printer remembers of a goods name: the rate it was last sold at, and the tax step.

    ``rate_bp`` is None for a name never sold; ``is_locked`` means that a higher rate is refused.
    """

    rate_bp: int | None
    is_locked: bool
