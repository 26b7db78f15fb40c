"""The shop's own discounts, to choose from instead of typing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import percent, zloty
from ui.keypad import Accept
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Scans

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sync.wire import Discount
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


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
        return translate("Discounts of the shop: choose one")

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
        """What each takes off."""
        texts = [f"{one.name}   -{_off(one)}" for one in self._found]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter takes the marked one."""
        if isinstance(intent, Accept):
            self.desk.close(self)
            self._take(self._found[self.marked])
        else:
            super().on(intent)


def _off(one: Discount) -> str:
    return percent(one.percent_bp) if one.percent_bp else f"{zloty(one.amount_gr)} zł"
