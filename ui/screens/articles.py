"""Finding an article: by code, by name on keys or letters, among several with one code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Entry, Mode, Other, Search
from ui.screens.asking import AgeCheck, OpenPrice, Weigh, detail_rows
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Scans
from ui.screens.sale_details import open_code
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from terminal.gear.gear import Scan
    from terminal.gear.labels import Found
    from terminal.sale.line import Line
    from terminal.store.catalogue import Article
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_DETAIL_ROWS = 5
_SEARCH_MIN = 2
# Refusals that a choice, a price or a weight puts right.
_CHOICES = {Code.AMBIGUOUS, Code.PRICE_WANTED, Code.WEIGHT_WANTED}
T = TypeVar("T")


def sell_code(desk: Desk, code: str, times_milli: int | None) -> None:
    """Sell by code; what must be known before is asked; a receipt's code opens its page."""
    if open_code(desk, code):
        return
    verb = partial(desk.till.sell, code, times_milli)
    find = partial(desk.till.shelf.find, code)
    order_sale(desk, verb, lambda: _look_up(desk, find, partial(_choose, desk, times_milli)))


def sell_scan(desk: Desk, scan: Scan, times_milli: int | None = None) -> None:
    """Sell a scan; what must be known before is asked; a receipt's code opens its page."""
    if open_code(desk, scan.code):
        return
    verb = partial(desk.till.gear.sell_scan, scan, times_milli)
    find = partial(desk.till.gear.articles, scan)
    order_sale(
        desk, verb, lambda: _look_up(desk, find, partial(_choose_scanned, desk, times_milli))
    )


def sell_article(desk: Desk, article: Article, times_milli: int | None) -> None:
    """Sell a chosen article, asking for its weight and price when it has none."""
    if times_milli is None and article.is_weighed:
        desk.open(Weigh(desk, article, partial(_sell_weight, desk, article)))
    else:
        times = 1000 if times_milli is None else times_milli
        _sell_weight(desk, article, article.quantity(times))


def weigh_line(desk: Desk, line: Line) -> None:
    """Weigh what ``line`` sold and sell that, too."""

    def found(article: Article | None) -> None:
        if article is not None:
            sell_article(desk, article, None)

    _look_up(desk, partial(desk.till.shelf.article, line.product), found)


def order_sale(
    desk: Desk, verb: Callable[[], None], choose: Callable[[], object] | None = None
) -> None:
    """Have the engine sell; an age is made sure of, and ``choose`` asks for what else is wanted."""

    def refused(error: TillError) -> None:
        if error.code is Code.AGE_WANTED:
            desk.open(AgeCheck(desk, error, lambda: order_sale(desk, verb, choose)))
        elif choose is not None and error.code in _CHOICES:
            choose()
        else:
            desk.refuse(error)

    desk.order(desk.till.engine.call(verb), None, refused)


def _sell_weight(desk: Desk, article: Article, qty_milli: int) -> None:
    sell = partial(desk.till.sell_article, article.id, qty_milli)
    if article.is_open_price:
        desk.open(OpenPrice(desk, article, lambda price: order_sale(desk, partial(sell, price))))
    else:
        order_sale(desk, sell)


def _look_up(desk: Desk, find: Callable[[], T], then: Callable[[T], object]) -> None:
    desk.order(desk.till.lookup.call(find), then)


def _choose(desk: Desk, times_milli: int | None, found: list[Article]) -> None:
    if len(found) == 1:
        sell_article(desk, found[0], times_milli)
    elif found:
        desk.open(Several(desk, found, times_milli))


def _choose_scanned(desk: Desk, times_milli: int | None, found: Found) -> None:
    """A label that tells a weight or an amount tells it of whichever article is chosen."""
    if found.qty_milli is None and found.amount_gr is None:
        _choose(desk, times_milli, list(found.articles))
    elif found.articles:
        sell = desk.till.gear.sell_chosen
        desk.open(
            Several(
                desk,
                list(found.articles),
                None,
                lambda one: order_sale(desk, partial(sell, one, found)),
            )
        )


