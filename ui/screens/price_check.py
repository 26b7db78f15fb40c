"""F2: what an article costs, abroad too, and how much of it there was, without selling it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import ntranslate, translate
from ui.amounts import quantity, zloty
from ui.exchanging import refresh
from ui.keypad import CODE_MAX, Accept, Cancel, Key, Mode, Text
from ui.screens.asking import detail_rows
from ui.screens.page import Page
from ui.widgets import big, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.gear.gear import Scan
    from terminal.store.catalogue import Article
    from terminal.sync.wire import Currency, Stock
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_HOUR, _DAY = 60, 24 * 60  # in minutes
_OLD = timedelta(days=2)
_E4 = 10_000


class PriceCheck(Page):
    """Type or scan a code; nothing is sold here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.CHECK)
        self._found: list[Article] = []
        self._stock: dict[str, Stock] = {}
        self._currencies: list[Currency] = []
        self._look: Callable[[], object] = self._nothing

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Price check: nothing is sold")

    @property
    def prompt(self) -> str:
        """What to type."""
        return translate("Code")

    def legend(self) -> Legend:
        """Enter and Esc."""
        return (
            ("Enter", translate("check")),
            ("F5", translate("refresh")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """The articles with this code; the price of the first one large."""
        if not self._found:
            return row.wrapped(width, translate("Scan an article or type its code"))
        first = self._found[0]
        rows = [
            row.row(width, (f" {part}", row.TOTAL))
            for part in big.big(zloty(first.price_gr), width - 2)
        ]
        for article in self._found:
            *details, line = detail_rows(width, article)
            rows += [*details, *self._facts(width, article), line]
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Enter looks the code up."""
        match intent:
            case Text(_, text):
                then = partial(self._arrived, text)
                self._check(lambda: self.desk.look_up(then, self.desk.till.shelf.find, text))
            case Accept() | Cancel():
                self.desk.close(self)
            case Key("refresh"):
                # A price has many sources; to ask for all of them is one question more or less.
                refresh(self.desk, "all", self._look)
            case _:
                super().on(intent)

    def scanned(self, scan: Scan) -> None:
        """A scan is checked, not sold."""
        then = partial(self._arrived, scan.code)
        self._check(
            lambda: self.desk.look_up(
                lambda found: then(list(found.articles)), self.desk.till.gear.articles, scan
            )
        )

    def _check(self, look: Callable[[], object]) -> None:
        """Look now, and again after a refresh."""
        self.ask(Mode.CHECK)
        self._look = look
        look()

    def _nothing(self) -> None:
        """Nothing was asked for yet."""

    def _arrived(self, code: str, found: list[Article]) -> None:
        self._found, self._stock = found, {}
        if not found:
            self.desk.refuse(Rejected(Code.NOT_FOUND, item=code[:CODE_MAX]))
        shelf = self.desk.till.shelf
        self.desk.look_up(self._rated, shelf.currencies)
        for article in found:
            self.desk.look_up(self._counted, shelf.stock, article.id)

    def _rated(self, currencies: list[Currency]) -> None:
        self._currencies = currencies

    def _counted(self, stock: Stock | None) -> None:
        if stock is not None:
            self._stock[stock.id] = stock

    def _facts(self, width: int, article: Article) -> list[Row]:
        """What it would be abroad, and how much there was."""
        rows = []
        if self._currencies and not article.is_open_price:
            prices = (
                f"{zloty(_abroad(article.price_gr, one))} {one.id}" for one in self._currencies
            )
            rows.append(row.row(width, (f" {'   '.join(prices)}", row.TEXT)))
        if stock := self._stock.get(article.id):
            rows.append(self._stock_row(width, article, stock))
        return rows

    def _stock_row(self, width: int, article: Article, stock: Stock) -> Row:
        """How much there was, and how long ago: sales since then are not in it."""
        now = self.desk.till.now()
        at = datetime.fromisoformat(stock.as_of).astimezone(now.tzinfo)
        text = translate(
            "in stock {quantity} {unit}   counted {when} ({age})",
            quantity=quantity(stock.qty_milli, article.precision),
            unit=article.unit,
            when=at.strftime("%Y-%m-%d %H:%M"),
            age=_age(now - at),
        )
        style = row.WARN if now - at > _OLD else row.TEXT
        return row.row(width, (f" {text}", style))


def _abroad(price_gr: int, currency: Currency) -> int:
    """A price in hundredths of a foreign currency, halves up."""
    return (2 * price_gr * _E4 + currency.rate_e4) // (2 * currency.rate_e4)


def _age(passed: timedelta) -> str:
    minutes = max(0, int(passed.total_seconds()) // 60)
    if minutes < _HOUR:
        return ntranslate("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < 2 * _DAY:
        return ntranslate("{count} hour ago", "{count} hours ago", minutes // _HOUR)
    return ntranslate("{count} day ago", "{count} days ago", minutes // _DAY)
