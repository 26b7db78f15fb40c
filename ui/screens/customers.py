"""Menu 9 1: customers, found by a piece of the name or the beginning of the tax number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept, Entry, Mode, Move, Other, Search
from ui.screens.data_sets import Details
from ui.screens.listing import Listing, marked_rows
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.sync.wire import Customer
    from ui.desk import Desk
    from ui.keypad import Intent
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
                title = translate("Customer")
                self.desk.open(Details(self.desk, title, self._found[self.marked]))
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
