"""The last question of a return, complaint or mistake: how much goes back, and in which way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Accept, Mode, Number, Other
from ui.screens.given import in_words, taken_rows
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.entries import Case, Offer, Wish
    from terminal.sync.wire import ReturnDoc
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Refunding(Page):
    """Nothing is written before Enter; ``then`` hears of the entry."""

    scans = Scans.IGNORE

    def __init__(
        self, desk: Desk, case: Case, wish: Wish, then: Callable[[ReturnDoc], object]
    ) -> None:
        super().__init__(desk, Mode.NONE if wish.entry == "return" else Mode.AMOUNT)
        self._case = case
        self._wish = wish
        self._then = then
        self._offer: Offer | None = None
        self._way = 0

    @property
    def title(self) -> str:
        """What is to be given back."""
        total = zloty(self._offer.total_gr) if self._offer else ""
        return translate("To be given back: {total} zł", total=total)

    @property
    def prompt(self) -> str:
        """A complaint may be settled with less."""
        return translate("Another amount") if self.entry.mode is Mode.AMOUNT else ""

    def legend(self) -> Legend:
        """Another way, and the end."""
        way = (("*", translate("another way")),) if self._offer and self._offer.ways[1:] else ()
        return (("Enter", translate("give back")), *way, ("Esc", translate("back")))

    def opened(self) -> None:
        """Ask what it comes to."""
        self._ask(self._wish)

    def body(self, width: int, height: int) -> list[Row]:
        """The goods, and the ways with the chosen one marked."""
        if self._offer is None:
            return row.wrapped(width, translate("Please wait…"))
        rows = [row.row(width)]
        for no, way in enumerate(self._offer.ways):
            is_marked = no == self._way
            style = row.MARK if is_marked else row.TEXT
            rows.append(row.row(width, (f"{'>' if is_marked else ' '} {in_words(way)}", style)))
        rows.append(row.row(width))
        rows += row.wrapped(width, f"{translate('Reason')}: {self._wish.reason}")
        if self._wish.customer:
            rows += row.wrapped(width, f"{translate('Customer')}: {self._wish.customer}")
        room = max(1, height - len(rows) - 1)
        return [row.row(width), *taken_rows(width, self._offer.lines)[:room], *rows]

    def on(self, intent: Intent) -> None:
        """Enter writes it down; a way or an amount may be changed before."""
        match intent:
            case Accept() if self._offer:
                till = self.desk.till
                call = till.engine.call(till.returns.enter, self._case, self._wish, self._way)
                self.desk.order(call, self._then)
            case Other() if self._offer:
                self._way = (self._way + 1) % len(self._offer.ways)
            case Number(_, value):
                self._ask(replace(self._wish, amount_gr=value))
            case _:
                super().on(intent)

    def _ask(self, wish: Wish) -> None:
        call = self.desk.till.engine.call(self.desk.till.returns.offer, self._case, wish)

        def offered(offer: Offer) -> None:
            self._wish, self._offer, self._way = wish, offer, 0

        self.desk.order(call, offered)
