"""Menu 8 4 5: asks whether there is a newer program; installing it is the day close's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Release(Page):
    """Asks once when it opens."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._text = translate("Asking the back office…")
        self._style = row.TEXT

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Update the program")

    def legend(self) -> Legend:
        """Enter leaves."""
        return (("Enter", translate("finish")),)

    def opened(self) -> None:
        """Ask."""
        self.desk.ask(self.desk.till.find_release(), self._arrived, self._refused)

    def body(self, width: int, height: int) -> list[Row]:
        """The answer."""
        return [row.row(width), *row.wrapped(width, self._text, self._style)][:height]

    def on(self, intent: Intent) -> None:
        """Enter has read it."""
        if isinstance(intent, Accept):
            self.desk.close(self)
        else:
            super().on(intent)

    def _arrived(self, version: str) -> None:
        self._style = row.STRONG
        if version:
            self._text = translate("The back office offers version {version}.", version=version)
        else:
            self._text = translate("The program is up to date.")

    def _refused(self, error: TillError) -> None:
        self._style = row.WARN
        self._text = f"! {error.code} {error.sentence()}"
