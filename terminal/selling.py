"""Verbs for the lines of the receipt: sell, change, strike through. On the engine's thread.

What happened is told as events; what was refused is raised, and then nothing has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale import verbs as sale
from terminal.sale.age import born_by
from terminal.sale.money import QTY_ONE
from terminal.sale.receipt import State
from terminal.sale.tender import let_go
from terminal.store import local_customers, settings
from terminal.store.customers import customer
from terminal.store.shifts import Part
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.store.catalogue import Article


class Selling(InHand):
    """What is sold, to whom, and what becomes of a receipt that is not paid."""

    def sell(self, code: str, times_milli: int | None = QTY_ONE) -> None:
        """Sell ``times_milli`` times what a PLU or barcode stands for.

        None is what nobody said: once, but never of what is weighed. Raises E-01 unknown, E-42
        ambiguous, E-63 open price, E-105 weight and E-106 age wanted.
        """
        found = self._catalogue.find(code)
        if not found:
            raise Rejected(Code.NOT_FOUND, item=code)
        if len(found) > 1:
            raise Rejected(Code.AMBIGUOUS, item=code)
        article = found[0]
        qty_milli = None if times_milli is None else article.quantity(times_milli)
        self._sell(article, qty_milli, None)

    def sell_article(
        self, article_id: str, qty_milli: int | None = QTY_ONE, price_gr: int | None = None
    ) -> None:
        """Sell a chosen article; ``price_gr`` is for an open one. Raises as ``sell``."""
        article = self._catalogue.article(article_id)
        if article is None:
            raise Rejected(Code.NOT_FOUND, item=article_id)
        self._sell(article, qty_milli, price_gr)

    def repeat(self, times_milli: int | None = None) -> None:
        """Sell the last line once more, as much of it or ``times_milli``. Raises E-108, E-105."""
        last = next(reversed(self._shown().live_lines), None)
        if last is None:
            raise Rejected(Code.NOTHING_TO_REPEAT)
        article = self._catalogue.article(last.product)
        if article is None:
            raise Rejected(Code.NOT_FOUND, item=last.name)
        qty_milli = last.qty_milli if times_milli is None else times_milli
        is_weight_wanted = times_milli is None and article.is_weighed
        price_gr = last.price_gr if article.is_open_price else None
        self._sell(article, None if is_weight_wanted else qty_milli, price_gr)

    def confirm_age(self, age: int) -> None:
        """The cashier has made sure that the buyer is ``age``: it holds for this receipt."""
        operator = require(self._operator, Right.SELL)
        checked = sale.with_age(self._current(), age)
        self._ledger.told_change(operator.name, self._receipt, checked, "age_checked", age=age)
        self._put(checked)
        self._told_documents()

    def refuse_age(self, age: int) -> None:
        """The buyer is younger than ``age``, or did not show it; the office is told."""
        operator = require(self._operator, Right.SELL)
        self._ledger.event(operator.name, "age_refused", receipt=self._shown().rid, age=age)
        self._told_documents()

    def set_quantity(self, no: int, qty_milli: int) -> None:
        """Give line ``no`` (from 0) another quantity."""
        require(self._operator, Right.SELL)
        self._change(sale.change(self._current(), no, qty_milli=qty_milli))

    def set_price(self, no: int, price_gr: int) -> None:
        """Give line ``no`` another price."""
        require(self._operator, Right.CHANGE_PRICE)
        self._change(sale.change(self._current(), no, price_gr=price_gr))

    def void_line(self, no: int, reason: str = "") -> None:
        """Strike line ``no`` through; the office is told. Raises E-138 where a reason is wanted."""
        operator = require(self._operator, Right.VOID_LINE)
        receipt = self._current()
        voided = sale.void(receipt, no)
        self._expect_reason(reason)
        self._ledger.void(operator.name, receipt, voided, receipt.lines[no], reason)
        self._put(voided)
        self._told_documents()

    def set_nip(self, nip: str) -> None:
        """Put the buyer's tax number on the receipt."""
        require(self._operator, Right.SELL)
        self._change(sale.with_nip(self._current(), nip))

    def set_customer(self, customer_id: str) -> None:
        """Put a customer of the shop on the receipt, with ``""`` take them off. Raises E-01."""
        name = ""
        if customer_id:
            own = local_customers.all_of_them(self._context.journal)
            found = customer(self._catalogue.db, customer_id, own)
            if found is None:
                raise Rejected(Code.NOT_FOUND, item=customer_id)
            name = found.name
        self._change(sale.with_customer(self._current(), customer_id, name))

    def drop_receipt(self, reason: str) -> None:
        """Give the receipt up; it is kept and told to the office. Raises as ``void_line``."""
        operator = require(self._operator, Right.DROP_RECEIPT)
        if self._receipt is None:
            raise Rejected(Code.EMPTY_RECEIPT)
        if self._receipt.state is State.PRINTING:
            raise Rejected(Code.BUSY)
        let_go(self._receipt)
        self._expect_reason(reason)
        self._shifts.note(operator, Part.RECEIPT, self._receipt.rid)
        self._ledger.drop(self._receipt, reason, operator.name)
        self._put(None)
        self._told_documents()

    def _expect_reason(self, reason: str) -> None:
        if self._catalogue.settings().void_reasons and not reason.strip():
            raise Rejected(Code.REASON_WANTED)

    def _sell(self, article: Article, qty_milli: int | None, price_gr: int | None) -> None:
        require(self._operator, Right.SELL)
        self.updates.let_sell()
        if article.min_age > self._shown().age_checked:
            born = born_by(self._context.now().date(), article.min_age)
            raise Rejected(Code.AGE_WANTED, name=article.name, age=article.min_age, born=born)
        if qty_milli is None and article.is_weighed:
            raise Rejected(Code.WEIGHT_WANTED, name=article.name)
        if article.is_open_price and price_gr is None:
            raise Rejected(Code.PRICE_WANTED, name=article.name)
        price = article.price_gr if price_gr is None else price_gr
        if price_gr is not None and not article.is_open_price:
            require(self._operator, Right.CHANGE_PRICE)
        rates = settings.printer_rates(self._context.journal)
        rate_bp = rates[VAT_LETTERS.index(article.vat)] if rates else article.rate_bp
        if rate_bp == INACTIVE:
            raise Rejected(Code.RATE_INACTIVE, vat=article.vat)
        qty = article.quantity(QTY_ONE) if qty_milli is None else qty_milli
        self._change(sale.add(self._current(), article, qty, price, rate_bp))
