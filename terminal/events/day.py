"""Events of the day, of its cash and of its shifts: frozen values. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from terminal.store.settings import Difference
    from terminal.sync.wire import ShiftDoc


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """The daily report has reached ``step``; ``note`` is a sentence for the screen, or empty."""

    step: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClosingAsked:
    """The printer does not come to an end, and somebody at the till may know why.

    ``report``: was the daily report printed? ``settings``: do VAT rates or header wait for a key at
    the printer? ``till.closing.answer`` takes yes or no; empty: nobody need answer any more.
    """

    what: str


@dataclass(frozen=True, slots=True)
class DayClosed:
    """The daily report ``report_no`` is made; ``notes`` say what is still pending.

    ``synced`` are the steps of the exchange with the office that worked, ``unsent`` the documents
    that wait. Of a ``difference`` to our own books the printer's figures are the true ones.
    """

    report_no: int
    total_gr: int
    receipts: int
    notes: tuple[str, ...]
    synced: tuple[str, ...] = ()
    unsent: int = 0
    difference: Difference | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class DayChanged:
    """The fiscal day is in another state, by what happened or by the clock."""

    day: str


@dataclass(frozen=True, slots=True)
class ReportWanted:
    """Somebody should make the daily report, or say "later"; told until one of the two is done."""

    day: str


@dataclass(frozen=True, slots=True)
class ReportImported:
    """A daily report made at the printer itself is ours now, with its total beside our own."""

    report_no: int
    made_at: datetime
    printer_gr: int
    local_gr: int


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
