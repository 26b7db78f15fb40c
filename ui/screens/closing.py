"""Menu 3: the daily report from its summary to its result, step by step as it happens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code
from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Accept, Cancel, Other
from ui.screens.page import Page, Scans
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

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Daily report (close the day)")

    @property
    def _problems(self) -> tuple[TillError, ...]:
        return self._summary.problems if self._summary else ()

    @property
    def _is_only_empty(self) -> bool:
        return [problem.code for problem in self._problems] == [Code.NO_SALES]

    def legend(self) -> Legend:  # noqa: PLR0911 - one table
        """What may be pressed at this stage."""
        back = ("Esc", translate("back"))
        match self._stage:
            case Stage.SUMMARY if self._is_only_empty:
                return (("*", translate("print an empty report")), back)
            case Stage.SUMMARY if self._problems:
                return (("Enter", translate("check again")), back)
            case Stage.SUMMARY:
                return (("Enter", translate("make the daily report")), back)
            case Stage.FAILED:
                return (("Enter", translate("check again")), back)
            case Stage.CHECKING:
                return (back,)
            case Stage.DONE:
                return (("Enter", translate("finish")),)
        return ((translate("Wait"), translate("nothing to press")),)

    def opened(self) -> None:
        """Ask for figures and problems."""
        self._stage = Stage.CHECKING
        self._steps = []
        self.desk.ask(self.desk.till.day_summary(), self._arrived, self._failed)

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        match self._stage:
            case Stage.CHECKING:
                rows = row.wrapped(width, translate("Checking…"))
            case Stage.SUMMARY:
                rows = self._summary_rows(width)
            case Stage.DONE:
                rows = self._result_rows(width)
            case _:
                rows = self._step_rows(width)
        return [row.row(width), *rows][-height:]

    def _summary_rows(self, width: int) -> list[Row]:
        summary = self._summary
        if summary is None:
            return []
        figures = (
            (translate("Report no."), str(summary.report_no)),
            (translate("Receipts"), str(summary.receipts)),
            (translate("Cancelled receipts"), str(summary.cancelled)),
            (translate("Total"), f"{zloty(summary.total_gr)} zł"),
            (translate("Not sent to the back office"), str(summary.unsent)),
            (translate("Parked receipts"), str(len(summary.parked))),
            (translate("Printer clock"), summary.printer_clock or "-"),
        )
        narrow = min(width, 60)
        rows = [row.row(width, *row.ends(narrow, f" {name}", value)) for name, value in figures]
        rows.append(row.row(width))
        if summary.parked:
            names = ", ".join(summary.parked)
            text = translate("These receipts stay parked for the next day: {names}", names=names)
            rows += row.wrapped(width, text, row.WARN)
        for problem in (*self._problems, *summary.warnings):
            rows += row.wrapped(width, f"! {problem.code} {problem.sentence()}", row.WARN)
        if self._is_only_empty:
            text = translate("An empty report uses up fiscal memory. Press * only if you must.")
            rows += row.wrapped(width, text)
        elif not self._problems:
            text = translate(
                "Are date and time right? Enter makes the report: it cannot be undone."
            )
            rows += row.wrapped(width, text, row.STRONG)
        return rows

    def _step_rows(self, width: int) -> list[Row]:
        rows = [row.row(width, (f"   {text}", row.TEXT)) for text in self._steps]
        if self._stage is Stage.RUNNING:
            rows.append(row.row(width, (f" > {translate('Please wait…')}", row.STRONG)))
        if self._error is not None and self._stage is Stage.FAILED:
            rows += row.wrapped(width, f"! {self._error.code} {self._error.sentence()}", row.WARN)
            text = translate("The day is not closed. Put it right, then press Enter.")
            rows += row.wrapped(width, text, row.STRONG)
        return rows

    def _result_rows(self, width: int) -> list[Row]:
        result = self._result
        if result is None:
            return []
        no = result.report_no
        rows = row.wrapped(width, translate("Daily report no. {no} is made.", no=no), row.NOTE)
        rows.append(row.row(width))
        figures = (
            (translate("Receipts"), str(result.receipts)),
            (translate("Total"), f"{zloty(result.total_gr)} zł"),
        )
        narrow = min(width, 60)
        rows += [row.row(width, *row.ends(narrow, f" {name}", value)) for name, value in figures]
        rows.append(row.row(width))
        rows += self._step_rows(width)
        if not result.notes:
            return [*rows, *row.wrapped(width, translate("Everything is synchronised."))]
        rows += row.wrapped(width, translate("Still pending, will be done by itself:"), row.STRONG)
        for note in result.notes:
            rows += row.wrapped(width, f"- {note}", row.WARN)
        return rows

    # --- what happens --------------------------------------------------------------------------

    def on(self, intent: Intent) -> None:
        """Enter goes on to the next stage; a report under way cannot be left."""
        match intent, self._stage:
            case Accept(), Stage.SUMMARY if not self._problems:
                self._start(allow_empty=False)
            case Other(), Stage.SUMMARY if self._is_only_empty:
                self._start(allow_empty=True)
            case Accept(), Stage.SUMMARY | Stage.FAILED:
                self.opened()
            case Accept() | Cancel(), Stage.DONE:
                self.desk.close(self)
            case Cancel(), Stage.CHECKING:
                self.desk.close(self)
            case _, Stage.SUMMARY | Stage.FAILED:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Steps, the end, or a refusal."""
        match event:
            case events.ClosingStep(step, note):
                self._stage = Stage.RUNNING
                self._add(note or word(STEPS, step))
            case events.DayClosed():
                self._stage, self._result = Stage.DONE, event
            case events.Failed(error) if self._stage is Stage.RUNNING:
                self._failed(error)
                return True
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
