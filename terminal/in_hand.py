"""The receipt on the screen, and the one way to change it: on disk first, then told.

Runs on the engine's thread. The verbs are in ``selling``, ``reducing`` and ``paying``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.context import new_rid
from terminal.day.books import Books
from terminal.day.shift_book import ShiftBook
from terminal.day.state import Day
from terminal.lamps import Lamps
from terminal.people.rights import caller, require
from terminal.sale.checkout import Checkout
from terminal.sale.ledger import Ledger
from terminal.sale.receipt import Receipt
from terminal.store import outbox, settings
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.device.space import Space
    from terminal.people.rights import Operator
    from terminal.post import Post
    from terminal.store.catalogue import Catalogue
    from terminal.update.updates import Updates


class InHand:
    """``catalogue`` is the engine's own reader; ``post`` is woken when there are documents."""

    # Set by ``boot``: a new version that is being tried sells nothing.
    updates: Updates
    # Hung on by ``parts``.
    space: Space

    def __init__(self, context: Context, catalogue: Catalogue, post: Post) -> None:
        self._context = context
        self._catalogue = catalogue
        self._post = post
        self._operator: Operator | None = None
        self._receipt: Receipt | None = None
        self._lamps = Lamps()
        self._ledger = Ledger(context)
        self._books = Books(context, catalogue)
        self._shifts = ShiftBook(context, catalogue.settings)
        self._checkout = Checkout(
            context,
            self._ledger,
            self._put,
            self._books.import_report,
            lambda: catalogue.settings().receipt_footer,
        )

    @property
    def operator(self) -> Operator | None:
        """Who is at the till."""
        return self._operator

    @property
    def receipt(self) -> Receipt | None:
        """The receipt on the screen, as it is stored; None when nothing was sold on it."""
        return self._receipt

    def show(self, receipt: Receipt | None) -> None:
        """Another receipt is on the screen, or this one has changed: it is stored already."""
        self._put(receipt)

    def tell_documents(self) -> None:
        """There is something new for the office."""
        self._told_documents()

    def day(self) -> Day:
        """State of the fiscal day."""
        return self._books.day(self._checkout.meeting.missing)

    @property
    def _name(self) -> str:
        operator = caller(self._operator)
        return operator.name if operator else ""

    def _current(self) -> Receipt:
        """The receipt being sold; a new one is born with its first change."""
        operator = require(self._operator, Right.SELL)
        if self._receipt is not None:
            return self._receipt
        self.space.let_begin(lambda: self.day() is Day.EMPTY)
        mode = settings.percent_mode(self._context.journal)
        return Receipt(
            new_rid(), self._context.stamp(), operator.id, operator.name, percent_mode=mode
        )

    def _shown(self) -> Receipt:
        return self._receipt or Receipt("", "", "", "")

    def _change(self, receipt: Receipt) -> None:
        self._ledger.store(self._receipt, receipt)
        self._put(receipt)

    def _put(self, receipt: Receipt | None) -> None:
        self._receipt = receipt
        self._post.receipt_changed(is_open=receipt is not None)
        self._context.tell(events.ReceiptChanged(self._shown()))

    def _let_sell(self) -> None:
        self.updates.let_sell()
        if self._lamps.blocked is not None:
            raise self._lamps.blocked

    def _told_documents(self) -> None:
        self._post.wake()
        self._context.tell(events.UnsentChanged(outbox.unsent(self._context.journal)))
