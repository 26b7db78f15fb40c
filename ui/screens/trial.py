"""A new version is being tried: nothing is sold before it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Cancel
from ui.screens.installing import update_legend, update_rows
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class NewVersion(Page):
    """Goes away by itself: the version is confirmed, or the previous one comes back."""

    scans = Scans.IGNORE
    keeps_awake = True

    @property
    def title(self) -> str:
        """The heading."""
        return translate("A new version of the program")

    def legend(self) -> Legend:
        """Nothing need be pressed."""
        return update_legend(self.desk.known.update)

    def body(self, width: int, height: int) -> list[Row]:
        """How far it is."""
        rows = [row.row(width)] * (height // 5)
        return [*rows, *update_rows(width, self.desk.known.update)][:height]

    def on(self, intent: Intent) -> None:
        """Esc goes nowhere; menu and help stay open."""
        if not isinstance(intent, Cancel):
            super().on(intent)
