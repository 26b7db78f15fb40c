"""Puts the lines of an order or a quote on the receipt. On the engine's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale import verbs as sale
from terminal.sale.age import born_by
from terminal.store import settings
from terminal.store.catalogue import Article
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import SalesDocument, SalesLine


class Fulfilling(InHand):
    """Name, VAT letter and age are those of today, the price is the one that was agreed."""

    def sell_document(self, document: SalesDocument, customer: str) -> None:
        """All lines or none. Raises E-194, E-106 for an age, E-13 for a letter without a rate."""
        require(self._operator, Right.SELL)
        self.updates.let_sell()
        receipt = self._current()
        if receipt.fulfils not in {"", document.id}:
            raise Rejected(Code.OTHER_ORDER)
        rates = settings.printer_rates(self._context.journal)
        for line in document.lines:
            article = self._catalogue.article(line.product) or _gone(line)
            if article.min_age > receipt.age_checked:
                born = born_by(self._context.now().date(), article.min_age)
                told = {"name": article.name, "age": article.min_age, "born": born}
                raise Rejected(Code.AGE_WANTED, **told)
            rate_bp = rates[VAT_LETTERS.index(article.vat)] if rates else article.rate_bp
            if rate_bp == INACTIVE:
                raise Rejected(Code.RATE_INACTIVE, vat=article.vat)
            receipt = _with_line(receipt, article, line, rate_bp)
        if customer and not receipt.customer_id:
            receipt = sale.with_customer(receipt, document.customer, customer)
        self._change(replace(receipt, fulfils=document.id))


def _with_line(receipt: Receipt, article: Article, line: SalesLine, rate_bp: int) -> Receipt:
    """What was agreed comes off as an amount: printers round percents in two ways."""
    longer = sale.add(receipt, article, line.qty_milli, line.price_gr, rate_bp)
    off_gr = longer.lines[-1].gross_gr - line.gross_gr
    if not off_gr:
        return longer
    return sale.discount_line(longer, len(longer.lines) - 1, amount_gr=off_gr)


def _gone(line: SalesLine) -> Article:
    """An article that the shop has no more, as it was agreed upon."""
    return Article(
        id=line.product,
        plu=line.plu,
        barcode=line.barcode,
        name=line.name,
        unit=line.unit,
        precision=line.precision,
        vat=line.vat,
        rate_bp=INACTIVE,
        price_gr=line.price_gr,
        category="",
        is_weighed=False,
        is_open_price=False,
    )
