"""Quick keys and the tree of categories: numbered cells, of which two digits choose one.

``,`` on an empty code opens the quick keys, and there once more the categories. One digit and Enter
will do as well; a quantity that was typed before (``3*``) goes with whatever is chosen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Entry, Mode, Move, Text
from ui.screens.articles import sell_article
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.store.grid import Cell
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

PER_PAGE = 36
_DIGITS = 2
_COLUMNS_MAX = 5
_PRICE = 9
_NUMBER = 3


class Grid(Page, ABC):
    """Cells on pages; what is chosen is sold, or is a category and opens another grid."""

    acts_at_once = True

    def __init__(self, desk: Desk, times_milli: int | None) -> None:
        super().__init__(desk, Mode.DIGITS)
        self._times_milli = times_milli
        self._cells: list[Cell] | None = None
        self._page = 0

    @property
    @abstractmethod
    def name(self) -> str:
        """What the heading calls it."""

    @property
    def title(self) -> str:
        """The name, and which page it is of how many."""
        if len(self._pages) < 2:  # noqa: PLR2004 - one page needs no number
            return self.name
        page = translate("page {page} of {pages}", page=self._page + 1, pages=len(self._pages))
        return f"{self.name}   {page}"

    @property
    def prompt(self) -> str:
        """How many of what is chosen."""
        times = "" if self._times_milli is None else f"{quantity(self._times_milli)} × "
        return times + translate("Number")

    def legend(self) -> Legend:
        """How to choose."""
        pages = (("↑ ↓", translate("page")),) if len(self._pages) > 1 else ()
        return (
            ("01-99", translate("choose")),
            *pages,
            (",", translate("categories")),
            ("Esc", translate("back")),
        )

    @property
    def _pages(self) -> list[int]:
        return sorted({cell.page for cell in self._cells or ()})

    def body(self, width: int, height: int) -> list[Row]:
        """Column by column; narrow cells have no room for a price."""
        if self._cells is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self._cells:
            return row.wrapped(width, translate("Nothing here"), row.WARN)
        here = [cell for cell in self._cells if cell.page == self._pages[self._page]]
        columns = next(n for n in range(2, _COLUMNS_MAX + 1) if n * height >= len(here))
        deep, wide = -(-len(here) // columns), width // columns
        return [
            row.row(
                width,
                *(span for cell in here[line::deep] for span in _cell(cell, wide, columns)),
            )
            for line in range(deep)
        ]

    def press(self, key: str) -> None:
        """The second digit chooses at once."""
        if key == ",":
            self.desk.open(Category(self.desk, self._times_milli))
            return
        super().press(key)
        if len(self.entry.text) == _DIGITS:
            self._choose(self.entry.text)

    def on(self, intent: Intent) -> None:
        """One digit and Enter will do as well."""
        match intent:
            case Text(_, digits):
                self._choose(digits)
            case Accept():
                return
            case Move(steps):
                last = len(self._pages) - 1
                self._page = max(0, min(last, self._page + (1 if steps > 0 else -1)))
            case _:
                super().on(intent)

    def _arrived(self, cells: list[Cell]) -> None:
        self._cells = cells

    def _choose(self, digits: str) -> None:
        self.entry = Entry(Mode.DIGITS)
        if not self._cells:
            return
        place = self._pages[self._page], int(digits)
        chosen = next((cell for cell in self._cells if (cell.page, cell.number) == place), None)
        if chosen is None:
            self.desk.refuse_text(translate("There is nothing at {number}", number=digits))
        elif chosen.article is None:
            self.desk.open(Category(self.desk, self._times_milli, chosen))
        else:
            self.desk.home()
            sell_article(self.desk, chosen.article, self._times_milli)


class QuickKeys(Grid):
    """Numbers 1 to 99 that the shop has given out; a shop without any has its categories."""

    @property
    def name(self) -> str:
        """The heading."""
        return translate("Quick keys")

    def opened(self) -> None:
        """Look them up; digits typed ahead wait for the answer."""
        till = self.desk.till
        self.desk.order(till.lookup.call(till.shelf.quick_keys), self._arrived)

    def _arrived(self, cells: list[Cell]) -> None:
        super()._arrived(cells)
        if not cells and self.desk.page is self:
            self.desk.close(self)
            self.desk.open(Category(self.desk, self._times_milli))


class Category(Grid):
    """What lies below one category, or at the top."""

    def __init__(self, desk: Desk, times_milli: int | None, cell: Cell | None = None) -> None:
        super().__init__(desk, times_milli)
        self._id = cell.category if cell else ""
        self._name = cell.label if cell else ""

    @property
    def name(self) -> str:
        """The heading."""
        return self._name or translate("Categories")

    def opened(self) -> None:
        """Look it up; digits typed ahead wait for the answer."""
        till = self.desk.till
        call = till.lookup.call(till.shelf.in_category, self._id, PER_PAGE)
        self.desk.order(call, self._arrived)


def _cell(cell: Cell, width: int, columns: int) -> tuple[row.Span, ...]:
    number = (f" {cell.number:02}", row.STRONG)
    if cell.article is None:
        return number, (f" {row.fit(f'{cell.label} >', width - _NUMBER - 1)}", row.TITLE)
    is_wide = columns == 2  # noqa: PLR2004 - two columns leave room
    price = "?" if cell.article.is_open_price else zloty(cell.article.price_gr)
    tail = row.fit(price, _PRICE, right=True) if is_wide else ""
    label = row.fit(cell.label, width - _NUMBER - 1 - len(tail))
    return number, (f" {label}{tail}", row.TEXT)