class Several(Listing):
    """One code, several articles: the cashier chooses."""

    scans = Scans.IGNORE

    def __init__(
        self,
        desk: Desk,
        found: list[Article],
        times_milli: int | None,
        sell: Callable[[Article], object] | None = None,
    ) -> None:
        super().__init__(desk)
        self.found = found
        self.times_milli = times_milli
        self._sell = sell or (lambda article: sell_article(desk, article, times_milli))

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Several articles: choose one")

    @property
    def count(self) -> int:
        """How many were found."""
        return len(self.found)

    def legend(self) -> Legend:
        """Choose and take."""
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("sell")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """The marked article in detail, all of them below."""
        if not self.found:
            return []
        texts = [f"{row.fit(a.name, width - 18)} {zloty(a.price_gr):>12}" for a in self.found]
        below = marked_rows(width, max(1, height - _DETAIL_ROWS), texts, self.marked)
        return [*detail_rows(width, self.found[self.marked]), *below]

    def on(self, intent: Intent) -> None:
        """Enter takes the marked one."""
        if not isinstance(intent, Accept):
            super().on(intent)
        elif self.found:
            self.desk.close(self)
            self._sell(self.found[self.marked])


class Names(Several):
    """Search by name while typing; the answer to an older question is thrown away.

    Before anything is typed the most sold articles are there to choose from.
    """

    scans = Scans.SELL
    refreshes = "products"

    def __init__(
        self, desk: Desk, typed: Entry, sell: Callable[[Article], object] | None = None
    ) -> None:
        super().__init__(desk, [], typed.times_milli, sell)
        if sell is not None:
            # The receipt is not what is being written: a scan must not end there.
            self.scans = Scans.IGNORE
        self.entry = Entry(Mode.NAME, typed.text)
        self._asked = 0
        self._is_searching = False
        self._takes_first = False

    @property
    def title(self) -> str:
        """The heading says how to type."""
        return translate("Search by name: keys 2-9 (2 = abc, one key a letter) or letters")

    @property
    def prompt(self) -> str:
        """The quantity that will be sold, if not one."""
        times = "" if self.times_milli is None else f"{quantity(self.times_milli)} × "
        return times + translate("Name")

    def opened(self) -> None:
        """Letters that led here count."""
        self._search(Search(self.entry.text, self.entry.text.isdigit()))

    refreshed = opened

    def legend(self) -> Legend:
        """A list that comes from the office."""
        return (*super().legend(), ("F5", translate("refresh")))

    def body(self, width: int, height: int) -> list[Row]:
        """Hits, or why there are none."""
        if self.found:
            return super().body(width, height)
        if len(self.entry.text) < _SEARCH_MIN:
            return row.wrapped(width, translate("Two keys or more show the first articles"))
        return row.wrapped(width, translate("No article has this in its name"), row.WARN)

    def on(self, intent: Intent) -> None:
        """Search while typing; ``*`` goes back to codes."""
        match intent:
            case Search():
                self._search(intent)
            case Other():
                self.desk.close(self)
            case Accept() if self._is_searching:
                self._takes_first = True
            case Accept() if not self.found:
                self.desk.refuse(Rejected(Code.NOT_FOUND, item=self.entry.text))
            case _:
                super().on(intent)

    def _search(self, wanted: Search) -> None:
        self._asked += 1
        self._takes_first = False
        shelf, then = self.desk.till.shelf, partial(self._arrived, self._asked)
        self._is_searching = not wanted.text or len(wanted.text) >= _SEARCH_MIN
        if not self._is_searching:
            self.found, self.marked = [], 0
        elif wanted.text:
            self.desk.look_up(then, shelf.search, wanted.text, wanted.by_keys)
        else:
            self.desk.look_up(then, shelf.best_sellers)

    def _arrived(self, asked: int, found: list[Article]) -> None:
        if asked == self._asked:
            self.found, self.marked, self._is_searching = found, 0, False
            if self._takes_first:
                self.on(Accept())
