"""What must be asked before an article is sold: its price, its weight, the age of the buyer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Cancel, Mode, Number, Wrong
from ui.screens.page import Page, Scans
from ui.screens.question import Question
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from terminal.store.catalogue import Article
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


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
    facts = [translate("VAT {vat}", vat=article.vat)]
    if article.is_weighed:
        facts.append(translate("sold by weight"))
    if article.min_age:
        facts.append(translate("from {age} years", age=article.min_age))
    return [
        row.row(width, (f" {article.name}", row.STRONG)),
        row.row(width, (f" {price}", row.TOTAL)),
        row.row(width, (f" {codes}", row.TEXT)),
        row.row(width, (f" {'   '.join(facts)}", row.TEXT)),
        row.row(width, ("─" * width, row.DIM)),
    ]


class _Asking(Page):
    """Asks for one number above nothing and hands it to ``then``."""

    scans = Scans.IGNORE

    def __init__(
        self, desk: Desk, mode: Mode, article: Article, then: Callable[[int], object]
    ) -> None:
        super().__init__(desk, mode)
        self._article = article
        self._then = then

    def legend(self) -> Legend:
        """Enter and Esc."""
        return (("Enter", translate("sell")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """The article."""
        return detail_rows(width, self._article)[:height]

    def on(self, intent: Intent) -> None:
        """Nothing is refused here and now."""
        match intent:
            case Number(_, value) if value > 0:
                self._done(value)
            case Number() | Wrong() | Accept():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case _:
                super().on(intent)

    def _done(self, value: int) -> None:
        self.desk.close(self)
        self._then(value)


class OpenPrice(_Asking):
    """An article without a price: the cashier types one."""

    def __init__(self, desk: Desk, article: Article, then: Callable[[int], object]) -> None:
        super().__init__(desk, Mode.PRICE, article, then)

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Price")

    @property
    def prompt(self) -> str:
        """Price of what."""
        return translate("Price of {name}", name=self._article.name)


class Weigh(_Asking):
    """A weighed article: the scale is asked at once, and a typed weight goes before its answer."""

    def __init__(self, desk: Desk, article: Article, then: Callable[[int], object]) -> None:
        super().__init__(desk, Mode.QTY, article, then)
        self._is_asked = False

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Weight")

    @property
    def prompt(self) -> str:
        """Weight of what."""
        return translate("Weight of {name} in {unit}", name=self._article.name, unit=self._unit)

    @property
    def _unit(self) -> str:
        return self._article.unit

    def legend(self) -> Legend:
        """Enter alone asks the scale again."""
        if self.desk.till.gear.scale is None:
            return super().legend()
        return (
            ("Enter", translate("weigh again, or the weight that was typed")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """The article, and whether the scale was asked."""
        rows = detail_rows(width, self._article)
        if self._is_asked:
            rows += row.wrapped(width, translate("Waiting for the scale…"), row.STRONG)
        return rows[:height]

    def opened(self) -> None:
        """Put it on the scale: that is all."""
        if self.desk.till.gear.scale is not None and not self._is_asked:
            self._is_asked = True
            self.desk.ask(self.desk.till.gear.weigh(), self._weighed, self._not_weighed)

    def on(self, intent: Intent) -> None:
        """Enter on an empty field weighs."""
        if isinstance(intent, Accept) and self.desk.till.gear.scale is not None:
            self.opened()
        else:
            super().on(intent)

    def _weighed(self, qty_milli: int) -> None:
        self._is_asked = False
        # Who has left, or typed meanwhile, does not want it any more.
        if self in self.desk.pages and self.entry.is_empty:
            self._done(qty_milli)

    def _not_weighed(self, error: TillError) -> None:
        self._is_asked = False
        if self in self.desk.pages:
            self.desk.refuse(error)


class AgeCheck(Question):
    """The buyer's age: *yes* holds for the whole receipt, *no* leaves the article out."""

    def __init__(self, desk: Desk, wanted: TillError, again: Callable[[], object]) -> None:
        text = translate(
            "{name}: only for buyers of {age} or older, born on {born} or before."
            " Have you made sure?",
            **wanted.params,
        )
        super().__init__(desk, text, self._confirmed)
        self._age = int(str(wanted.params["age"]))
        self._again = again

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Age of the buyer")

    def on(self, intent: Intent) -> None:
        """No is told to the office."""
        super().on(intent)
        if isinstance(intent, Cancel):
            self.desk.call(self.desk.till.refuse_age, self._age)

    def _confirmed(self) -> None:
        verb = partial(self.desk.till.confirm_age, self._age)
        self.desk.order(self.desk.till.engine.call(verb), lambda _: self._again())
