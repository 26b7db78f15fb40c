"""Menu 3: the daily report from its summary to its result, step by step as it happens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code
from terminal.i18n import translate
from terminal.update.phase import Phase, UpdateChanged
from ui.countdown import Countdown
from ui.keypad import Accept, Cancel, Cycle, Other
from ui.screens.closing_rows import (
    failure_rows,
    is_only_empty,
    result_rows,
    step_rows,
    summary_rows,
)
from ui.screens.handbook import Remedy
from ui.screens.installing import update_legend, update_rows
from ui.screens.page import Page, Scans
from ui.screens.question import answer
from ui.widgets import row
from ui.words import STEPS, word

if TYPE_CHECKING:
    from terminal.day.closing import Summary
    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Stage(StrEnum):
    """How far the cashier is."""

    CHECKING = "checking"
    SUMMARY = "summary"
    RUNNING = "running"
    # The report was sent, and nobody knows what became of it: whoever stands here may go.
    UNKNOWN = "unknown"
    UPDATING = "updating"
    DONE = "done"
    FAILED = "failed"


class Closing(Page):
    """Nothing is sent to the printer before Enter on the summary."""

    scans = Scans.IGNORE
    survives_lock = True
    keeps_awake = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stage = Stage.CHECKING
        self._summary: Summary | None = None
        self._steps: list[str] = []
        self._result: events.DayClosed | None = None
        self._error: TillError | None = None
        self._again = Countdown()

    @classmethod
    def of_result(cls, desk: Desk, result: events.DayClosed) -> Closing:
        """The last page of a day close that nobody has watched."""
        page = cls(desk)
        page._stage, page._result = Stage.DONE, result
        return page

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Daily report (close the day)")

    @property
    def _problems(self) -> tuple[TillError, ...]:
        return self._summary.problems if self._summary else ()

    @property
    def _is_only_empty(self) -> bool:
        return self._summary is not None and is_only_empty(self._summary)

    def legend(self) -> Legend:  # noqa: PLR0911 - one table
        """What may be pressed at this stage."""
        back = ("Esc", translate("back"))
        wrong = ("#", translate("date or time is wrong"))
        match self._stage:
            case Stage.SUMMARY if self._is_only_empty:
                return (("*", translate("print an empty report")), wrong, back)
            case Stage.SUMMARY if self._problems:
                return (("Enter", translate("check again")), back)
            case Stage.SUMMARY:
                return (("Enter", translate("make the daily report")), wrong, back)
            case Stage.FAILED:
                return (("Enter", translate("check again")), back)
            case Stage.CHECKING:
                return (back,)
            case Stage.DONE:
                return (("Enter", translate("finish")),)
            case Stage.UNKNOWN:
                return (("Esc", translate("leave, it goes on by itself")),)
            case Stage.UPDATING:
                return update_legend(self.desk.known.update)
        return ((translate("Wait"), translate("nothing to press")),)

    def opened(self) -> None:
        """Ask for figures and problems."""
        if self._stage is Stage.DONE:
            return
        self._stage = Stage.CHECKING
        self._steps = []
        self.desk.ask(self.desk.till.day_summary(), self._arrived, self._failed)

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        return [row.row(width), *self._rows(width)][:height]

    def _rows(self, width: int) -> list[Row]:
        known = self.desk.known
        if self._stage is Stage.SUMMARY and self._summary is not None:
            clock = self.desk.till.now().replace(tzinfo=None).isoformat(" ", "minutes")
            return summary_rows(width, self._summary, clock)
        if self._stage is Stage.DONE and self._result is not None:
            return result_rows(width, self._result, self._steps)
        if self._stage is Stage.FAILED and self._error is not None:
            done = [row.row(width, (f" + {text}", row.TEXT)) for text in self._steps]
            return [*done, *failure_rows(width, self._error)]
        if self._stage is Stage.UPDATING:
            return update_rows(width, known.update)
        if self._stage is Stage.CHECKING:
            return row.wrapped(width, translate("Checking…"))
        return step_rows(width, self._steps, known, self._again.left)

    # --- what happens --------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """T and N answer the question about date and time."""
        if self._stage is Stage.SUMMARY and not self._problems:
            key = {"enter": "enter", "esc": "#"}.get(answer(key), key) if len(key) == 1 else key
        super().press(key)

    def on(self, intent: Intent) -> None:
        """Enter goes on to the next stage; a report under way cannot be left."""
        match intent, self._stage:
            case Accept(), Stage.SUMMARY if not self._problems:
                self._start(allow_empty=False)
            case Other(), Stage.SUMMARY if self._is_only_empty:
                self._start(allow_empty=True)
            case Cycle(), Stage.SUMMARY if self._is_only_empty or not self._problems:
                self.desk.close(self)
                self.desk.open(Remedy(self.desk, Code.PRINTER_CLOCK))
            case Accept(), Stage.SUMMARY | Stage.FAILED:
                self.opened()
            case Accept() | Cancel(), Stage.DONE:
                self.desk.close(self)
            case Cancel(), Stage.CHECKING | Stage.UNKNOWN:
                self.desk.close(self)
            case Accept(), Stage.UPDATING:
                self.desk.till.updates.install_now()
            case Cancel(), Stage.UPDATING:
                self.desk.till.updates.postpone()
            case _, Stage.SUMMARY | Stage.FAILED:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Steps, the end, or a refusal."""
        self._again.hear(event)
        match event:
            case events.ClosingStep(step, note):
                self._stage = Stage.UNKNOWN if step == Stage.UNKNOWN.name else Stage.RUNNING
                self._add(note or word(STEPS, step))
            case events.DayClosed():
                self._stage, self._result = Stage.DONE, event
            case events.Failed(error) if self._stage in {Stage.RUNNING, Stage.UNKNOWN}:
                self._failed(error)
                return True
            case UpdateChanged(state) if self._stage in {Stage.RUNNING, Stage.UPDATING}:
                self._stage = Stage.RUNNING if state.phase is Phase.IDLE else Stage.UPDATING
        return False

    def _add(self, text: str) -> None:
        if not self._steps or self._steps[-1] != text:
            self._steps.append(text)

    def _start(self, *, allow_empty: bool) -> None:
        self._stage, self._error = Stage.RUNNING, None
        call = self.desk.till.close_day(allow_empty=allow_empty)
        self.desk.ask(call, None, self._failed)

    def _arrived(self, summary: Summary) -> None:
        self._stage, self._summary = Stage.SUMMARY, summary

    def _failed(self, error: TillError) -> None:
        self._stage, self._error = Stage.FAILED, error
        self.desk.refuse(error)
