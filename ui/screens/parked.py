"""Menu 6 and F7: the list of parked receipts, and what is done with the one that is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code
from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate
from ui.amounts import zloty
from ui.keypad import Accept, Key
from ui.screens.listing import Listing, marked_rows
from ui.screens.question import Question
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from terminal.parked.bills import Bill
    from terminal.sale.repricing import PriceChange
    from terminal.sync.wire import SharedHead
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_NAME, _TIME, _TOTAL, _OPERATOR = 20, 11, 10, 12
_PRICES_SHOWN = 4


class Parked(Listing):
    """Each row a name, with the receipt that lies under it; ``chosen`` gets the marked one.

    Where ``needs_lines``, only names with a receipt are shown. What other tills have parked follows
    below; F5 asks the office once more.
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
        self._offered: list[SharedHead] = []

    @property
    def title(self) -> str:
        """The heading."""
        return translate(self._title)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._bills or ()) + len(self._offered)

    def legend(self) -> Legend:
        """Choose and go."""
        fetch = (("F5", translate("refresh")),) if self._is_shared else ()
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("this one")),
            *fetch,
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Ask what lies aside, here and at the office, which nobody waits for."""
        self._look()
        self._ask_office()

    def told(self, event: object) -> bool:
        """The list follows what is parked and taken up."""
        if isinstance(event, events.ParkingChanged):
            self._look()
        return False

    def body(self, width: int, height: int) -> list[Row]:
        """Name, time, total, first item, operator."""
        if self._bills is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self.count:
            return row.wrapped(width, translate("No receipt is parked"))
        texts = [_text(width, bill) for bill in self._bills]
        texts += [_shared_text(width, head) for head in self._offered]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter does what the page is for; F7 leaves the list it opened."""
        match intent:
            case Accept() if self.count:
                self._choose()
            case Key("refresh") if self._is_shared:
                self._ask_office()
            case Key("recall"):
                self.desk.close(self)
            case _:
                super().on(intent)

    @property
    def _is_shared(self) -> bool:
        settings = self.desk.known.settings
        return settings is not None and settings.parking_shared

    def _look(self) -> None:
        """Keys typed ahead choose from the answer."""
        self.desk.order(self.desk.till.engine.call(self.desk.till.parking.bills), self._arrived)

    def _ask_office(self) -> None:
        if self._is_shared:
            self.desk.ask(self.desk.till.sharing.offered(), self._offered_came, self._no_office)

    def _choose(self) -> None:
        """What the office holds is fetched first: another till may be quicker."""
        bills, take = self._bills or [], self.desk.till.sharing.take
        if self.marked >= len(bills):
            head = self._offered[self.marked - len(bills)]
            self.desk.order(take(head.share, head.operator_id, head.name), self._fetched)
            return
        bill = bills[self.marked]
        if bill.lying and bill.lying.share:
            taking = take(bill.lying.share, bill.lying.operator_id, bill.name)
            self.desk.order(taking, self._fetched)
        else:
            self._chosen(self.desk, bill)

    def _fetched(self, name: str) -> None:
        """It lies here now: go on with it as with every other."""

        def choose(bills: list[Bill]) -> None:
            self._offered = []
            self._arrived(bills)
            for no, bill in enumerate(self._bills or ()):
                if bill.name == name:
                    self.marked = no
                    self._chosen(self.desk, bill)

        self.desk.order(self.desk.till.engine.call(self.desk.till.parking.bills), choose)

    def _offered_came(self, offered: list[SharedHead]) -> None:
        self._offered = offered

    def _no_office(self, error: TillError) -> None:
        self._offered = []
        if error.code is Code.NO_NETWORK:
            text = translate("The office does not answer: only receipts of this till are shown")
            self.desk.refuse_text(text)
        else:
            self.desk.refuse(error)

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


def print_bill(desk: Desk) -> None:
    """Menu 6 6: the receipt on the screen on paper, which is not fiscal."""
    desk.home()

    def printed(_answer: object) -> None:
        desk.say(translate("The bill is being printed"))

    desk.ask(desk.till.engine.call(desk.till.bill.print), printed)


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
    lying = bill.lying
    if lying is None:
        on_screen = translate("on the screen") if bill.is_on_screen else ""
        return f"{row.fit(bill.name, _NAME)} {on_screen}"
    found = (lying.opened_at, lying.total_gr, lying.first, lying.items)
    return _columns(width, bill.name, lying.operator, *found)


def _shared_text(width: int, head: SharedHead) -> str:
    found = (head.opened_at, head.total_gr, head.first, head.items)
    return _columns(width, head.name, f"{head.terminal} {head.operator}", *found)


def _columns(
    width: int, name: str, operator: str, at: str, total_gr: int, first: str, items: int
) -> str:
    when = at[5:16].replace("T", " ")
    room = max(8, width - _NAME - _TIME - _TOTAL - _OPERATOR - 9)
    others = f" +{items - 1}" if items > 1 else ""
    first = row.fit(first, room - len(others)) + others
    return (
        f"{row.fit(name, _NAME)} {when:<{_TIME}} {zloty(total_gr):>{_TOTAL}}  {first}"
        f" {row.fit(operator, _OPERATOR)}"
    )


def parked_words(count: int) -> str:
    """How many receipts lie aside."""
    return ntranslate("{count} parked", "{count} parked", count)
