"""Nothing is sold while nobody knows whether the daily report was made, or until it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.day.state import Day
from terminal.i18n import translate
from terminal.update.phase import Phase
from ui.countdown import Countdown
from ui.keypad import Accept, Cancel
from ui.screens.installing import update_legend, update_rows
from ui.screens.page import Page, Scans
from ui.widgets import row
from ui.words import STEPS, word

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Finishing(Page):
    """A day close that was cut off goes on by itself; it is shown to whoever logs in meanwhile."""

    scans = Scans.IGNORE
    keeps_awake = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._again = Countdown()
        self._step = ""

    @property
    def title(self) -> str:
        """The heading."""
        return translate("The day close is being finished")

    def legend(self) -> Legend:
        """Nothing need be pressed, but a new version may come later."""
        return update_legend(self.desk.known.update)

    def body(self, width: int, height: int) -> list[Row]:
        """What is known, and when the printer is asked again."""
        rows = [row.row(width)] * (height // 5)
        for text, style in self._texts():
            rows += [*row.wrapped(width, text, style), row.row(width)]
        return [*rows, *update_rows(width, self.desk.known.update)][:height]

    def _texts(self) -> list[tuple[str, str]]:
        if self.desk.known.day != Day.UNKNOWN:
            texts = [(translate("The report is made. What follows it is being done."), row.STRONG)]
            return [*texts, (self._step, row.TEXT)] if self._step else texts
        texts = [
            (translate("The daily report was sent, and its answer never came."), row.WARN),
            (
                translate(
                    "Whether it was made is read from the printer's counter. It is not sent twice."
                ),
                row.TEXT,
            ),
        ]
        if not self.desk.known.printer_online:
            text = translate("The printer does not answer. Check its cable and power.")
            texts.append((text, row.WARN))
        if left := self._again.left:
            texts.append((translate("It is asked again in {seconds} s.", seconds=left), row.STRONG))
        texts.append((translate("Receipts can wait: nothing is sold until then."), row.TEXT))
        return texts

    def on(self, intent: Intent) -> None:
        """Esc goes nowhere; menu and help stay open."""
        is_counting = self.desk.known.update.phase is Phase.COUNTDOWN
        match intent:
            case Accept() if is_counting:
                self.desk.till.updates.install_now()
            case Cancel() if is_counting:
                self.desk.till.updates.postpone()
            case Cancel():
                return
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """How it goes."""
        self._again.hear(event)
        if isinstance(event, events.ClosingStep):
            self._step = event.note or word(STEPS, event.step)
        return False
