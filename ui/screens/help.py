"""F1: the keys of the page that was on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
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
        everywhere = (
            ("F10", translate("menu; type its numbers, for example 8 4 3")),
            ("F2", translate("price check")),
            ("Backspace", translate("erases the last character")),
            ("Esc", translate("erases the entry, then goes back")),
        )
        rows = [row.row(width)]
        for key, meaning in (*self._page.legend(), *everywhere):
            rows.append(row.row(width, (f"  {row.fit(key, 12)}", row.STRONG), (meaning, row.TEXT)))
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Whatever is pressed, the help has been read."""
        del intent
        self.desk.close(self)
