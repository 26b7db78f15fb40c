"""Events of who is at the till and of the receipt: frozen values. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terminal.errors import TillError
    from terminal.field.draft import Draft
    from terminal.people.rights import Operator
    from terminal.sale.receipt import Receipt


@dataclass(frozen=True, slots=True)
class OperatorChanged:
    """Someone logged in, or (None) nobody is logged in now."""

    operator: Operator | None


@dataclass(frozen=True, slots=True)
class ReceiptChanged:
    """The receipt on the screen, after a change or at a start."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class ReceiptPrinted:
    """A receipt is in fiscal memory; ``change_gr`` stays on the screen until the next line."""

    receipt: Receipt
    receipt_no: int
    change_gr: int


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The order or quote that is being written, or (None) none is now."""

    draft: Draft | None


@dataclass(frozen=True, slots=True)
class BillMade:
    """A receipt ended in the non-fiscal bill ``number``, which waits to become a fiscal one."""

    bill: Receipt
    number: int


@dataclass(frozen=True, slots=True)
class ReceiptNotPrinted:
    """The attempt did not become a receipt; it is payable again. ``was_cancelled`` on paper."""

    receipt: Receipt
    reason: TillError
    was_cancelled: bool


@dataclass(frozen=True, slots=True)
class ParkingChanged:
    """What the receipt on the screen is called (mostly nothing), and how many lie aside."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SellingBlocked:
    """Selling stopped (or goes on, with None) until someone puts ``reason`` right."""

    reason: TillError | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A verb called from the screen was refused."""

    error: TillError
