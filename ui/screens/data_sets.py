"""Menu 8 1: every data set that the office sent, its rows, and one row in full. Changes nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.sync.datasets import DATA_SETS
from ui.facts import facts, headline
from ui.keypad import Accept, Move
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Page
from ui.widgets import row
from ui.words import SETS, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from msgspec import Struct

    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

PAGE_ROWS = 100
_NEAR = 20
_NAME_WIDTH = 30
_NAMES = tuple(DATA_SETS)


class DataSets(Listing):
    """One row a set, with how many rows it has."""

    refreshes = "all"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._counts: Mapping[str, int] = {}

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Terminal settings (view)")

    @property
    def count(self) -> int:
        """How many sets there are."""
        return len(_NAMES)

    def opened(self) -> None:
        """Count."""
        self.desk.look_up(self._arrived, self.desk.till.shelf.counts)

    refreshed = opened

    def body(self, width: int, height: int) -> list[Row]:
        """Names and numbers."""
        texts = [
            f"{row.fit(word(SETS, name), _NAME_WIDTH)} {self._counts.get(name, 0):>8}"
            for name in _NAMES
        ]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter opens the set."""
        if isinstance(intent, Accept):
            self.desk.open(Rows(self.desk, _NAMES[self.marked]))
        else:
            super().on(intent)

    def _arrived(self, counts: Mapping[str, int]) -> None:
        self._counts = counts


class Rows(Listing):
    """The rows of one set in the order of their ids; more are fetched near the last one."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk)
        self._name = name
        self._rows: list[Struct] = []
        self._is_whole = False
        self._is_loading = True
        self.refreshes = DATA_SETS[name].entry

    @property
    def title(self) -> str:
        """The heading."""
        return word(SETS, self._name)

    @property
    def count(self) -> int:
        """Rows fetched so far."""
        return len(self._rows)

    def opened(self) -> None:
        """Fetch the first."""
        self._fetch("")

    refreshed = opened

    def body(self, width: int, height: int) -> list[Row]:
        """A line each."""
        if not self._rows:
            text = translate("Please wait…") if self._is_loading else translate("Nothing here")
            return row.wrapped(width, text)
        return marked_rows(width, height, [headline(one) for one in self._rows], self.marked)

    def on(self, intent: Intent) -> None:
        """Details, more."""
        match intent:
            case Accept() if self._rows:
                self.desk.open(Details(self.desk, self.title, self._rows[self.marked]))
            case Move():
                super().on(intent)
                is_near = self.marked >= self.count - _NEAR
                if is_near and not self._is_whole and not self._is_loading:
                    self._fetch(str(getattr(self._rows[-1], "id", "")))
            case _:
                super().on(intent)

    def _fetch(self, after: str) -> None:
        self._is_loading = True
        find = self.desk.till.shelf.rows
        self.desk.look_up(partial(self._arrived, after), find, self._name, after, PAGE_ROWS)

    def _arrived(self, after: str, rows: list[Struct]) -> None:
        self._is_loading = False
        self._rows = [*self._rows, *rows] if after else rows
        self._is_whole = len(rows) < PAGE_ROWS
        self.marked = max(0, min(self.marked, self.count - 1))


class Details(Page):
    """One row, field by field."""

    def __init__(self, desk: Desk, title: str, shown: Struct) -> None:
        super().__init__(desk)
        self._title = title
        self._facts = facts(shown)
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    def legend(self) -> Legend:
        """Look and leave."""
        return (("↑ ↓", translate("scroll")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """A fact a row, long ones in several."""
        rows = [row.row(width)]
        for label, value in self._facts:
            first, *more = row.wrapped(width - _NAME_WIDTH, value, row.STRONG)
            rows.append(row.row(width, (f" {row.fit(label, _NAME_WIDTH - 1)}", row.TEXT), *first))
            rows += [row.row(width, (" " * _NAME_WIDTH, row.TEXT), *line) for line in more]
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :]

    def on(self, intent: Intent) -> None:
        """Scroll, or leave."""
        match intent:
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Accept():
                self.desk.close(self)
            case _:
                super().on(intent)
