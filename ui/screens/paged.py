"""A list that is searched while typing and fetched in parts, the newest or first ones first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from terminal.i18n import translate
from ui.keypad import Accept, Entry, Mode, Move, Other, Search
from ui.screens.listing import Listing, marked_rows
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.widgets.row import Row

T = TypeVar("T")
PAGE_ROWS = 50
_NEAR = 10


class Paged(Listing, Generic[T]):
    """``find`` and ``text`` say what is listed; the answer to an older question is thrown away."""

    nothing = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.NAME)
        self._found: list[T] | None = None
        self._is_whole = True
        self._asked = 0

    def find(self, text: str, after: T | None) -> list[T]:
        """A part of the list; on the lookup thread."""
        raise AssertionError(text, after)

    def text(self, one: T, width: int) -> str:
        """One of them in a line."""
        raise AssertionError(one, width)

    def chosen(self, one: T) -> None:
        """Enter on one of them."""
        raise AssertionError(one)

    @property
    def count(self) -> int:
        """How many were found."""
        return len(self._found or ())

    def opened(self) -> None:
        """Look for what the field holds."""
        self._fetch(None)

    def refreshed(self) -> None:
        """Show what is there now."""
        self._fetch(None)

    def head(self, width: int) -> list[Row]:
        """Rows above the list."""
        del width
        return []

    def body(self, width: int, height: int) -> list[Row]:
        """A line each."""
        head = self.head(width)
        if self._found is None:
            return [*head, *row.wrapped(width, translate("Please wait…"))]
        if not self._found:
            return [*head, *row.wrapped(width, translate(self.nothing), row.WARN)]
        texts = [self.text(one, width - 2) for one in self._found]
        return [*head, *marked_rows(width, max(1, height - len(head)), texts, self.marked)]

    def on(self, intent: Intent) -> None:
        """Search while typing, choose."""
        match intent:
            case Search():
                self.marked = 0
                self._fetch(None)
            case Move():
                super().on(intent)
                if self._found and not self._is_whole and self.marked >= self.count - _NEAR:
                    self._fetch(self._found[-1])
            case Accept() if self._found:
                self.chosen(self._found[self.marked])
            case Other():
                # There is nothing but names to type.
                self.entry = Entry(Mode.NAME)
            case _:
                super().on(intent)

    def _fetch(self, after: T | None) -> None:
        self._asked += 1
        then = partial(self._arrived, self._asked, after)
        # Whoever types a name and Enter at once means what that name finds, not what was marked.
        found = self.desk.till.lookup.call(self.find, self.entry.text.strip(), after)
        self.desk.order(found, then)

    def _arrived(self, asked: int, after: T | None, found: list[T]) -> None:
        if asked == self._asked:
            self._found = [*(self._found or ()), *found] if after else found
            self._is_whole = len(found) < PAGE_ROWS
            self.marked = max(0, min(self.marked, self.count - 1))
