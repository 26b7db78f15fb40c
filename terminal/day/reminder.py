"""Asks for the daily report: once for each login, and again half an hour after "later".

On the engine's thread. It sees the state of the day change, be it by the clock, and says so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from terminal import events
from terminal.day.state import Day, let_pay, wants_reminder
from terminal.errors import Code
from terminal.people.rights import require
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from terminal.context import Context
    from terminal.day.books import Books
    from terminal.people.rights import Operator
    from terminal.sync.wire import Settings

SNOOZE = timedelta(minutes=30)
# After these the day may be in another state.
_LOOK_AFTER = (
    events.ReceiptPrinted,
    events.ShiftOpened,
    events.ShiftEnded,
    events.ReportImported,
    events.ClosingStep,
    events.DayClosed,
)


class Reminder:
    """``read_day``, ``read_settings`` and ``read_operator`` are asked on the engine's thread."""

    def __init__(
        self,
        context: Context,
        books: Books,
        read_day: Callable[[], Day],
        read_settings: Callable[[], Settings],
        read_operator: Callable[[], Operator | None],
    ) -> None:
        self._context = context
        self._books = books
        self._read_day = read_day
        self._read_settings = read_settings
        self._read_operator = read_operator
        self._told = ""
        self._put_off: tuple[Day, datetime] | None = None

    def is_put_off(self, day: Day) -> bool:
        """Whether somebody said "later" to this state, not long ago; a clock set back ends it."""
        if self._put_off is None:
            return False
        said_to, at = self._put_off
        return said_to is day and timedelta() <= self._context.now() - at < SNOOZE

    def look(self) -> None:
        """Tell a state that is new, and ask for the report until somebody answers."""
        day = self._read_day()
        if day != self._told:
            self._told = day
            self._context.tell(events.DayChanged(day))
        is_wanted = wants_reminder(day, self._read_settings())
        if is_wanted and not self.is_put_off(day) and self._read_operator() is not None:
            self._context.tell(events.ReportWanted(day))

    def put_off(self) -> None:
        """The report comes later: nobody is asked for a while, and the office knows who said so.

        It opens no day that the shop or the printer wants closed.
        """
        operator = require(self._read_operator(), Right.SELL)
        day = self._read_day()
        self._put_off = day, self._context.now()
        if day is not Day.DUE:
            self._books.put_off(operator.name, day)

    def enter_payment(self) -> None:
        """Whether the day lets a payment begin; raises as ``let_pay``."""
        day = self._read_day()
        let_pay(day, self._read_settings(), is_put_off=self.is_put_off(day))

    def hear(self, event: object) -> None:
        """Whoever logs in is asked anew; a printer that wants a report before a sale is believed.

        Comes on the thread of whoever tells.
        """
        match event:
            case events.OperatorChanged():
                self._put_off = None
                self._context.engine.call(self.look)
            case events.ReceiptNotPrinted(_, reason) if reason.code is Code.REPORT_MISSING:
                self._context.engine.call(self._refused)
            case _ if isinstance(event, _LOOK_AFTER):
                self._context.engine.call(self.look)

    def _refused(self) -> None:
        self._books.want_report()
        self.look()
