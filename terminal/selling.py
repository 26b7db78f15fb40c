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
from terminal.sale.money import QTY_ONE
from terminal.sale.receipt import State
from terminal.store import settings
from terminal.store.shifts import Part
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.store.catalogue import Article


class Selling(InHand):
    """What is sold, to whom, and what becomes of a receipt that is not paid."""

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
        self._shifts.note(operator, Part.RECEIPT, self._receipt.rid)
        self._ledger.drop(self._receipt, reason, operator.name)
        self._put(None)
        self._told_documents()

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
