"""Every verb a cashier or technician has. Runs on the engine's thread unless it says otherwise.

A verb that gives a Future hops by itself and, unless it says otherwise, starts from anywhere; the
others go through ``till.engine.call``. What happened is told as events; what was refused is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.clients import Clients
from terminal.day.cash import CashDesk
from terminal.day.closing import Closing
from terminal.day.early_rates import EarlyRates
from terminal.day.shifts import Counter, Shifts
from terminal.day.state import Day
from terminal.errors import Code, Rejected
from terminal.health import heartbeat
from terminal.issuing import Issuing
from terminal.lamps import View
from terminal.paying import Paying
from terminal.people import login
from terminal.people.account import Account
from terminal.people.rights import require
from terminal.reducing import Reducing
from terminal.reports.reports import Reports
from terminal.sale.receipt import State
from terminal.selling import Selling
from terminal.store import outbox, receipts
from terminal.store.exchanges import Cause
from terminal.sync.wire import Right
from terminal.workshop import Workshop

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from terminal.context import Context
    from terminal.day.closing import Summary
    from terminal.gear.gear import Gear
    from terminal.installed import Installed
    from terminal.paper.slips import Slips
    from terminal.parked.parking import Parking
    from terminal.parked.sharing import Sharing
    from terminal.parked.showing import Showing
    from terminal.people.rights import Approval, Operator
    from terminal.post import Post
    from terminal.returns import Returns
    from terminal.shelf import Shelf
    from terminal.store.catalogue import Catalogue
    from terminal.store.outbox import Unsent
    from terminal.sync.wire import CashDoc, Heartbeat


# After these there is something for the office.
_TOLD = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.CashMoved, events.DayClosed)


class Till(Selling, Reducing, Paying, Issuing):
    """``catalogue`` is the engine's own reader; ``shelf`` belongs to the lookup thread."""

    # Set by ``boot``, which builds them around the till.
    gear: Gear
    installed: Installed
    parking: Parking
    returns: Returns
    sharing: Sharing
    bill: Showing

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
        self._closing = Closing(
            context,
            self._books,
            self._checkout.meet,
            post.after_report(lambda: self._name),
            self._day_ended,
            self.shifts,
        )
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
        account = Account(
            context,
            catalogue,
            lambda: self._operator,
            lambda: self._receipt is not None,
            self.lock,
        )
        context.engine.listen(account.hear)
        context.engine.listen(self._lamps.remember)
        context.engine.listen(self._wake_postman)
        context.engine.listen(self._note_pulled)

    def login(self, identifier: str, pin: str = "") -> Operator:
        """Let an operator in; raises E-34 for a wrong PIN and E-46 while it is locked out."""
        operator = login.log_in(self._context, self._catalogue, identifier, pin)
        self._operator = operator
        self._ledger.event(operator.name, "login", user=operator.id)
        self._context.tell(events.OperatorChanged(operator))
        self._told_documents()
        # A day without a sale is being opened.
        cause = Cause.OPENING if self.day() is Day.EMPTY else Cause.LOGIN
        self._post.catch_up(cause, operator.name)
        self.shifts.greet()
        return operator

    def lock(self) -> None:
        """Log the operator out; the receipt stays."""
        if self._operator:
            self._ledger.event(self._operator.name, "lock", user=self._operator.id)
            self._told_documents()
        self._operator = None
        self._context.tell(events.OperatorChanged(None))

    def approve(self, right: Right, identifier: str, pin: str) -> Approval:
        """Have another operator lend ``right`` for one verb (see ``rights.lent``).

        Raises what ``login`` does, and E-100 when the other may not do it either.
        """
        operator = self._operator
        if operator is None:
            raise Rejected(Code.NOT_LOGGED_IN)
        approval = login.approve(self._context, self._catalogue, operator, right, identifier, pin)
        self._told_documents()
        return approval

    def day_summary(self) -> Future[Summary]:
        """What the report will hold and what stands in its way."""
        return self._closing.summary()

    def close_day(self, *, allow_empty: bool = False) -> Future[None]:
        """Check everything, then make the daily report; raises (in the Future) what is wrong."""
        return self._closing.start(
            lambda: require(self._operator, Right.CLOSE_DAY), allow_empty=allow_empty
        )

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

    # --- the office, from any thread -----------------------------------------------------------

    def pull(self, entry: str, *, ever: bool = False) -> Future[list[events.Pulled]]:
        """Fetch what changed in the data sets of a menu entry, or (``ever``) all there is.

        While a receipt is open it comes into force when that ends.
        """
        return self._post.pull(entry, Cause.KEYS, self._name, ever=ever)

    def push(self, cause: Cause = Cause.KEYS) -> Future[int]:
        """Send what is unsent now; gives how many documents went."""
        return self._post.push(cause, self._name)

    def waiting(self) -> Future[dict[str, int]]:
        """How many changes of each data set wait at the office for this till."""
        return self._post.waiting()

    def find_release(self) -> Future[str]:
        """The version that the office offers; empty when this program is up to date."""
        return self._post.find_release()

    def start(self) -> None:
        """Take up what the last run left, then look after printer and office."""
        self._receipt = receipts.unfinished(self._context.journal)
        self._post.receipt_changed(is_open=self._receipt is not None)
        self.parking.start()
        # A closing in doubt comes first: its report must not be taken for one made at the printer.
        self._closing.resume()
        self._cash.resume()
        self._checkout.look_after()
        self._post.start(self.heartbeat)
        self.slips.start(lambda: self._operator)
        self.returns.start(lambda: self._operator, self._cash, self._shifts)

    def tick(self) -> Future[None]:
        """Watch the printer; called every few seconds, from any thread."""
        self._checkout.look_after()
        return self._early_rates.look()

    def now(self) -> datetime:
        """The till's time; from any thread."""
        return self._context.now()

    def heartbeat(self, unsent: Unsent) -> Heartbeat:
        """How the till is, for the office."""
        return heartbeat(self._context.journal, self._lamps, unsent, self.day(), self._name)

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
        )

    def _is_printing(self) -> bool:
        return self._receipt is not None and self._receipt.state is State.PRINTING

    @property
    def _name(self) -> str:
        return self._operator.name if self._operator else ""

    def _counter(self) -> Counter:
        return Counter(
            operator=lambda: self._operator,
            receipt=self._shown,
            settings=self._catalogue.settings,
            shop=self._catalogue.shop,
            kick=lambda: self.gear.kick(),  # noqa: PLW0108 - not yet there
            lock=self.lock,
            told=self._told_documents,
        )

    def _cash_booked(self, document: CashDoc) -> None:
        self.shifts.booked(document)

    def _day_ended(self) -> None:
        self.lock()
        self._checkout.meet_again()

    def _note_pulled(self, event: object) -> None:
        if not isinstance(event, events.Pulled) or event.is_staged:
            return
        if event.added or event.changed or event.removed or event.refused:
            self.engine.call(self._data_applied, event)

    def _data_applied(self, pulled: events.Pulled) -> None:
        """Which goods and prices were sold from here on is something an auditor may ask."""
        self._ledger.event(
            "",
            "data_applied",
            set=pulled.name,
            revision=self._catalogue.revision(pulled.name),
            added=pulled.added,
            changed=pulled.changed,
            removed=pulled.removed,
            refused=len(pulled.refused),
        )
        self._told_documents()

    def _wake_postman(self, event: object) -> None:
        if isinstance(event, _TOLD):
            self._post.wake()
