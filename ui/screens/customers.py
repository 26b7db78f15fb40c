"""Menu 9 1: customers, found by a piece of the name or the beginning of the tax number.

Enter and Enter again puts one on the receipt; ``#`` writes a new one down, by name and tax number.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept, Cycle, Entry, Mode, Move, Other, Search
from ui.screens.data_sets import Details
from ui.screens.listing import Listing, marked_rows
from ui.screens.question import Field, Question
from ui.screens.text_field import TextField
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.sync.wire import Customer
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

PAGE_CUSTOMERS = 50
_NEAR = 10


class Customers(Listing):
    """All of them until something is typed; the answer to an older question is thrown away."""

    refreshes = "customers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.NAME)
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
        """Search while typing; Enter shows the marked one."""
        match intent:
            case Search():
                self.marked = 0
                self.opened()
            case Move():
                super().on(intent)
                if self._found and not self._is_whole and self.marked >= self.count - _NEAR:
                    self._fetch(self._found[-1])
            case Accept() if self._found:
                self.desk.open(OneCustomer(self.desk, self._found[self.marked]))
            case Cycle():
                write_down(self.desk, "" if self.entry.text.isdigit() else self.entry.text)
            case Other():
                # There is nothing but names to type.
                self.entry = Entry(Mode.NAME)
            case _:
                super().on(intent)

    def _fetch(self, after: Customer | None) -> None:
        self._asked += 1
        find = self.desk.till.shelf.customers
        then = partial(self._arrived, self._asked, after)
        self.desk.look_up(then, find, self.entry.text, after, PAGE_CUSTOMERS)

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
        """On, or off."""
        receipt = self.desk.known.receipt
        is_on = receipt is not None and receipt.customer_id == self._one.id
        word = translate("take off the receipt") if is_on else translate("put on the receipt")
        return (("Enter", word), *super().legend())

    def on(self, intent: Intent) -> None:
        """Enter goes back to the sale."""
        if not isinstance(intent, Accept):
            super().on(intent)
            return
        receipt = self.desk.known.receipt
        if receipt is not None and receipt.customer_id == self._one.id:
            self.desk.call(self.desk.till.set_customer, "")
            self.desk.home()
        else:
            put_on_receipt(self.desk, self._one)


def put_on_receipt(desk: Desk, one: Customer) -> None:
    """Put a customer on the receipt; whether their tax number goes there, too, is asked."""

    def done(_: object) -> None:
        desk.home()
        receipt = desk.known.receipt
        if one.nip and not (receipt and receipt.nip):
            text = translate("Put the NIP {nip} on the receipt, too?", nip=one.nip)
            desk.open(Question(desk, text, lambda: desk.call(desk.till.set_nip, one.nip)))

    desk.order(desk.till.engine.call(desk.till.set_customer, one.id), done)


def write_down(desk: Desk, name: str = "") -> None:
    """Ask for name and tax number of a new customer, who is then put on the receipt."""
    title = translate("New customer")

    def numbered(name: str, nip: str) -> None:
        create = desk.till.engine.call(desk.till.clients.create, name, nip)
        desk.order(create, partial(put_on_receipt, desk))

    def named(name: str) -> None:
        prompt = translate("NIP (empty: none)")
        desk.open(Field(desk, f"{title}: {name}", prompt, partial(numbered, name)))

    desk.open(TextField(desk, title, translate("Name"), named, text=name))
