"""Lists with a marked row that up and down move; F5 fetches what they show from the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.exchanging import refresh
from ui.keypad import Key, Mode, Move
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def window(count: int, marked: int, height: int) -> range:
    """Which of ``count`` rows are visible so that ``marked`` is, as low as possible."""
    first = max(0, min(marked - height + 1, count - height))
    return range(first, min(count, first + height))


def marked_rows(width: int, height: int, texts: list[str], marked: int) -> list[Row]:
    """``texts`` around the marked one, which has a sign and a colour."""
    return [
        row.row(
            width,
            (f"{'>' if no == marked else ' '} {texts[no]}", row.MARK if no == marked else row.TEXT),
        )
        for no in window(len(texts), marked, height)
    ]


class Listing(Page):
    """A page with ``count`` rows to choose from.

    ``refreshes`` is the word of the menu for what F5 fetches; empty where nothing can be fetched.
    """

    refreshes = ""

    def __init__(self, desk: Desk, mode: Mode = Mode.NONE) -> None:
        super().__init__(desk, mode)
        self.marked = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        return 0

    def legend(self) -> Legend:
        """Choose and look, and fetch anew where that can be."""
        fetch = (("F5", translate("refresh")),) if self.refreshes else ()
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("details")),
            *fetch,
            ("Esc", translate("back")),
        )

    def refreshed(self) -> None:
        """Show what is there now."""

    def on(self, intent: Intent) -> None:
        """Up and down stop at the ends."""
        if isinstance(intent, Move):
            self.marked = max(0, min(self.count - 1, self.marked + intent.steps))
        elif self.refreshes and intent == Key("refresh"):
            refresh(self.desk, self.refreshes, self.refreshed)
        else:
            super().on(intent)
