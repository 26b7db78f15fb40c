"""What an attempt to print is judged by: what was sent, what is seen, what it means. Pure.

The table that judges is in ``settle``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from drivers.fiscal import NO_TOTALS, Attention, Mechanism, Status, Transaction

if TYPE_CHECKING:
    from drivers.fiscal import Counters, Report, Seven


class Verdict(StrEnum):
    """What the printer's picture says about one attempt to print a receipt."""

    WRONG_PRINTER = "wrong printer"
    WAITING = "waiting"
    RAM_RESET = "RAM reset"
    STILL_OPEN = "still open"
    FOOTER_PENDING = "footer pending"
    SOLD = "sold"
    NEVER_SOLD = "never sold"
    CANCELLED = "cancelled"
    DISAGREES = "disagrees"


class Then(StrEnum):
    """What to do about it."""

    STOP = "selling stops; both pictures are kept"
    WAIT = "nothing is sent; look again"
    CANCEL = "it is cancelled there; look again"
    FINISH = "its footer is ended; look again"
    BOOK = "FISCAL with the printer's number"
    PAY_AGAIN = "PAID again; the cashier prints anew"
    NOTE = "PAID again; the cancelled attempt is documented"
    AS_THERE = "reports are imported in order, then as there"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the printer was told to print."""

    totals_gr: Seven
    is_invoice: bool = False


READY = Status(Mechanism.OK, Attention.READY)
IDLE = Transaction(
    is_open=False, totals_gr=NO_TOTALS, payments_gr=0, change_gr=0, fiscal_part_done=False
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything read from the printer after an attempt.

    While ``status`` is not ready nothing else is asked, and the counters still are those of the
    base. ``reports`` are the daily reports made since then. ``holds_answer`` says that the
    printer can still repeat its good answer to the command that made the receipt fiscal.
    """

    counters: Counters
    transaction: Transaction = IDLE
    status: Status = READY
    reports: tuple[Report, ...] = ()
    holds_answer: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict and the ``step`` of the row that gave it.

    For SOLD, NEVER_SOLD and CANCELLED ``report_no`` is the daily report that the attempt falls in,
    and ``after`` are the counters right after it. ``receipt_no`` is known when it is SOLD; of an
    invoice it is its place among those of the day.
    """

    verdict: Verdict
    step: int
    receipt_no: int = 0
    report_no: int = 0
    after: Counters | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One attempt before the table."""

    base: Counters
    sent: Sent
    picture: Picture

    @property
    def now(self) -> Counters:
        """Counters after the attempt."""
        return self.picture.counters

    @property
    def is_shown(self) -> bool:
        """Whether the last document that the printer shows has the totals of what was sent."""
        return self.picture.transaction.totals_gr == self.sent.totals_gr

    @property
    def is_older(self) -> bool:
        """Whether the memory is one from before the base: nothing is ever un-printed."""
        return self.now.reports < self.base.reports or self.now.header_no < self.base.header_no
