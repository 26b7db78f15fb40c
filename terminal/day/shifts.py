"""The verbs of menu 2: shifts, their counting, cash in and out, the drawer. Engine's thread.

What a cashier does here is stored before a printer or a drawer hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.context import new_rid
from terminal.day import reasons
from terminal.errors import Code, Rejected
from terminal.events import ShiftEnded, ShiftOpened, ShiftWanted
from terminal.paper.cash import move_slip, shift_slip, state_slip
from terminal.people.rights import require
from terminal.sale.documents import event_document
from terminal.store import cash, cash_due, outbox
from terminal.store.db import write
from terminal.store.shifts import Part
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.paper import Slip
    from terminal.context import Context
    from terminal.day.cash import CashDesk
    from terminal.day.shift_book import Reckoning, ShiftBook
    from terminal.paper.slips import Slips
    from terminal.people.rights import Operator
    from terminal.sale.receipt import Receipt
    from terminal.store.shifts import Count, Shift
    from terminal.store.slips import Job
    from terminal.store.takings import Takings
    from terminal.sync.wire import CashDoc, Settings, ShiftDoc, Shop


@dataclass(frozen=True, slots=True)
class CashState:
    """The drawer of a shift now; without ``is_whole`` what it should hold is not to be shown."""

    shift: Shift
    takings: Takings
    at: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """What the verbs need of their till; all of it on the engine's thread."""

    operator: Callable[[], Operator | None]
    receipt: Callable[[], Receipt]
    settings: Callable[[], Settings]
    shop: Callable[[], Shop | None]
    kick: Callable[[], Future[None]]
    lock: Callable[[], None]
    told: Callable[[], None]
    let_sell: Callable[[], None]


class Shifts:
    """``counter`` is the till around them."""

    def __init__(
        self, context: Context, book: ShiftBook, desk: CashDesk, slips: Slips, counter: Counter
    ) -> None:
        self._context = context
        self._book = book
        self._desk = desk
        self._slips = slips
        self._counter = counter

    def greet(self) -> None:
        """Somebody logged in: without an open shift, one is wanted."""
        operator, settings = self._counter.operator(), self._counter.settings()
        if operator is None or not self._book.is_on or Right.SELL not in operator.rights:
            return
        if all(shift.operator_id != operator.id for shift in self._book.open_ones()):
            self._context.tell(ShiftWanted(settings.opening_float_gr))

    def open(self, opening_gr: int | None) -> None:
        """Open a shift with cash, or (None) without telling it. Raises E-136 when one is open.

        The printer books the cash now, or when it comes back.
        """
        operator = require(self._counter.operator(), Right.SELL)
        self._counter.let_sell()
        document = self._book.begin(operator, opening_gr)
        self._print_shift(document)
        self._counter.told()
        self._context.tell(ShiftOpened(document))
        for due in cash_due.owed(self._context.journal):
            self._desk.book(due)

    def move(self, amount_gr: int, reason: str) -> Future[None]:
        """Put cash in (positive) or take it out; events tell how it ended.

        Raises E-33 for more than there is, E-135 without a shift.
        """
        operator = require(self._counter.operator(), Right.CASH)
        shift = ""
        if self._book.is_on:
            mine = self._book.of(operator)
            if self._book.takings(mine).expected_gr + amount_gr < 0:
                raise Rejected(Code.CASH_NEGATIVE)
            shift = mine.rid
        return self._desk.move(operator.name, amount_gr, reason, shift)

    def booked(self, document: CashDoc) -> None:
        """A movement is in the printer: its slip, unless that of a shift or a return tells it."""
        if document.reason != reasons.OPENING and not document.is_refund:
            self._print("cash", document.rid, lambda: move_slip(document, self._counter.shop()))

    def open_drawer(self, reason: str) -> Future[None]:
        """Open the drawer without a sale. Raises E-49 while goods are on the receipt, E-138, E-139.

        The office hears of it whether or not the drawer obeys.
        """
        operator = require(self._counter.operator(), Right.DRAWER)
        rule = self._counter.settings().drawer_rule
        if rule == "never":
            raise Rejected(Code.DRAWER_SHUT)
        if not self._counter.receipt().is_empty:
            raise Rejected(Code.RECEIPT_OPEN)
        if rule == "reason" and not reason:
            raise Rejected(Code.REASON_WANTED)
        rid = new_rid()
        with write(self._context.journal) as db:
            shift = self._book.note(operator, Part.DRAWER, rid)
            detail = {"reason": reason, "shift": shift}
            event = event_document(self._context, operator.name, "drawer_opened", **detail)
            outbox.append(db, event, event.at)
        self._counter.told()
        return self._counter.kick()

    def state(self) -> CashState:
        """The drawer now. Who counts blindly sees the whole only with the right to reports."""
        operator = require(self._counter.operator(), Right.SELL)
        shift = self._book.of(operator)
        is_whole = not self._book.is_blind or Right.REPORTS in operator.rights
        return CashState(shift, self._book.takings(shift), self._context.stamp(), is_whole)

    def print_state(self) -> Future[Job]:
        """The same on paper; the Future raises E-95 and E-97."""
        state = self.state()
        with self._slips.speaking():
            slip = state_slip(state, self._counter.shop(), self._context.terminal)
        return self._slips.print("cash_state", new_rid(), slip)

    def reckon(self, count: Count) -> Reckoning:
        """Hold a count against the books; nothing ends yet."""
        return self._book.reckon(self._mine(), count)

    def end(self, count: Count, reason: str = "") -> None:
        """Close the shift, print its slip and log out. Raises E-138, E-49 and E-55."""
        shift = self._mine()
        document = self._book.end(shift, count, reason, shift.operator)
        self._print_shift(document)
        self._context.tell(ShiftEnded(document))
        self._counter.lock()

    def end_all(self) -> None:
        """The day is closed: what is still open ends uncounted, each with its slip."""
        operator = self._counter.operator()
        by = operator.name if operator else ""
        for shift in self._book.open_ones():
            document = self._book.end(shift, None, "", by)
            self._print_shift(document)
        self._counter.told()

    def names(self) -> list[str]:
        """Whose shifts are open."""
        return [shift.operator for shift in self._book.open_ones()]

    def _mine(self) -> Shift:
        shift = self._book.of(require(self._counter.operator(), Right.SELL))
        if not self._counter.receipt().is_empty:
            raise Rejected(Code.RECEIPT_OPEN)
        is_moving = cash.unfinished(self._context.journal) is not None
        if is_moving or self._book.owes_refund(shift):
            raise Rejected(Code.BUSY)
        return shift

    def _print_shift(self, document: ShiftDoc) -> None:
        self._print("shift", document.rid, lambda: shift_slip(document, self._counter.shop()))

    def _print(self, kind: str, rid: str, make: Callable[[], Slip]) -> None:
        if self._slips.is_set_up:
            with self._slips.speaking():
                self._slips.print(kind, rid, make())
