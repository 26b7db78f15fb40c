"""A shift opens after the login: its opening cash is entered, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Accept, Mode, Number, Other
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Opening(Page):
    """The opening cash; it can be left out only while nothing is typed."""

    scans = Scans.IGNORE
    may_be_asked = True

    def __init__(self, desk: Desk, proposed_gr: int = 0) -> None:
        super().__init__(desk, Mode.AMOUNT)
        self._proposed_gr = proposed_gr

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Opening of the shift")

    @property
    def prompt(self) -> str:
        """How much."""
        return translate("Opening cash")

    def legend(self) -> Legend:
        """Enter, and leaving it out while that can be."""
        enter = ("Enter", translate("confirm"))
        if not self.entry.is_empty:
            return (enter, ("Esc", translate("erase")))
        skips = ("*", translate("leave it out"))
        back = ("Esc", translate("back"))
        return (enter, skips, back) if self._proposed_gr else (skips, back)

    def body(self, width: int, height: int) -> list[Row]:
        """What is asked for, and what is proposed."""
        text = translate("How much cash is in the drawer? The printer books it as cash in.")
        rows = [*([row.row(width)] * (height // 3)), *row.wrapped(width, text, row.STRONG)]
        if self._proposed_gr:
            usual = translate("Enter: the usual {amount} zł", amount=zloty(self._proposed_gr))
            rows += row.wrapped(width, usual)
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """An amount, the usual one, or none."""
        match intent:
            case Number(_, value):
                self._open(value)
            case Accept() if self._proposed_gr:
                self._open(self._proposed_gr)
            case Other() if self.entry.is_empty:
                self._open(None)
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """It is open."""
        if isinstance(event, events.ShiftOpened):
            self.desk.close(self)
            self.desk.say(translate("The shift is open"))
        return False

    def _open(self, opening_gr: int | None) -> None:
        self.desk.call(self.desk.till.shifts.open, opening_gr)
