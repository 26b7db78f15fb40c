"""Menu 9 1: customers, found by a piece of the name or the beginning of the tax number.

Enter and Enter again puts one on the receipt; ``#`` writes a new one down, or changes one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept, Cycle, Entry, Mode, Move, Other, Search
from ui.screens.attachments import Attachments
from ui.screens.customer_form import CustomerForm, write_down
from ui.screens.data_sets import Details
from ui.screens.drafting import begin
from ui.screens.listing import Listing, marked_rows
from ui.screens.question import Choices, Question
from ui.screens.visit_verbs import plan
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sync.wire import Customer
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

PAGE_CUSTOMERS = 50
_NEAR = 10


class Customers(Listing):
    """All of them until something is typed; the answer to an older question is thrown away.

    ``take`` is told who was chosen, where somebody is asked for; without it they are looked at.
    """

    refreshes = "customers"

    def __init__(self, desk: Desk, take: Callable[[Customer], object] | None = None) -> None:
        super().__init__(desk, Mode.NAME)
        self._take = take
        self._found: list[Customer] | None = None
        self._is_whole = True
        self._asked = 0

    @property
    def title(self) -> str:
        """The heading says how to type."""
        return translate("Customers: a piece of the name, or the beginning of the NIP")

    @property
    def prompt(self) -> str:
        """What is looked for."""
        return translate("Customer")

    @property
    def count(self) -> int:
        """How many were found."""
        return len(self._found or ())

    def opened(self) -> None:
        """Look for what the field holds."""
        self._fetch(None)

    refreshed = opened

    def legend(self) -> Legend:
        """A new one, too."""
        if self._take is not None:
            return (
                ("Enter", translate("choose")),
                ("#", translate("new customer")),
                ("Esc", translate("back")),
            )
        return (*super().legend(), ("#", translate("new customer")))

    def body(self, width: int, height: int) -> list[Row]:
        """Name, town, tax number."""
        if self._found is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self._found:
            return row.wrapped(width, translate("No customer has this"), row.WARN)
        room = max(20, width - 38)
        texts = [
            f"{row.fit(one.name, room)} {row.fit(one.city, 20)} {one.nip:>12}"
            for one in self._found
        ]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Search while typing; Enter shows the marked one, or takes it."""
        match intent:
            case Search():
                self.marked = 0
                self.opened()
            case Move():
                super().on(intent)
                if self._found and not self._is_whole and self.marked >= self.count - _NEAR:
                    self._fetch(self._found[-1])
            case Accept() if self._found:
                self._choose(self._found[self.marked])
            case Cycle():
                name = "" if self.entry.text.isdigit() else self.entry.text
                write_down(self.desk, self._written, name)
            case Other():
                # There is nothing but names to type.
                self.entry = Entry(Mode.NAME)
                self.opened()
            case _:
                super().on(intent)

    def _choose(self, one: Customer) -> None:
        if self._take is None:
            self.desk.open(OneCustomer(self.desk, one))
        else:
            self.desk.close(self)
            self._take(one)

    def _written(self, one: Customer) -> None:
        """Whoever was just written down at the counter is on the receipt, else looked at."""
        if self._take is None and self.desk.known.has_lines:
            put_on_receipt(self.desk, one)
        else:
            self.opened()
            self._choose(one)

    def _fetch(self, after: Customer | None) -> None:
        self._asked += 1
        find = self.desk.till.shelf.customers
        then = partial(self._arrived, self._asked, after)
        # Whoever types a name and Enter at once means what that name finds, not who was marked.
        found = self.desk.till.lookup.call(find, self.entry.text, after, PAGE_CUSTOMERS)
        self.desk.order(found, then)

    def _arrived(self, asked: int, after: Customer | None, found: list[Customer]) -> None:
        if asked == self._asked:
            self._found = [*(self._found or ()), *found] if after else found
            self._is_whole = len(found) < PAGE_CUSTOMERS
            self.marked = max(0, min(self.marked, self.count - 1))


class OneCustomer(Details):
    """All that is known of a customer; Enter puts them on the receipt, or takes them off."""

    def __init__(self, desk: Desk, one: Customer) -> None:
        super().__init__(desk, translate("Customer"), one)
        self._one = one

    def legend(self) -> Legend:
        """On, or off; change; what else is done with a customer."""
        receipt = self.desk.known.receipt
        is_on = receipt is not None and receipt.customer_id == self._one.id
        word = translate("take off the receipt") if is_on else translate("put on the receipt")
        return (
            ("Enter", word),
            ("#", translate("change")),
            ("*", translate("order, visit, notes")),
            *super().legend(),
        )

    def on(self, intent: Intent) -> None:
        """Enter goes back to the sale."""
        match intent:
            case Accept():
                self._put_on_or_off()
            case Cycle():
                self.desk.open(CustomerForm(self.desk, self._one, self._changed))
            case Other():
                self.desk.open(Choices(self.desk, self._one.name, self._deeds()))
            case _:
                super().on(intent)

    def _put_on_or_off(self) -> None:
        receipt = self.desk.known.receipt
        if receipt is not None and receipt.customer_id == self._one.id:
            self.desk.call(self.desk.till.set_customer, "")
            self.desk.home()
        else:
            put_on_receipt(self.desk, self._one)

    def _deeds(self) -> list[tuple[str, Callable[[], object]]]:
        desk, one = self.desk, self._one
        return [
            (translate("New order (ZS)"), lambda: begin(desk, "ZS", one)),
            (translate("New quote (OS)"), lambda: begin(desk, "OS", one)),
            (translate("Plan a visit"), lambda: plan(desk, one)),
            (
                translate("Notes and attachments"),
                lambda: desk.open(Attachments(desk, "customer", one.id, one.name)),
            ),
        ]

    def _changed(self, one: Customer) -> None:
        self.desk.close(self)
        for page in self.desk.pages:
            if isinstance(page, Customers):
                page.refreshed()
        self.desk.open(OneCustomer(self.desk, one))


def put_on_receipt(desk: Desk, one: Customer) -> None:
    """Put a customer on the receipt; whether their tax number goes there, too, is asked."""

    def done(_: object) -> None:
        desk.home()
        receipt = desk.known.receipt
        if one.nip and not (receipt and receipt.nip):
            text = translate("Put the NIP {nip} on the receipt, too?", nip=one.nip)
            desk.open(Question(desk, text, lambda: desk.call(desk.till.set_nip, one.nip)))

    desk.order(desk.till.engine.call(desk.till.set_customer, one.id), done)
