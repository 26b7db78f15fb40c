"""A fiscal printer that speaks NoviAPI. One thread at a time; knows no till.

What happened to a receipt is decided by the counters, which ``tally`` makes out of the printer's
own; see docs/novitus.md, "Counters".
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from drivers.errors import InDoubt, Unreachable, Why
from drivers.fiscal import NO_TOTALS, Counters, Drawer, Mode, PercentMode, Transaction
from drivers.novitus import commands, state
from drivers.novitus.codes import refuse
from drivers.novitus.conversation import Conversation
from drivers.novitus.line import Line
from drivers.novitus.notebook import Notebook
from drivers.novitus.receipt import receipt_document
from drivers.novitus.watch import Timings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from drivers.fiscal import (
        Archive,
        CustomerDisplay,
        EDocuments,
        FiscalPrinter,
        FiscalReceipt,
        Forms,
        Goods,
        Header,
        Identity,
        OnlineRegister,
        RateSchedule,
        Report,
        Reporting,
        Returnables,
        Seven,
        Stationery,
        Status,
    )
    from drivers.link import Link


class NovitusPrinter:
    """Speaks NoviAPI over links that ``link_factory`` opens; implements ``FiscalPrinter``.

    ``on_wait`` hears how the printer is while it blocks; ``host`` is what the requests are
    addressed to, ``sleep`` how the driver waits.
    """

    # Commands for these have one source each, or none.
    reporting: Reporting | None = None
    rate_schedule: RateSchedule | None = None
    archive: Archive | None = None
    e_documents: EDocuments | None = None
    online: OnlineRegister | None = None
    display: CustomerDisplay | None = None
    forms: Forms | None = None
    stationery: Stationery | None = None
    returnables: Returnables | None = None

    def __init__(
        self,
        link_factory: Callable[[], Link],
        *,
        notebook: Notebook | None = None,
        timings: Timings | None = None,
        on_wait: Callable[[Status], None] | None = None,
        host: str = "printer",
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        line = Line(link_factory, host, sleep)
        self._talk = Conversation(line, notebook or Notebook(), timings or Timings(), on_wait)
        self._percent_mode = PercentMode.VALUE_FIRST

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and ask who is there."""
        return self._talk.meet()

    def close(self) -> None:
        """Give the line back."""
        self._talk.leave()

    # Questions

    def status(self) -> Status:
        """Mechanism and device state, answered even while the printer blocks."""
        try:
            return self._talk.run(self._talk.documents.peek())
        except InDoubt as error:
            raise Unreachable(str(error)) from error

    def mode(self) -> Mode:
        """General state."""
        self._talk.begin()
        memory, register = self._talk.fiscal_memory(), self._talk.register()
        return Mode(
            is_fiscal=register.is_fiscal,
            totals_zero=register.totals_gr == NO_TOTALS,
            transaction=int(register.is_open),
            has_header=bool(self.header()),
            unique_no=memory.unique_no,
            is_read_only=0 < memory.reports_max <= memory.reports,
        )

    def counters(self) -> Counters:
        """Counters and totals since the last daily report."""
        tally, last_document = self._talk.look()
        picture = tally.picture
        return Counters(
            unique_no=picture.unique_no,
            reports=picture.reports,
            header_no=last_document,
            receipts=tally.receipts,
            cancelled=tally.cancelled,
            last_receipt_no=picture.number,
            totals_gr=picture.totals_gr,
            cancelled_gr=0,
            ram_resets=picture.ram_resets,
        )

    def transaction(self) -> Transaction:
        """The open or the last receipt; a document that waits to be printed counts as open."""
        self._talk.begin()
        is_open = self._talk.run(self._talk.documents.queued()) > 0 or self._talk.register().is_open
        tally = self._talk.tally
        return Transaction(
            is_open=is_open,
            totals_gr=NO_TOTALS if is_open or tally is None else tally.last_gr,
            payments_gr=0,
            change_gr=0,
            fiscal_part_done=False,
        )

    def was_answered(self, token: int) -> bool:
        """Whether the device still holds a good answer to the command that carried ``token``."""
        last = self._talk.last_confirmed
        if last is None or last.mark != token:
            return False
        return self._talk.run(self._talk.documents.await_end(last.kind, last.number))

    # Settings

    def clock(self) -> datetime:
        """The printer's local time without zone, to the minute."""
        self._talk.begin()
        return state.clock(self._talk.question(commands.CLOCK))

    def set_clock(self, now: datetime) -> None:
        """Set the clock; refused while the day's totals are not zero."""
        self._talk.order(commands.set_clock(now))

    def rates(self) -> Seven:
        """VAT rates A to G in basis points, ``EXEMPT`` or ``INACTIVE``."""
        self._talk.begin()
        return state.rates(self._talk.register())

    def set_rates(self, rates: Seven, today: date) -> None:  # noqa: ARG002 - nobody asks for it here
        """Program the VAT rates; needs zero totals, and maybe a key at the printer."""
        self._talk.order(commands.set_rates(rates))

    def percent_mode(self) -> PercentMode:
        """How it takes a percent off: it never gets one, so either way is right."""
        return self._percent_mode

    def set_percent_mode(self, mode: PercentMode) -> None:
        """Choose how it takes a percent off."""
        self._percent_mode = mode

    def goods(self, name: str) -> Goods | None:  # noqa: ARG002
        """What it remembers of a goods name: the protocol has no such question."""
        return None

    def header(self) -> str:
        """The programmed header, lines separated by line feeds."""
        self._talk.begin()
        return state.header(self._talk.question(commands.HEADER))

    def set_header(self, header: Header) -> None:
        """Program the header."""
        self._talk.order(commands.set_header(header))

    # Printing

    def print_receipt(self, receipt: FiscalReceipt, closing_token: int) -> None:
        """Print one fiscal receipt; returns when the printer has confirmed the end."""
        self._talk.print("receipt", receipt_document(receipt), closing_token)

    def finish_footer(self) -> None:
        """A document has no pending footer."""

    def cancel(self, *, by_force: bool = False) -> None:  # noqa: ARG002 - there is no other way
        """Cancel the open receipt or form; harmless when nothing is open."""
        self._talk.begin()
        self._talk.run(self._talk.documents.clear())
        if self._talk.register().is_open:
            self._talk.order(commands.CANCEL)

    def abandon(self) -> None:
        """Stop waiting for the end of what is under way: it is in doubt. Any thread may call."""
        self._talk.abandon()

    def daily_report(self, today: date, token: int) -> None:
        """Print the daily fiscal report and write it to the fiscal memory."""
        # The last picture before a report is all that will be known of it.
        self._talk.look()
        self._talk.run(self._talk.documents.clear())
        self._talk.print("daily_report", commands.daily_report(today), token)

    def report(self, number: int) -> Report:
        """One daily report, as far as the pictures before and after it tell."""
        tally, _ = self._talk.look()
        day = tally.day(number)
        if day is None:
            why_not = "this printer does not read reports back, and this one was not watched"
            refuse(why_not, "report", Why.NOT_FOUND)
        return state.report(day)

    def cash(self, amount_gr: int) -> None:
        """Register cash put in (positive) or taken out (negative)."""
        self._talk.order(commands.cash(amount_gr))

    def cash_state(self) -> int | None:
        """Cash that it believes to be in the drawer."""
        self._talk.begin()
        return self._talk.register().cash_gr

    def open_drawer(self) -> None:
        """Kick the cash drawer."""
        self._talk.order(commands.DRAWER)

    def drawer(self) -> Drawer:
        """What the sensor of the cash drawer says: nobody can ask it."""
        return Drawer.UNKNOWN

    def print_form(self, lines: tuple[str, ...]) -> None:
        """Print a non-fiscal document; the first line is its title."""
        self._talk.print("nf_printout", commands.printout(lines))


if TYPE_CHECKING:

    def _conforms(printer: NovitusPrinter) -> FiscalPrinter:
        return printer
