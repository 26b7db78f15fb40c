"""From a scan to an article and how much of it: plain codes, GS1 fields, the shop's weight codes.

A code that stands in the shop's list as it is comes first, whatever it looks like. Pure but for
``find``, which looks a code up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.sale.money import QTY_ONE, divide_half_up, line_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drivers.scan import Scan
    from drivers.weight_code import Pattern
    from terminal.store.catalogue import Article

_SHOWN_MAX = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Articles that a scan may mean, and what its label tells of weight or amount."""

    articles: tuple[Article, ...]
    qty_milli: int | None = None
    amount_gr: int | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What is sold: ``price_gr`` replaces the price of an article with an open one.

    ``qty_milli`` is None for a weighed article of which nobody told the weight.
    """

    article: Article
    qty_milli: int | None
    price_gr: int | None = None


def look_up(scan: Scan, patterns: Iterable[Pattern], find: Callable[[str], list[Article]]) -> Found:
    """Every article the scan may mean; none when the shop knows none."""
    fields = scan.elements
    for code in scan.codes:
        if articles := find(code):
            return Found(tuple(articles), fields.qty_milli, fields.amount_gr)
    for pattern in patterns:
        label = pattern.match(scan.code)
        if label is None:
            continue
        for code in label.codes:
            if code and (articles := find(code)):
                return Found(tuple(articles), label.qty_milli, label.amount_gr)
    return Found(())


def portion(scan: Scan, found: Found, times_milli: int | None) -> Portion:
    """What one scan sells; ``times_milli`` is the quantity typed before it, if any.

    Raises E-01 unknown, E-42 ambiguous, E-90 a quantity before a label that has its own, E-91 an
    amount that today's price does not give, E-92 a weight of what is not weighed.
    """
    if not found.articles:
        raise Rejected(Code.NOT_FOUND, item=scan.code[:_SHOWN_MAX])
    if len(found.articles) > 1:
        raise Rejected(Code.AMBIGUOUS, item=scan.code[:_SHOWN_MAX])
    return portion_of(found.articles[0], found, times_milli)


def portion_of(article: Article, found: Found, times_milli: int | None) -> Portion:
    """As ``portion``, for the article that the cashier chose."""
    if found.qty_milli is None and found.amount_gr is None:
        if times_milli is None and article.is_weighed:
            return Portion(article, None)
        return Portion(article, article.quantity(QTY_ONE if times_milli is None else times_milli))
    if times_milli is not None:
        raise Rejected(Code.LABEL_TELLS, name=article.name)
    if article.is_open_price and found.amount_gr is not None:
        return Portion(article, QTY_ONE, found.amount_gr)
    if not article.is_weighed:
        raise Rejected(Code.NOT_WEIGHED, name=article.name)
    if found.qty_milli is not None:
        return Portion(article, found.qty_milli)
    return Portion(article, _weight_of(article, found.amount_gr or 0))


def _weight_of(article: Article, amount_gr: int) -> int:
    """The weight that costs exactly what the label says; none does after a change of price."""
    qty_milli = divide_half_up(amount_gr * QTY_ONE, article.price_gr) if article.price_gr else 0
    if line_value(article.price_gr, qty_milli) != amount_gr:
        raise Rejected(Code.LABEL_PRICE, name=article.name)
    return qty_milli
