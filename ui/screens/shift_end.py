"""Menu 2 5, second half: what was expected, what was counted, and the end of the shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.day import reasons
from terminal.day.state import Day
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Accept, Cancel
from ui.screens.cash import because
from ui.screens.leaving import Leaving, unsent_words
from ui.screens.page import Page, Scans
from ui.screens.question import Choices
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.day.shift_book import Reckoning
    from terminal.sync.wire import ShiftDoc
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_NARROW = 50


class ShiftEnd(Page):
    """A difference asks for its reason; the end logs out, and its figures stay until Enter."""

    scans = Scans.IGNORE
    survives_lock = True

    def __init__(self, desk: Desk, reckoning: Reckoning) -> None:
        super().__init__(desk)
        self._reckoning = reckoning
        self._closed: ShiftDoc | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return translate("End of the shift")

    def legend(self) -> Legend:
        """End, or finish."""
        if self._closed is not None and unsent_words(self.desk.known):
            leaves = ("Esc", translate("leave, they go by themselves"))
            return (("Enter", translate("send now")), leaves)
        if self._closed is not None:
            return (("Enter", translate("finish")),)
        return (("Enter", translate("end the shift")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """Three figures and what they mean, or the closed shift."""
        closed = self._closed
        rows = self._closed_rows(width, closed) if closed else self._open_rows(width)
        return [row.row(width), *rows][:height]

    def _open_rows(self, width: int) -> list[Row]:
        found = self._reckoning
        off_gr = found.difference_gr
        narrow = min(width, _NARROW)
        rows = [
            row.row(width, *row.ends(narrow, f" {name}", f"{zloty(value)} zł", style))
            for name, value, style in (
                (translate("Should be in the drawer"), found.expected_gr, row.TEXT),
                (translate("Counted"), found.count.total_gr, row.STRONG),
                (translate("Difference"), off_gr, row.WARN if off_gr else row.STRONG),
            )
        ]
        if not off_gr:
            text = translate("It fits. Enter ends the shift and logs out.")
        elif off_gr > 0:
            text = translate("! Too much is in the drawer: Enter asks for the reason.")
        else:
            text = translate("! Cash is missing: Enter asks for the reason.")
        return [*rows, row.row(width), *row.wrapped(width, text, row.WARN if off_gr else row.TEXT)]

    def _closed_rows(self, width: int, closed: ShiftDoc) -> list[Row]:
        narrow = min(width, _NARROW)
        text = translate("The shift of {operator} is closed.", operator=closed.operator)
        facts = (
            (translate("Receipts"), str(closed.receipts)),
            (translate("Total"), f"{zloty(closed.total_gr)} zł"),
            (translate("Counted"), f"{zloty(closed.counted_gr or 0)} zł"),
            (translate("Difference"), f"{zloty(closed.difference_gr)} zł"),
        )
        rows = [row.row(width, *row.ends(narrow, f" {name}", value)) for name, value in facts]
        if self.desk.known.day == Day.DUE:
            due = translate("The daily report is due (menu 3).")
            rows += [row.row(width), *row.wrapped(width, due, row.WARN)]
        if words := unsent_words(self.desk.known):
            rows += [row.row(width), *row.wrapped(width, words, row.STRONG)]
        return [*row.wrapped(width, text, row.NOTE), row.row(width), *rows]

    def on(self, intent: Intent) -> None:
        """Enter goes on."""
        match intent:
            case Accept() if self._closed is not None and unsent_words(self.desk.known):
                self.desk.home()
                leaving = Leaving(self.desk, _("End of the shift"))
                self.desk.open(leaving)
                leaving.send()
            case Accept() | Cancel() if self._closed is not None:
                self.desk.home()
            case Accept() if self._reckoning.difference_gr:
                title = translate("Why does it differ?")
                self.desk.open(Choices(self.desk, title, because(reasons.DIFFERENCE, self._end)))
            case Accept():
                self._end("")
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """It is closed."""
        if isinstance(event, events.ShiftEnded):
            self._closed = event.document
        return False

    def _end(self, reason: str) -> None:
        self.desk.call(self.desk.till.shifts.end, self._reckoning.count, reason)
