"""Finding an article: by code, by name on keys or letters, among several with one code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Entry, Mode, Number, Other, Search, Wrong
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Page, Scans
from ui.screens.sale_details import open_code
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from terminal.gear.gear import Scan
    from terminal.gear.labels import Found
    from terminal.store.catalogue import Article
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_DETAIL_ROWS = 5
_SEARCH_MIN = 2


def sell_code(desk: Desk, code: str, qty_milli: int) -> None:
    """Sell by code; several articles or an open price lead to a question, a receipt to its page."""
    if open_code(desk, code):
        return
    call = desk.till.engine.call(desk.till.sell, code, qty_milli)
    desk.order(call, None, partial(_code_refused, desk, code, qty_milli))


def sell_scan(desk: Desk, scan: Scan, times_milli: int | None = None) -> None:
    """Sell a scan; several articles or an open price lead to a question, a receipt to its page."""
    if open_code(desk, scan.code):
        return
    call = desk.till.engine.call(desk.till.gear.sell_scan, scan, times_milli)
    desk.order(call, None, partial(_scan_refused, desk, scan, times_milli))


def sell_article(desk: Desk, article: Article, qty_milli: int) -> None:
    """Sell a chosen article, asking for its price when it has none."""
    qty_milli = article.quantity(qty_milli)
    if article.is_open_price:
        desk.open(OpenPrice(desk, article, qty_milli))
    else:
        desk.call(desk.till.sell_article, article.id, qty_milli)


def detail_rows(width: int, article: Article) -> list[Row]:
    """What is known of an article, price first."""
    price = (
        translate("price asked at the sale")
        if article.is_open_price
        else (f"{zloty(article.price_gr)} zł / {article.unit}")
    )
    if article.qty_milli != 1000:  # noqa: PLR2004 - thousandths
        price += f"   × {quantity(article.qty_milli)}"
    codes = translate(
        "code {plu}   bar code {barcode}", plu=article.plu or "-", barcode=article.barcode or "-"
    )
    vat = translate("VAT {vat}", vat=article.vat)
    return [
        row.row(width, (f" {article.name}", row.STRONG)),
        row.row(width, (f" {price}", row.TOTAL)),
        row.row(width, (f" {codes}", row.TEXT)),
        row.row(width, (f" {vat}", row.TEXT)),
        row.row(width, ("─" * width, row.DIM)),
    ]


def _code_refused(desk: Desk, code: str, qty_milli: int, error: TillError) -> None:
    if error.code in {Code.AMBIGUOUS, Code.PRICE_WANTED}:
        call = desk.till.lookup.call(desk.till.shelf.find, code)
        desk.order(call, partial(_choose, desk, qty_milli))
    else:
        desk.refuse(error)


def _choose(desk: Desk, qty_milli: int, found: list[Article]) -> None:
    if len(found) == 1:
        sell_article(desk, found[0], qty_milli)
    elif found:
        desk.open(Several(desk, found, qty_milli))


def _scan_refused(desk: Desk, scan: Scan, times_milli: int | None, error: TillError) -> None:
    if error.code in {Code.AMBIGUOUS, Code.PRICE_WANTED}:
        call = desk.till.lookup.call(desk.till.gear.articles, scan)
        desk.order(call, partial(_choose_scanned, desk, times_milli))
    else:
        desk.refuse(error)


def _choose_scanned(desk: Desk, times_milli: int | None, found: Found) -> None:
    """A label that tells a weight or an amount tells it of whichever article is chosen."""
    if found.qty_milli is None and found.amount_gr is None:
        _choose(desk, 1000 if times_milli is None else times_milli, list(found.articles))
    elif found.articles:
        sell = desk.till.gear.sell_chosen
        desk.open(
            Several(desk, list(found.articles), 1000, lambda one: desk.call(sell, one, found))
        )


class Several(Listing):
    """One code, several articles: the cashier chooses."""

    scans = Scans.IGNORE

    def __init__(
        self,
        desk: Desk,
        found: list[Article],
        qty_milli: int,
        sell: Callable[[Article], object] | None = None,
    ) -> None:
        super().__init__(desk)
        self.found = found
        self.qty_milli = qty_milli
        self._sell = sell or (lambda article: sell_article(desk, article, qty_milli))

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
    """Search by name while typing; the answer to an older question is thrown away."""

    scans = Scans.SELL
    refreshes = "products"

    def __init__(self, desk: Desk, typed: Entry) -> None:
        times = typed.times_milli
        super().__init__(desk, [], 1000 if times is None else times)
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
        times = "" if self.qty_milli == 1000 else f"{quantity(self.qty_milli)} × "  # noqa: PLR2004 - thousandths
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
        self._is_searching = len(wanted.text) >= _SEARCH_MIN
        if not self._is_searching:
            self.found, self.marked = [], 0
            return
        search = self.desk.till.shelf.search
        then = partial(self._arrived, self._asked)
        self.desk.look_up(then, search, wanted.text, wanted.by_keys)

    def _arrived(self, asked: int, found: list[Article]) -> None:
        if asked == self._asked:
            self.found, self.marked, self._is_searching = found, 0, False
            if self._takes_first:
                self.on(Accept())


class OpenPrice(Page):
    """An article without a price: the cashier types one."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, article: Article, qty_milli: int) -> None:
        super().__init__(desk, Mode.PRICE)
        self._article = article
        self._qty_milli = qty_milli

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Price")

    @property
    def prompt(self) -> str:
        """Price of what."""
        return translate("Price of {name}", name=self._article.name)

    def legend(self) -> Legend:
        """Enter and Esc."""
        return (("Enter", translate("sell")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """The article."""
        return detail_rows(width, self._article)[:height]

    def on(self, intent: Intent) -> None:
        """A price of nothing is refused here and now."""
        match intent:
            case Number(_, value) if value > 0:
                self.desk.close(self)
                verb = self.desk.till.sell_article
                self.desk.call(verb, self._article.id, self._qty_milli, value)
            case Number() | Wrong() | Accept():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case _:
                super().on(intent)
