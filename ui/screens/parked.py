"""Menu 6 and F7: the list of parked receipts, and what is done with the one that is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate
from ui.amounts import zloty
from ui.keypad import Accept, Key
from ui.screens.listing import Listing, marked_rows
from ui.screens.question import Question
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.parked.bills import Bill
    from terminal.sale.repricing import PriceChange
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_NAME, _TIME, _TOTAL, _OPERATOR = 20, 11, 10, 12
_PRICES_SHOWN = 4


class Parked(Listing):
    """Each row a name, with the receipt that lies under it; ``chosen`` gets the marked one.

    Where ``needs_lines``, only names with a receipt are shown.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        chosen: Callable[[Desk, Bill], object],
        *,
        needs_lines: bool = False,
    ) -> None:
        super().__init__(desk)
        self._title = title
        self._chosen = chosen
        self._needs_lines = needs_lines
        self._bills: list[Bill] | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return translate(self._title)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._bills or ())

    def legend(self) -> Legend:
        """Choose and go."""
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("this one")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Ask what lies aside; keys typed ahead choose from the answer."""
        self.desk.order(self.desk.till.engine.call(self.desk.till.parking.bills), self._arrived)

    def told(self, event: object) -> bool:
        """The list follows what is parked and taken up."""
        if isinstance(event, events.ParkingChanged):
            self.opened()
        return False

    def body(self, width: int, height: int) -> list[Row]:
        """Name, time, total, first item, operator."""
        if self._bills is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self._bills:
            return row.wrapped(width, translate("No receipt is parked"))
        return marked_rows(width, height, [_text(width, bill) for bill in self._bills], self.marked)

    def on(self, intent: Intent) -> None:
        """Enter does what the page is for; F7 leaves the list it opened."""
        match intent:
            case Accept() if self._bills:
                self._chosen(self.desk, self._bills[self.marked])
            case Key("recall"):
                self.desk.close(self)
            case _:
                super().on(intent)

    def _arrived(self, bills: list[Bill]) -> None:
        self._bills = [bill for bill in bills if bill.lying or not self._needs_lines]
        self.marked = max(0, min(self.marked, self.count - 1))


def recall(desk: Desk) -> Parked:
    """Menu 6 2 and F7: take one up; what is on the screen is parked."""
    return Parked(desk, _("Parked receipts: take one up"), _switch)


def join(desk: Desk) -> Parked:
    """Menu 6 4: put another onto the receipt on the screen."""
    title = _("Merge: the lines of which receipt come onto this one?")
    return Parked(desk, title, _ask_merge, needs_lines=True)


def discard(desk: Desk) -> Parked:
    """Menu 6 5: give one up."""
    return Parked(desk, _("Delete a parked receipt"), _ask_drop)


def park(desk: Desk) -> None:
    """F6: lay the receipt on the screen aside."""

    def parked(name: str) -> None:
        desk.home()
        desk.say(translate("Parked: {name}. F7 takes it up again", name=name))

    desk.order(desk.till.engine.call(desk.till.parking.park), parked)


def _switch(desk: Desk, bill: Bill) -> None:
    def switched(changes: tuple[PriceChange, ...]) -> None:
        desk.home()
        if changes:
            _ask_prices(desk, changes)

    desk.order(desk.till.engine.call(desk.till.parking.switch, bill.name), switched)


def _ask_prices(desk: Desk, changes: tuple[PriceChange, ...]) -> None:
    told = [f"{it.name} {zloty(it.old_gr)} → {zloty(it.new_gr)}" for it in changes]
    more = ", …" if len(told) > _PRICES_SHOWN else ""
    text = translate(
        "Prices have changed since: {changes}. Take those of today? No: the old ones stay.",
        changes=", ".join(told[:_PRICES_SHOWN]) + more,
    )
    desk.open(Question(desk, text, partial(desk.call, desk.till.parking.reprice)))


def _ask_merge(desk: Desk, bill: Bill) -> None:
    total = zloty(bill.lying.total_gr) if bill.lying else ""
    text = translate(
        "Put the lines of {name} ({total}) onto this receipt? Discounts on a whole receipt become"
        " discounts on its lines: together they owe the same.",
        name=bill.name,
        total=total,
    )
    desk.open(Question(desk, text, partial(_do, desk, desk.till.parking.merge, bill.name)))


def _ask_drop(desk: Desk, bill: Bill) -> None:
    if bill.lying:
        total = zloty(bill.lying.total_gr)
        text = translate(
            "Cancel the parked receipt {name} ({total})? It stays in the journal.",
            name=bill.name,
            total=total,
        )
    else:
        text = translate("Take {name} off the list?", name=bill.name)
    desk.open(Question(desk, text, partial(desk.call, desk.till.parking.drop, bill.name)))


def _do(desk: Desk, verb: Callable[[str], object], name: str) -> None:
    desk.order(desk.till.engine.call(verb, name), lambda _: desk.home())


def _text(width: int, bill: Bill) -> str:
    name = row.fit(bill.name, _NAME)
    lying = bill.lying
    if lying is None:
        return f"{name} {translate('on the screen') if bill.is_on_screen else ''}"
    when = lying.opened_at[5:16].replace("T", " ")
    room = max(8, width - _NAME - _TIME - _TOTAL - _OPERATOR - 9)
    others = f" +{lying.items - 1}" if lying.items > 1 else ""
    first = row.fit(lying.first, room - len(others)) + others
    return (
        f"{name} {when} {zloty(lying.total_gr):>{_TOTAL}}  {first}"
        f" {row.fit(lying.operator, _OPERATOR)}"
    )


def parked_words(count: int) -> str:
    """How many receipts lie aside."""
    return ntranslate("{count} parked", "{count} parked", count)
