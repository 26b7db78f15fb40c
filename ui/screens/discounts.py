"""Discounts and mark-ups: what a typed one means, and the shop's own to choose from instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import percent, zloty
from ui.keypad import Accept, Mode
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Scans

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import Discount
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def reduction_prompt(mode: Mode, name: str) -> str:
    """What is asked for ``name``, an article or the receipt."""
    match mode:
        case Mode.PERCENT:
            return translate("Discount (%) on {name}", name=name)
        case Mode.OFF:
            return translate("Discount in zł on {name}", name=name)
        case Mode.PERCENT_ON:
            return translate("Mark-up (%) on {name}", name=name)
        case _:
            return translate("Mark-up in zł on {name}", name=name)


def reduction_legend() -> Legend:
    """The keys while a discount or mark-up is asked for."""
    return (
        ("Enter", translate("confirm, or choose from the list")),
        ("*", translate("%, zł, mark-up")),
        ("#", translate("next field")),
    )


def reduction(mode: Mode, value: int) -> dict[str, int]:
    """A typed discount as the till's verbs take it; a mark-up is one below nothing."""
    sign = -1 if mode in {Mode.PERCENT_ON, Mode.ON} else 1
    name = "percent_bp" if mode in {Mode.PERCENT, Mode.PERCENT_ON} else "amount_gr"
    return {name: sign * value}


def reduction_words(reduced: Line | Receipt) -> str:
    """What it is called: the shop's own name, or discount or mark-up; with its share, once."""
    word = translate("Discount") if reduced.discount_gr > 0 else translate("Mark-up")
    name = reduced.discount_name or word
    has_share = reduced.percent_bp and "%" not in name
    return f"{name} {percent(abs(reduced.percent_bp))}" if has_share else name


def choose_discount(desk: Desk, scope: str, take: Callable[[Discount], object]) -> None:
    """Let the cashier choose among today's discounts for a ``line`` or a ``receipt``."""

    def arrived(found: list[Discount]) -> None:
        fitting = [one for one in found if one.scope == scope]
        if fitting:
            desk.open(Discounts(desk, fitting, take))
        else:
            desk.refuse(Rejected(Code.BAD_AMOUNT))

    desk.look_up(arrived, desk.till.shelf.discounts)


class Discounts(Listing):
    """``take`` is told which one was chosen."""

    scans = Scans.IGNORE

    def __init__(
        self, desk: Desk, found: list[Discount], take: Callable[[Discount], object]
    ) -> None:
        super().__init__(desk)
        self._found = found
        self._take = take

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Discounts and mark-ups of the shop: choose one")

    @property
    def count(self) -> int:
        """How many may be given."""
        return len(self._found)

    def legend(self) -> Legend:
        """Choose and take."""
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("take")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """What each takes off or puts on."""
        texts = [f"{one.name}   {_worth(one)}" for one in self._found]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter takes the marked one."""
        if isinstance(intent, Accept):
            self.desk.close(self)
            self._take(self._found[self.marked])
        else:
            super().on(intent)


def _worth(one: Discount) -> str:
    sign = "+" if one.is_markup else "-"
    worth = percent(one.percent_bp) if one.percent_bp else f"{zloty(one.amount_gr)} zł"
    return sign + worth
