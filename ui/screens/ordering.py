"""From a code, a scan or a name to a line of an order; what must be known before is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected, TillError
from terminal.gear.labels import portion_of
from ui.screens.articles import Several
from ui.screens.asking import OpenPrice, Weigh

if TYPE_CHECKING:
    from terminal.gear.gear import Scan
    from terminal.gear.labels import Found
    from terminal.store.catalogue import Article
    from ui.desk import Desk


def add_code(desk: Desk, code: str, times_milli: int | None) -> None:
    """Order what has this code."""

    def found(articles: list[Article]) -> None:
        _choose(desk, code, articles, times_milli)

    desk.order(desk.till.lookup.call(desk.till.shelf.find, code), found)


def add_scan(desk: Desk, scan: Scan, times_milli: int | None = None) -> None:
    """Order what was scanned; a label that tells a weight tells it here, too."""

    def found(what: Found) -> None:
        if what.qty_milli is None and what.amount_gr is None:
            _choose(desk, scan.code, list(what.articles), times_milli)
        elif len(what.articles) == 1:
            _add_portion(desk, what, times_milli, what.articles[0])
        else:
            take = partial(_add_portion, desk, what, times_milli)
            desk.open(Several(desk, list(what.articles), None, take))

    desk.order(desk.till.lookup.call(desk.till.gear.articles, scan), found)


def add_article(desk: Desk, article: Article, times_milli: int | None = None) -> None:
    """Order a chosen article, asking for its weight and price when it has none."""
    if times_milli is None and article.is_weighed:
        desk.open(Weigh(desk, article, partial(_add, desk, article)))
    else:
        times = 1000 if times_milli is None else times_milli
        _add(desk, article, article.quantity(times))


def _choose(desk: Desk, code: str, found: list[Article], times_milli: int | None) -> None:
    if not found:
        desk.refuse(Rejected(Code.NOT_FOUND, item=code))
    elif len(found) == 1:
        add_article(desk, found[0], times_milli)
    else:
        take = partial(add_article, desk, times_milli=times_milli)
        desk.open(Several(desk, found, times_milli, take))


def _add_portion(desk: Desk, found: Found, times_milli: int | None, article: Article) -> None:
    try:
        part = portion_of(article, found, times_milli)
    except TillError as error:
        desk.refuse(error)
        return
    desk.call(desk.till.field.add, article.id, part.qty_milli or 0, part.price_gr)


def _add(desk: Desk, article: Article, qty_milli: int) -> None:
    add = partial(desk.till.field.add, article.id, qty_milli)
    if article.is_open_price:
        desk.open(OpenPrice(desk, article, lambda price: desk.call(add, price)))
    else:
        desk.call(add)
