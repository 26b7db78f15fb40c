"""Menu 3: the daily report from its summary to its result, step by step as it happens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from terminal import events
from terminal.day.prechecks import Remedy as Way
from terminal.day.prechecks import remedy_of
from terminal.errors import Code
from terminal.i18n import translate
from terminal.update.phase import Phase, UpdateChanged
from ui.countdown import Countdown
from ui.keypad import Accept, Cancel, Cycle, Other
from ui.screens.closing_rows import (
    asked_rows,
    failure_rows,
    is_only_empty,
    result_rows,
    step_rows,
    summary_rows,
)
from ui.screens.handbook import Remedy
from ui.screens.installing import update_legend, update_rows
from ui.screens.page import Page, Scans
from ui.screens.question import Choices, Question, answer
from ui.widgets import row
from ui.words import STEPS, word

if TYPE_CHECKING:
    from terminal.day.prechecks import Summary
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
    # The printer does not come to an end, and somebody here may know why.
    ASKED = "asked"
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
        self._asked = ""
        self._is_looking = False

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

    def _has(self, way: Way) -> bool:
        return any(remedy_of(problem) is way for problem in self._problems)

    def legend(self) -> Legend:  # noqa: C901, PLR0911 - one table
        """What may be pressed at this stage."""
        back = ("Esc", translate("back"))
        wrong = ("#", translate("date or time is wrong"))
        match self._stage:
            case Stage.SUMMARY if self._is_only_empty:
                return (("*", translate("print an empty report")), wrong, back)
            case Stage.SUMMARY if self._has(Way.CANCEL_OPEN):
                cancels = ("#", translate("cancel it in the printer"))
                return (("Enter", translate("check again")), cancels, back)
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
            case Stage.ASKED:
                return (("Enter", translate("yes")), ("Esc", translate("no")))
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
        self._look()

    def _look(self) -> None:
        self._is_looking = True
        self.desk.ask(self.desk.till.day_summary(), self._arrived, self._failed)

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        return [row.row(width), *self._rows(width)][:height]

    def _rows(self, width: int) -> list[Row]:
        known = self.desk.known
        match self._stage:
            case Stage.SUMMARY if self._summary is not None:
                rows = summary_rows(width, self._summary)
            case Stage.DONE if self._result is not None:
                rows = [*result_rows(width, self._result), *update_rows(width, known.update)]
            case Stage.FAILED if self._error is not None:
                rows = failure_rows(width, self._steps, self._error)
            case Stage.ASKED:
                rows = asked_rows(width, self._asked)
            case Stage.UPDATING:
                rows = update_rows(width, known.update)
            case Stage.CHECKING:
                rows = row.wrapped(width, translate("Checking…"))
            case _:
                rows = step_rows(width, self._steps, known, self._again.left)
        return rows

    # --- what happens --------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """T and N answer the questions here."""
        if self._stage is Stage.SUMMARY and not self._problems and len(key) == 1:
            key = {"enter": "enter", "esc": "#"}.get(answer(key), key)
        super().press(answer(key) if self._stage is Stage.ASKED else key)

    def on(self, intent: Intent) -> None:
        """Enter goes on to the next stage; a report under way cannot be left."""
        match intent, self._stage:
            case _, Stage.SUMMARY:
                self._decide(intent)
            case Accept(), Stage.FAILED:
                self.opened()
            case _, Stage.FAILED:
                super().on(intent)
            case Accept() | Cancel(), Stage.DONE:
                self.desk.close(self)
            case Cancel(), Stage.CHECKING | Stage.UNKNOWN:
                self.desk.close(self)
            case Accept() | Cancel(), Stage.ASKED:
                is_done = isinstance(intent, Accept)
                self.desk.order(self.desk.till.closing.answer(is_done=is_done))
            case Accept(), Stage.UPDATING if self._is_counting:
                self.desk.till.updates.install_now()
            case Cancel(), Stage.UPDATING if self._is_counting:
                self.desk.till.updates.postpone()

    @property
    def _is_counting(self) -> bool:
        return self.desk.known.update.phase is Phase.COUNTDOWN

    def _decide(self, intent: Intent) -> None:
        """What somebody says to the summary."""
        is_clean = self._is_only_empty or not self._problems
        match intent:
            case Accept() if not self._problems:
                self._ask_for_parked()
            case Other() if self._is_only_empty:
                self._start(allow_empty=True)
            case Cycle() if is_clean:
                self.desk.close(self)
                self.desk.open(Remedy(self.desk, Code.PRINTER_CLOCK))
            case Cycle() if self._has(Way.CANCEL_OPEN):
                text = translate("Cancel what is open in the printer? It is printed as cancelled.")
                self.desk.open(Question(self.desk, text, self._cancel_open))
            case Accept():
                self.opened()
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Steps, the end, or a refusal."""
        self._again.hear(event)
        match event:
            case events.ClosingStep(step, note):
                self._stage = Stage.UNKNOWN if step == Stage.UNKNOWN.name else Stage.RUNNING
                self._add(note or word(STEPS, step))
            case events.ClosingAsked(what):
                self._asked, self._stage = what, Stage.ASKED if what else Stage.RUNNING
            case events.PrinterChanged() if self._waits and not self._is_looking:
                self._look()
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

    @property
    def _waits(self) -> bool:
        """Whether something here may have come right by itself."""
        return self._stage is Stage.SUMMARY and self._has(Way.WAIT)

    def _cancel_open(self) -> None:
        self.desk.order(self.desk.till.closing.cancel_open(), lambda _: self.opened())

    def _ask_for_parked(self) -> None:
        """The office's own receipts stay; of those that cashiers added somebody decides."""
        added = self._summary.added if self._summary else ()
        if not added:
            self._start(allow_empty=False)
            return
        names = ", ".join(one.bill for one in added)
        answers = (
            (translate("They stay for the next day"), lambda: self._start(allow_empty=False)),
            (
                translate("They are given up"),
                lambda: self._start(allow_empty=False, drops=tuple(one.rid for one in added)),
            ),
        )
        title = translate("Parked receipts of today: {names}", names=names)
        self.desk.open(Choices(self.desk, title, answers))

    def _start(self, *, allow_empty: bool, drops: tuple[str, ...] = ()) -> None:
        self._stage, self._error = Stage.RUNNING, None
        call = self.desk.till.close_day(allow_empty=allow_empty, drops=drops)
        self.desk.ask(call, None, self._failed)

    def _arrived(self, summary: Summary) -> None:
        self._stage, self._summary, self._is_looking = Stage.SUMMARY, summary, False

    def _failed(self, error: TillError) -> None:
        self._stage, self._error, self._is_looking = Stage.FAILED, error, False
        self.desk.refuse(error)
