"""Every verb a cashier or technician has. Runs on the engine's thread unless it says otherwise.

A verb that gives a Future hops by itself and, unless it says otherwise, starts from anywhere; the
others go through ``till.engine.call``. What happened is told as events; what was refused is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.admitting import Admitting
from terminal.clients import Clients
from terminal.corresponding import Corresponding
from terminal.day.cash import CashDesk
from terminal.day.clean_up import CleanUp
from terminal.day.closing import Closing, House
from terminal.day.early_rates import EarlyRates
from terminal.day.prechecks import Prechecks
from terminal.day.reminder import Reminder
from terminal.day.shifts import Counter, Shifts
from terminal.day.state import Day
from terminal.day.sync_reminder import SyncReminder
from terminal.fulfilling import Fulfilling
from terminal.issuing import Issuing
from terminal.lamps import View
from terminal.paying import Paying
from terminal.people.account import Account
from terminal.people.rights import require
from terminal.reducing import Reducing
from terminal.reports.reports import Reports
from terminal.sale.receipt import State
from terminal.selling import Selling
from terminal.store import outbox, receipts
from terminal.sync.wire import Right
from terminal.workshop import Workshop

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from terminal.console.room import Console
    from terminal.context import Context
    from terminal.day.prechecks import Summary
    from terminal.device.safekeeping import Safekeeping
    from terminal.errands.errands import Errands
    from terminal.field.field import Field
    from terminal.gear.gear import Gear
    from terminal.installed import Installed
    from terminal.paper.slips import Slips
    from terminal.parked.parking import Parking
    from terminal.parked.sharing import Sharing
    from terminal.parked.showing import Showing
    from terminal.people.rights import Operator
    from terminal.post import Post
    from terminal.returns import Returns
    from terminal.shelf import Shelf
    from terminal.store.catalogue import Catalogue
    from terminal.sync.wire import CashDoc
    from terminal.update.finder import Finder


class Till(Selling, Reducing, Paying, Issuing, Fulfilling, Admitting, Corresponding):
    """``catalogue`` is the engine's own reader; ``shelf`` belongs to the lookup thread."""

    # Set by ``boot``, which builds them around the till.
    gear: Gear
    installed: Installed
    parking: Parking
    returns: Returns
    field: Field
    sharing: Sharing
    bill: Showing
    safe: Safekeeping
    finder: Finder
    console: Console
    errands: Errands

    def __init__(
        self, context: Context, catalogue: Catalogue, shelf: Shelf, post: Post, slips: Slips
    ) -> None:
        super().__init__(context, catalogue, post)
        self.engine = context.engine
        self.lookup = context.lookup
        self.shelf = shelf
        self.slips = slips
        self.clients = Clients(context, self, catalogue)
        self._cash = CashDesk(context, self._checkout.meet, self._cash_booked)
        self.shifts = Shifts(context, self._shifts, self._cash, slips, self._counter())
        self.closing = self._day_close(post)
        self.workshop = Workshop(
            context, lambda: self._operator, self._is_printing, self._checkout.meet_again
        )
        self.reports = Reports(
            context,
            shelf,
            slips,
            lambda: self._operator,
            self._told_documents,
            catalogue.shop,
        )
        self._early_rates = EarlyRates(
            context, self._books, self._checkout.meet, lambda: self._shown().is_empty
        )
        self.reminder = Reminder(
            context, self._books, self.day, catalogue.settings, lambda: self._operator
        )
        self.sync_reminder = SyncReminder(
            context, catalogue.settings, lambda: self._operator, self._is_idle
        )
        self._listen()

    def day_summary(self) -> Future[Summary]:
        """What the report will hold and what stands in its way."""
        return self.closing.summary()

    def close_day(self, *, allow_empty: bool = False, drops: tuple[str, ...] = ()) -> Future[None]:
        """Check everything, then make the daily report; raises (in the Future) what is wrong.

        ``drops`` are parked receipts (their rid) that are given up with it.
        """
        return self.closing.start(allow_empty=allow_empty, drops=drops)

    def move_cash(self, amount_gr: int, reason: str) -> Future[None]:
        """Put cash in (positive) or take it out; events tell the end. On the engine's thread."""
        require(self._operator, Right.CASH)
        self._let_sell()
        return self.shifts.move(amount_gr, reason)

    def accept_printer(self) -> Future[None]:
        """A technician takes the printer's figures; a disputed receipt is given up."""
        operator = require(self._operator, Right.SERVICE)
        return self._checkout.accept(operator.name, self._receipt)

    def confirm_report(self) -> Future[None]:
        """A manager has seen that a daily report has other totals than the till; selling goes on.

        The printer's figures stay the true ones.
        """
        operator = require(self._operator, Right.CLOSE_DAY)
        self._books.confirm_difference(operator.name)
        self._told_documents()
        return self._checkout.meet_again()

    def start(self) -> None:
        """Take up what the last run left, then look after printer and office."""
        self._receipt = receipts.unfinished(self._context.journal)
        self._post.receipt_changed(is_open=self._receipt is not None)
        self.parking.start()
        self.field.start()
        # A closing in doubt comes first: its report must not be taken for one made at the printer.
        self.closing.resume()
        self._cash.resume()
        self._checkout.look_after()
        self._post.start(self.heartbeat)
        self.slips.start(lambda: self._operator)
        self.returns.start(lambda: self._operator, self._cash, self._shifts)

    def tick(self) -> Future[None]:
        """Watch the printer; called every few seconds, from any thread."""
        self.closing.tick()
        self._checkout.look_after()
        self.engine.call(self.reminder.look)
        self.engine.call(self.sync_reminder.look)
        return self._early_rates.look()

    def now(self) -> datetime:
        """The till's time; from any thread."""
        return self._context.now()

    def view(self) -> View:
        """Everything a fresh screen needs."""
        return View(
            operator=self._operator,
            receipt=self._shown(),
            printer_online=self._lamps.printer.is_online,
            waits_for=self._lamps.printer.waits_for,
            network_online=self._lamps.network.is_online,
            unsent=outbox.unsent(self._context.journal),
            blocked=self._lamps.blocked,
            last_sale=self._lamps.last_sale,
            settings=self._catalogue.settings(),
            day=self.day(),
            notes=self._lamps.notes,
            heard_at=self._lamps.heard_at,
            parking=self.parking.state,
            office_off=self._lamps.office_off,
            update=self.updates.state,
            imported=self._lamps.imported,
        )

    def _closer(self) -> Operator:
        """Who makes the daily report; on trial its counters must stay what they are."""
        self.updates.let_sell()
        return require(self._operator, Right.CLOSE_DAY)

    def _is_printing(self) -> bool:
        return self._receipt is not None and self._receipt.state is State.PRINTING

    def _is_idle(self) -> bool:
        """Whether nothing is being sold, paid or reported."""
        return self._receipt is None and self.day() is not Day.CLOSING

    def _counter(self) -> Counter:
        return Counter(
            operator=lambda: self._operator,
            receipt=self._shown,
            settings=self._catalogue.settings,
            shop=self._catalogue.shop,
            kick=lambda: self.gear.kick(),  # noqa: PLW0108 - not yet there
            lock=self.lock,
            told=self._told_documents,
            let_sell=lambda: self.updates.let_sell(),  # noqa: PLW0108 - not yet there
        )

    def _listen(self) -> None:
        account = Account(
            self._context,
            self._catalogue,
            lambda: self._operator,
            lambda: self._receipt is not None,
            self.lock,
        )
        for hear in (
            account.hear,
            self._lamps.remember,
            self._wake_postman,
            self._note_pulled,
            self.reminder.hear,
            self.sync_reminder.hear,
        ):
            self.engine.listen(hear)

    def _day_close(self, post: Post) -> Closing:
        context, books = self._context, self._books
        return Closing(
            context,
            books,
            Prechecks(context, books, self.shifts.names, lambda: self._lamps.office_off),
            CleanUp(context, self._ledger, self.shifts.end_all),
            House(
                self._closer,
                self._checkout.meet,
                self._checkout.meet_again,
                post.after_report(lambda: self._name),
                self._day_ended,
            ),
        )

    def _cash_booked(self, document: CashDoc) -> None:
        self.shifts.booked(document)

    def _day_ended(self) -> None:
        self.lock()
        self._checkout.meet_again()
