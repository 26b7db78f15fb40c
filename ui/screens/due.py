"""The daily report is wanted: said at a login and every half hour, and at the door of the payment.

Enter is the way into the report from here; the receipt stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.day.state import Day
from terminal.errors import Code
from terminal.i18n import ntranslate, translate
from ui.day_words import minutes_left
from ui.keypad import Accept, Cancel
from ui.screens.closing import Closing
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_WANTED = {Day.DUE, Day.OVERDUE, Day.FORCED}


class Due(Page):
    """Asks for the report; "later" is asked again in half an hour."""

    scans = Scans.IGNORE

    @property
    def title(self) -> str:
        """The heading."""
        return translate("The daily report is due")

    def legend(self) -> Legend:
        """Now, or later."""
        return (("Enter", translate("make the daily report")), ("Esc", translate("later")))

    def body(self, width: int, height: int) -> list[Row]:
        """Why now, what else it stops, what stays."""
        rows = [row.row(width)] * (height // 5)
        for text, style in [*self._why(), *self._ways()]:
            rows += [*row.wrapped(width, text, style), row.row(width)]
        return rows[:height]

    def _why(self) -> list[tuple[str, str]]:
        known = self.desk.known
        match known.day:
            case Day.FORCED:
                text = translate(
                    "The printer sells nothing before the daily report: the last one is too old."
                )
                return [(text, row.WARN)]
            case Day.OVERDUE:
                text = translate(
                    "The daily report of the last day is missing. The law wants it before the"
                    " first sale of the next day."
                )
                return [(text, row.WARN)]
        texts = [(translate("The day can be closed: it is time for the daily report."), row.STRONG)]
        left = minutes_left(known, self.desk.till.now())
        if left is not None:
            text = ntranslate(
                "In {count} minute no sale can be paid any more before it.",
                "In {count} minutes no sale can be paid any more before it.",
                left,
            )
            texts.append((text, row.WARN))
        return texts

    def _ways(self) -> list[tuple[str, str]]:
        return [
            (translate("Enter makes the report now."), row.TEXT),
            (translate("Esc: later. It is asked again in half an hour."), row.TEXT),
        ]

    def on(self, intent: Intent) -> None:
        """Enter goes to the day close."""
        match intent:
            case Accept():
                self.desk.home()
                self.desk.open(Closing(self.desk))
            case Cancel():
                self._later()
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """It goes away by itself when the report is made, or imported from the printer."""
        if isinstance(event, events.DayChanged) and event.day not in _WANTED:
            self.desk.close(self)
        return False

    def _later(self) -> None:
        till = self.desk.till
        self.desk.order(till.engine.call(till.reminder.put_off), lambda _: self.desk.close(self))


class ReportFirst(Due):
    """No payment before the report; where the shop only reminds, Esc sells on."""

    def __init__(self, desk: Desk, reason: TillError, sell_on: Callable[[], object]) -> None:
        super().__init__(desk)
        self._reason = reason
        self._sell_on = sell_on

    @property
    def _may_sell(self) -> bool:
        return self._reason.code is Code.REPORT_WANTED

    def legend(self) -> Legend:
        """Report, and back or on."""
        goes = translate("sell on, later") if self._may_sell else translate("back to the sale")
        return (("Enter", translate("make the daily report")), ("Esc", goes))

    def _ways(self) -> list[tuple[str, str]]:
        texts = [(translate("Enter makes the report now. The receipt is kept."), row.STRONG)]
        if self._may_sell:
            text = translate(
                "Esc sells on: the report comes later. The office is told who said so."
            )
            texts.append((text, row.TEXT))
        else:
            texts.append((translate("Esc goes back to the sale."), row.TEXT))
        return texts

    def _later(self) -> None:
        if not self._may_sell:
            self.desk.close(self)
            return
        till = self.desk.till
        self.desk.order(till.engine.call(till.reminder.put_off), self._on)

    def _on(self, _: None) -> None:
        self.desk.close(self)
        self._sell_on()


def is_report_first(error: TillError) -> bool:
    """Whether a payment was refused because the daily report comes first."""
    return error.code in {Code.DAY_NOT_CLOSED, Code.REPORT_WANTED, Code.REPORT_MISSING}


def remind(desk: Desk) -> None:
    """Ask for the report, unless somebody is at work or has the question already."""
    if desk.page.may_be_asked and desk.page.entry.is_empty and not desk.known.has_lines:
        desk.open(Due(desk))
