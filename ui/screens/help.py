"""F1: the keys of the page that was on the screen; in a menu, what the marked entry does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.people.rights import NAMES
from terminal.sync.wire import Right
from ui.menu import below
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.menu import Choice
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Help(Page):
    """Explains the keys of ``page``; any key goes back."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(desk)
        self._page = page

    @property
    def title(self) -> str:
        """The heading names the page that is explained."""
        return translate("Help: {page}", page=self._page.title)

    def body(self, width: int, height: int) -> list[Row]:
        """One row a key, then what is the same everywhere."""
        return [row.row(width), *key_rows(width, self._page.legend())][:height]

    def on(self, intent: Intent) -> None:
        """Whatever is pressed, the help has been read."""
        del intent
        self.desk.close(self)


class EntryHelp(Help):
    """What an entry of the menu is for, its numbers, the right it needs, what is below it."""

    def __init__(self, desk: Desk, page: Page, choice: Choice, table: tuple[Choice, ...]) -> None:
        super().__init__(desk, page)
        self._choice = choice
        self._below = below(choice.path, table)

    @property
    def title(self) -> str:
        """The heading names the entry."""
        return translate("Help: {page}", page=translate(self._choice.title))

    def body(self, width: int, height: int) -> list[Row]:
        """The entry first, then the keys of every menu."""
        choice = self._choice
        rows = [row.row(width), *row.wrapped(width, translate(choice.help), row.STRONG)]
        for name, value in ((translate("Numbers"), " ".join(choice.path)), *self._needs()):
            rows.append(row.row(width, (f"  {row.fit(name, 12)}", row.TEXT), (value, row.STRONG)))
        rows.append(row.row(width))
        for one in self._below:
            number = (f"  {row.fit(' '.join(one.path), 12)}", row.STRONG)
            rows.append(row.row(width, number, (translate(one.title), row.TEXT)))
        return [*rows, row.row(width), *key_rows(width, self._page.legend())][:height]

    def _needs(self) -> list[tuple[str, str]]:
        if not self._choice.right:
            return []
        return [(translate("Permission"), translate(NAMES[Right(self._choice.right)]))]


def key_rows(width: int, legend: Legend) -> list[Row]:
    """The keys of a page, then those that are the same everywhere."""
    everywhere = (
        ("F10", translate("menu; type its numbers, for example 8 4 3")),
        ("F2", translate("price check")),
        ("Backspace", translate("erases the last character")),
        ("Esc", translate("erases the entry, then goes back")),
    )
    return [
        row.row(width, (f"  {row.fit(key, 12)}", row.STRONG), (meaning, row.TEXT))
        for key, meaning in (*legend, *everywhere)
    ]
