"""What the till tells the world: frozen values, told on whatever thread they happened. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from drivers.scan import Scan
    from terminal.errors import TillError
    from terminal.people.rights import Operator
    from terminal.sale.receipt import Receipt
    from terminal.store.exchanges import Exchange
    from terminal.store.outbox import Unsent
    from terminal.store.slips import Job
    from terminal.sync.wire import ShiftDoc


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
class PrinterChanged:
    """Whether the fiscal printer answers, and what it waits for (``""`` when it is ready).

    ``retry_s`` are the seconds until it is asked again, while a receipt or a report is in doubt.
    """

    is_online: bool
    waits_for: str = ""
    retry_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PrinterNoted:
    """What was seen when the printer was met: how far its clock is off, how much memory is left.

    ``clock`` is its local time, ``reports_left`` None when it cannot tell.
    """

    clock: datetime
    off: timedelta
    reports_left: int | None = None


@dataclass(frozen=True, slots=True)
class SellingBlocked:
    """Selling stopped (or goes on, with None) until someone puts ``reason`` right."""

    reason: TillError | None


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """Whether the back office answers."""

    is_online: bool


@dataclass(frozen=True, slots=True)
class OfficeHeard:
    """The back office has answered at ``at``."""

    at: datetime


@dataclass(frozen=True, slots=True)
class OfficeClock:
    """How far the back office's clock is ahead (positive) of ours, or behind."""

    off: timedelta


@dataclass(frozen=True, slots=True)
class DataMoves:
    """Whether data is on its way between till and back office."""

    is_moving: bool


@dataclass(frozen=True, slots=True)
class UnsentChanged:
    """How many documents the back office does not have yet."""

    unsent: Unsent


@dataclass(frozen=True, slots=True)
class PullProgress:
    """Rows received of one data set."""

    name: str
    received: int


@dataclass(frozen=True, slots=True)
class Downloading:
    """Bytes here of the file that holds all data sets, and how many it has."""

    received: int
    size: int


@dataclass(frozen=True, slots=True)
class Pulled:
    """Result for one data set: rows added, changed, removed, and refused with reasons.

    ``warnings`` are rows that are taken and may still be trouble at the printer. ``is_staged`` says
    that all this comes into force when the open receipt ends; it is told again then.
    """

    name: str
    added: int
    changed: int
    removed: int
    refused: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    is_staged: bool = False


@dataclass(frozen=True, slots=True)
class DataHealed:
    """A data set was not what the office has at the same revision; it has been loaded anew."""

    name: str


@dataclass(frozen=True, slots=True)
class Exchanged:
    """An exchange with the back office is over, whoever or whatever began it."""

    exchange: Exchange


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """The daily report has reached ``step``; ``note`` is a sentence for the screen, or empty."""

    step: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayClosed:
    """The daily report ``report_no`` is made; ``notes`` say what is still pending."""

    report_no: int
    total_gr: int
    receipts: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CashMoved:
    """Cash was put in (positive) or taken out; ``held_gr`` is what the printer holds now."""

    amount_gr: int
    held_gr: int | None


@dataclass(frozen=True, slots=True)
class ShiftWanted:
    """Who logged in has no open shift; ``proposed_gr`` is the usual opening cash of the shop."""

    proposed_gr: int


@dataclass(frozen=True, slots=True)
class ShiftOpened:
    """A shift is open, as its document tells."""

    document: ShiftDoc


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    """A shift is closed, with its figures."""

    document: ShiftDoc


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """Whether the scanner, scale, display or drawer called ``name`` answers; selling goes on."""

    name: str
    is_online: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner on a line of its own read a code."""

    scan: Scan


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scale gave a weight that may be sold, in thousandths."""

    qty_milli: int


@dataclass(frozen=True, slots=True)
class DrawerChanged:
    """The drawer opened, or closed after ``open_s``; ``is_left_open`` when it stays open."""

    is_open: bool
    open_s: float = 0.0
    is_left_open: bool = False


@dataclass(frozen=True, slots=True)
class PaperChanged:
    """The receipt printer's paper (ok, low, out, unknown) and what it waits for, mostly nothing."""

    paper: str
    waits_for: str = ""

    @property
    def is_online(self) -> bool:
        """Whether it answers."""
        return self.waits_for not in {"line", "silent"}


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """A slip is on paper; ``is_copy`` when it carries the mark of one that may not be the first."""

    job: Job
    is_copy: bool


@dataclass(frozen=True, slots=True)
class SlipUnsure:
    """Nobody knows whether a slip is on paper, or whole: somebody looks, and says what to do."""

    job: Job


@dataclass(frozen=True, slots=True)
class SlipDropped:
    """A slip will not be printed; ``job.why`` says why."""

    job: Job


@dataclass(frozen=True, slots=True)
class Failed:
    """A verb called from the screen was refused."""

    error: TillError
