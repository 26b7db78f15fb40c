"""Every verb that has to do with the receipt on the screen. Runs on the engine's thread.

What happened is told as events; what was refused is raised, and then nothing has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal import events
from terminal.context import new_rid
from terminal.day.books import Books
from terminal.day.clock import is_stopping, too_far_off
from terminal.day.state import Day, let_pay
from terminal.errors import Code, Rejected
from terminal.lamps import Lamps
from terminal.people.rights import require
from terminal.sale import receipt as sale
from terminal.sale.checkout import Checkout
from terminal.sale.ledger import Ledger
from terminal.sale.money import QTY_ONE, show_gr
from terminal.sale.names import twins
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store import outbox, settings
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.people.rights import Operator
    from terminal.post import Post
    from terminal.store.catalogue import Article, Catalogue


class Selling:
    """``catalogue`` is the engine's own reader; ``post`` is woken when there are documents."""

    def __init__(self, context: Context, catalogue: Catalogue, post: Post) -> None:
        self._context = context
        self._catalogue = catalogue
        self._post = post
        self._operator: Operator | None = None
        self._receipt: Receipt | None = None
        self._lamps = Lamps()
        self._ledger = Ledger(context)
        self._books = Books(context, catalogue)
        self._checkout = Checkout(
            context,
            self._ledger,
            self._put,
            self._books.import_report,
            lambda: catalogue.settings().receipt_footer,
        )

    def sell(self, code: str, qty_milli: int = QTY_ONE) -> None:
        """Sell ``qty_milli`` times what a PLU or barcode stands for.

        Raises E-01 unknown, E-42 ambiguous, E-63 open price.
        """
        found = self._catalogue.find(code)
        if not found:
            raise Rejected(Code.NOT_FOUND, item=code)
        if len(found) > 1:
            raise Rejected(Code.AMBIGUOUS, item=code)
        self._sell(found[0], found[0].quantity(qty_milli), None)

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

    def give_discount(self, discount_id: str, no: int | None = None) -> None:
        """Give one of the shop's discounts of today to line ``no``, or to the whole receipt."""
        known = self._catalogue.discounts()
        found = next((one for one in known if one.id == discount_id), None)
        if found is None:
            raise Rejected(Code.NOT_FOUND, item=discount_id)
        percent_bp = found.percent_bp or None
        if no is None:
            self.discount_receipt(amount_gr=found.amount_gr, percent_bp=percent_bp)
        else:
            self.discount_line(no, amount_gr=found.amount_gr, percent_bp=percent_bp)

    def void_line(self, no: int) -> None:
        """Strike line ``no`` through; the office is told."""
        operator = require(self._operator, Right.VOID_LINE)
        receipt = self._current()
        voided = sale.void(receipt, no)
        self._ledger.void(operator.name, receipt, voided, receipt.lines[no])
        self._put(voided)
        self._told_documents()

    def set_nip(self, nip: str) -> None:
        """Put the buyer's tax number on the receipt."""
        require(self._operator, Right.SELL)
        self._change(sale.with_nip(self._current(), nip))

    def drop_receipt(self, reason: str) -> None:
        """Give the receipt up; it is kept and told to the office."""
        operator = require(self._operator, Right.DROP_RECEIPT)
        if self._receipt is None:
            raise Rejected(Code.EMPTY_RECEIPT)
        if self._receipt.state is State.PRINTING:
            raise Rejected(Code.BUSY)
        self._ledger.drop(self._receipt, reason, operator.name)
        self._put(None)
        self._told_documents()

    def pay(self, method_id: str, amount_gr: int | None = None) -> None:
        """Receive money, exactly what is due without ``amount_gr``; the last payment prints."""
        require(self._operator, Right.SELL)
        self._let_sell()
        self._let_begin()
        receipt = self._counted()
        self._tell_apart(receipt)
        method = next((m for m in self._catalogue.payment_methods() if m.id == method_id), None)
        if method is None:
            raise Rejected(Code.NO_METHOD)
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
        receipt = self._counted()
        if receipt.state is not State.PAID:
            raise Rejected(Code.BUSY)
        self._checkout.print_receipt(receipt)

    def day(self) -> Day:
        """State of the fiscal day."""
        return self._books.day()

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
        mode = settings.percent_mode(self._context.journal)
        return Receipt(
            new_rid(), self._context.stamp(), operator.id, operator.name, percent_mode=mode
        )

    def _counted(self) -> Receipt:
        """The receipt as its printer counts it; raises E-70 when that is another total now.

        Raises E-13 for a line whose rate the printer has no longer.
        """
        receipt, journal = self._current(), self._context.journal
        if receipt.state is State.PRINTING:
            return receipt
        rates, mode = settings.printer_rates(journal), settings.percent_mode(journal)
        counted = sale.at_rates(receipt, rates) if rates else receipt
        if counted.percent_mode is not mode:
            counted = sale.recount(counted, mode)
        if counted is receipt:
            return receipt
        self._change(counted)
        if counted.totals_gr != receipt.totals_gr:
            raise Rejected(Code.PERCENTS_CHANGED, total=show_gr(counted.total_gr))
        return counted

    def _shown(self) -> Receipt:
        return self._receipt or Receipt("", "", "", "")

    def _change(self, receipt: Receipt) -> None:
        self._ledger.store(self._receipt, receipt)
        self._put(receipt)

    def _put(self, receipt: Receipt | None) -> None:
        self._receipt = receipt
        self._post.receipt_changed(is_open=receipt is not None)
        self._context.tell(events.ReceiptChanged(self._shown()))

    def _tell_apart(self, receipt: Receipt) -> None:
        if pair := twins(receipt.live_lines):
            one, other = pair
            names = {"name": one.name, "vat": one.vat, "other": other.name, "other_vat": other.vat}
            raise Rejected(Code.NAMESAKES, **names)

    def _let_begin(self) -> None:
        """Whether the day lets a payment begin; a new day needs a printer with the right date."""
        day, noted = self.day(), self._lamps.noted
        let_pay(day, self._catalogue.settings())
        if day is Day.EMPTY and noted is not None and is_stopping(noted.off):
            # It may have been put right since: look again.
            self._checkout.meet_again()
            raise too_far_off(noted.clock, noted.clock - noted.off)

    def _let_sell(self) -> None:
        if self._lamps.blocked is not None:
            raise self._lamps.blocked

    def _told_documents(self) -> None:
        self._post.wake()
        self._context.tell(events.UnsentChanged(outbox.unsent(self._context.journal)))
