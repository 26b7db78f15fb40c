"""Every verb a cashier or technician has. Runs on the engine's thread unless it says otherwise.

A verb that returns a Future hops to another thread by itself and may be called from anywhere; the
others go through ``till.engine.call``. What happened is told as events; what was refused is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal import events
from terminal.context import new_rid
from terminal.day.books import Books
from terminal.day.closing import Closing
from terminal.day.state import let_pay
from terminal.errors import Code, Rejected
from terminal.lamps import Lamps, View
from terminal.people import login
from terminal.people.rights import require
from terminal.sale import receipt as sale
from terminal.sale.checkout import Checkout
from terminal.sale.ledger import Ledger
from terminal.sale.money import QTY_ONE
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store import outbox, receipts, settings
from terminal.sync.wire import Heartbeat, Right
from terminal.version import VERSION

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from terminal.context import Context
    from terminal.day.closing import Summary
    from terminal.day.state import Day
    from terminal.gear.gear import Gear
    from terminal.people.rights import Operator
    from terminal.post import Post
    from terminal.shelf import Shelf
    from terminal.store.catalogue import Article, Catalogue
    from terminal.store.outbox import Unsent


class Till:
    """``catalogue`` is the engine's own reader; ``shelf`` belongs to the lookup thread."""

    gear: Gear  # set by ``boot``, which builds it around the till

    def __init__(self, context: Context, catalogue: Catalogue, shelf: Shelf, post: Post) -> None:
        self.engine = context.engine
        self.lookup = context.lookup
        self.shelf = shelf
        self._context = context
        self._catalogue = catalogue
        self._post = post
        self._operator: Operator | None = None
        self._receipt: Receipt | None = None
        self._lamps = Lamps()
        self._ledger = Ledger(context)
        self._books = Books(context, catalogue)
        self._checkout = Checkout(context, self._ledger, self._put, self._books.import_report)
        self._closing = Closing(
            context, self._books, self._checkout.meet, post.after_report(), self.lock
        )
        context.engine.listen(self._lamps.remember)
        context.engine.listen(self._wake_postman)

    def login(self, identifier: str, pin: str = "") -> Operator:
        """Let an operator in; raises E-34 for a wrong PIN and E-46 while it is locked out."""
        operator = login.log_in(self._context, self._catalogue, identifier, pin)
        self._operator = operator
        self._ledger.event(operator.name, "login", user=operator.id)
        self._context.tell(events.OperatorChanged(operator))
        self._told_documents()
        return operator

    def lock(self) -> None:
        """Log the operator out; the receipt stays."""
        if self._operator:
            self._ledger.event(self._operator.name, "lock", user=self._operator.id)
            self._told_documents()
        self._operator = None
        self._context.tell(events.OperatorChanged(None))

    def sell(self, code: str, qty_milli: int = QTY_ONE) -> None:
        """Sell by PLU or barcode. Raises E-01 unknown, E-42 ambiguous, E-63 open price."""
        found = self._catalogue.find(code)
        if not found:
            raise Rejected(Code.NOT_FOUND, item=code)
        if len(found) > 1:
            raise Rejected(Code.AMBIGUOUS, item=code)
        self._sell(found[0], qty_milli, None)

    def sell_article(
        self, article_id: str, qty_milli: int = QTY_ONE, price_gr: int | None = None
    ) -> None:
        """Sell a chosen article; ``price_gr`` is for those with an open price."""
        article = self._catalogue.article(article_id)
        if article is None:
            raise Rejected(Code.NOT_FOUND, item=article_id)
        self._sell(article, qty_milli, price_gr)

    def set_quantity(self, no: int, qty_milli: int) -> None:
        """Give line ``no`` (from 0) another quantity."""
        require(self._operator, Right.SELL)
        self._change(sale.change(self._current(), no, qty_milli=qty_milli))

    def set_price(self, no: int, price_gr: int) -> None:
        """Give line ``no`` another price."""
        require(self._operator, Right.CHANGE_PRICE)
        self._change(sale.change(self._current(), no, price_gr=price_gr))

    def discount_line(
        self, no: int, *, amount_gr: int | None = None, percent_bp: int | None = None
    ) -> None:
        """Take an amount or a share off line ``no``."""
        require(self._operator, Right.DISCOUNT)
        receipt = sale.discount_line(
            self._current(), no, amount_gr=amount_gr, percent_bp=percent_bp
        )
        self._change(receipt)

    def discount_receipt(
        self, *, amount_gr: int | None = None, percent_bp: int | None = None
    ) -> None:
        """Take an amount or a share off the whole receipt."""
        require(self._operator, Right.DISCOUNT)
        receipt = sale.discount_receipt(self._current(), amount_gr=amount_gr, percent_bp=percent_bp)
        self._change(receipt)

    def void_line(self, no: int) -> None:
        """Strike line ``no`` through."""
        require(self._operator, Right.VOID_LINE)
        self._change(sale.void(self._current(), no))

    def set_nip(self, nip: str) -> None:
        """Put the buyer's tax number on the receipt."""
        require(self._operator, Right.SELL)
        self._change(sale.with_nip(self._current(), nip))

    def drop_receipt(self, reason: str) -> None:
        """Give the receipt up; it is kept and told to the office."""
        require(self._operator, Right.DROP_RECEIPT)
        if self._receipt is None:
            raise Rejected(Code.EMPTY_RECEIPT)
        if self._receipt.state is State.PRINTING:
            raise Rejected(Code.BUSY)
        self._ledger.drop(self._receipt, reason)
        self._put(None)
        self._told_documents()

    def pay(self, method_id: str, amount_gr: int | None = None) -> None:
        """Receive money, exactly what is due without ``amount_gr``; the last payment prints."""
        require(self._operator, Right.SELL)
        self._let_sell()
        let_pay(self.day(), self._catalogue.settings())
        method = next((m for m in self._catalogue.payment_methods() if m.id == method_id), None)
        if method is None:
            raise Rejected(Code.NO_METHOD)
        receipt = self._current()
        amount = receipt.due_gr if amount_gr is None else amount_gr
        paid = sale.pay(receipt, Payment(method.id, method.name, method.kind, amount))
        self._change(paid)
        if paid.state is State.PAID:
            self._checkout.print_receipt(paid)

    def take_back_payments(self) -> None:
        """Undo all payments of a receipt that is not printed."""
        self._change(sale.reopen(self._current()))

    def print_receipt(self) -> None:
        """Print a PAID receipt whose last attempt left nothing sold."""
        require(self._operator, Right.SELL)
        self._let_sell()
        receipt = self._current()
        if receipt.state is not State.PAID:
            raise Rejected(Code.BUSY)
        self._checkout.print_receipt(receipt)

    def day_summary(self) -> Future[Summary]:
        """What the report will hold and what stands in its way."""
        return self._closing.summary()

    def close_day(self, *, allow_empty: bool = False) -> Future[None]:
        """Check everything, then make the daily report; raises (in the Future) what is wrong."""
        return self._closing.start(
            lambda: require(self._operator, Right.CLOSE_DAY), allow_empty=allow_empty
        )

    def day(self) -> Day:
        """State of the fiscal day."""
        return self._books.day()

    def accept_printer(self) -> Future[None]:
        """A technician takes the printer's figures; a disputed receipt is given up."""
        operator = require(self._operator, Right.SERVICE)
        return self._checkout.accept(operator.name, self._receipt)

    # --- the office, from any thread -----------------------------------------------------------

    def pull(self, entry: str) -> Future[list[events.Pulled]]:
        """Fetch what changed in the data sets of one menu entry."""
        return self._post.pull(entry)

    def push(self) -> Future[int]:
        """Send what is unsent now; gives how many documents went."""
        return self._post.push()

    def find_release(self) -> Future[str]:
        """The version that the office offers; empty when this program is up to date."""
        return self._post.find_release()

    def start(self) -> None:
        """Take up what the last run left, then look after printer and office."""
        self._receipt = receipts.unfinished(self._context.journal)
        # A closing in doubt comes first: its report must not be taken for one made at the printer.
        self._closing.resume()
        self._checkout.look_after()
        self._post.start(self.heartbeat)

    def tick(self) -> Future[None]:
        """Watch the printer; called every few seconds, from any thread."""
        return self._checkout.look_after()

    def now(self) -> datetime:
        """The till's time; from any thread."""
        return self._context.now()

    def heartbeat(self, unsent: Unsent) -> Heartbeat:
        """How the till is, for the office."""
        return Heartbeat(
            version=VERSION,
            unsent=unsent.count,
            oldest_unsent_at=unsent.oldest_at,
            day=self.day(),
            printer=self._lamps.printer_state,
            operator=self._operator.name if self._operator else "",
        )

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
        )

    def _sell(self, article: Article, qty_milli: int, price_gr: int | None) -> None:
        require(self._operator, Right.SELL)
        if article.is_open_price and price_gr is None:
            raise Rejected(Code.PRICE_WANTED, name=article.name)
        price = article.price_gr if price_gr is None else price_gr
        if price_gr is not None and not article.is_open_price:
            require(self._operator, Right.CHANGE_PRICE)
        rates = settings.printer_rates(self._context.journal)
        rate_bp = rates[VAT_LETTERS.index(article.vat)] if rates else article.rate_bp
        if rate_bp == INACTIVE:
            raise Rejected(Code.RATE_INACTIVE, vat=article.vat)
        self._change(sale.add(self._current(), article, qty_milli, price, rate_bp))

    def _current(self) -> Receipt:
        """The receipt being sold; a new one is born with its first change."""
        operator = require(self._operator, Right.SELL)
        if self._receipt is not None:
            return self._receipt
        return Receipt(new_rid(), self._context.stamp(), operator.id, operator.name)

    def _shown(self) -> Receipt:
        return self._receipt or Receipt("", "", "", "")

    def _change(self, receipt: Receipt) -> None:
        self._ledger.store(self._receipt, receipt)
        self._put(receipt)

    def _put(self, receipt: Receipt | None) -> None:
        self._receipt = receipt
        self._context.tell(events.ReceiptChanged(self._shown()))

    def _let_sell(self) -> None:
        if self._lamps.blocked is not None:
            raise self._lamps.blocked

    def _told_documents(self) -> None:
        self._post.wake()
        self._context.tell(events.UnsentChanged(outbox.unsent(self._context.journal)))

    def _wake_postman(self, event: object) -> None:
        if isinstance(event, events.ReceiptPrinted | events.ReceiptNotPrinted | events.DayClosed):
            self._post.wake()
