"""The day close: fiscal step first, then clean-up, settings, the office, and an update last.

Climbs the table in ``steps``: each step is committed before its work begins, and a till that was
cut off goes on from the step it had reached. From INTENT it never sends the report again. No step
after REPORTED can fail the closing: what did not work is noted and done later.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from drivers.errors import DeviceError
from terminal.day import recovery
from terminal.day.memory import is_ending, is_urgent, memory_ends
from terminal.day.prechecks import Prechecks, Summary
from terminal.day.programming import program
from terminal.day.steps import ROWS, Event, Place, Step
from terminal.errors import Code, TillError
from terminal.events import ClosingStep, DayClosed, Failed
from terminal.i18n import translate as _
from terminal.sale.refusals import explain
from terminal.store import closings

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Counters
    from terminal.context import Context
    from terminal.day.books import Books
    from terminal.day.shifts import Shifts
    from terminal.people.rights import Operator
    from terminal.store.closings import ClosingRow

__all__ = ["Closing", "Summary"]

# Steps that people are told of when they are reached.
_TOLD = {Step.INTENT, Step.REPORTED, Step.SETTINGS}


class Closing:
    """``meet`` reads the counters on the printer's thread and holds them against the journal.

    ``afterwards`` is the exchange with the office: each gives a Future and a name. ``finished``
    runs on the engine's thread when the day is closed; open ``shifts`` end with it, uncounted.

    ``at_close`` installs what was prepared, and may end the process instead of its Future: the next
    till comes here again, which must do no harm. Its text goes to the last page. While it runs the
    closing stands at ``steps.MAY_UPDATE`` and nobody can pay.
    """

    def __init__(
        self,
        context: Context,
        books: Books,
        meet: Callable[[], Counters],
        afterwards: tuple[tuple[str, Callable[[], Future[Any]]], ...],
        finished: Callable[[], None],
        shifts: Shifts,
    ) -> None:
        self._context = context
        self._books = books
        self._meet = meet
        self._afterwards = afterwards
        self._finished = finished
        self._shifts = shifts
        self._prechecks = Prechecks(context, shifts)
        self.at_close: Callable[[], Future[str]] = _nothing
        self._work: dict[Step, Callable[[ClosingRow], None]] = {
            Step.INTENT: self._find_out,
            Step.REPORTED: self._clean,
            Step.CLEANED: self._program,
            Step.SETTINGS: self._synchronise,
            Step.SYNCED: self._update,
        }

    def summary(self) -> Future[Summary]:
        """Figures and all problems at once."""
        return self._context.devices.call(self._prechecks.look)

    def start(self, authorise: Callable[[], Operator], *, allow_empty: bool) -> Future[None]:
        """Check everything, then make the daily report; events tell how it goes.

        The Future raises what is wrong: ``authorise`` is asked on the engine's thread, and of the
        problems only "no sales" may be waived.
        """
        return self._context.devices.call(self._start, authorise, allow_empty=allow_empty)

    def resume(self) -> None:
        """Go on with a closing that was cut off, on the engine's thread; mostly there is none."""
        row = closings.unfinished(self._context.journal)
        if row is not None:
            self._context.tell(ClosingStep(row.step, _("Finishing the day close")))
            self._begin(row)

    # --- on the printer's thread ---------------------------------------------------------------

    def _start(self, authorise: Callable[[], Operator], *, allow_empty: bool) -> None:
        operator = self._context.engine.call(authorise).result()
        for problem in self._prechecks.look().problems:
            if not (allow_empty and problem.code is Code.NO_SALES):
                raise problem
        self._context.devices.call(self._report, operator.name)

    def _report(self, operator: str) -> None:
        """Write the intent down, send the report, and look at what became of it."""
        engine, printer = self._context.engine, self._context.printer
        try:
            base = self._meet()
        except DeviceError as error:
            self._context.tell(Failed(explain(error)))
            return
        except TillError as error:
            self._context.tell(Failed(error))
            return
        row = engine.call(self._books.intend, operator, base).result()
        self._context.tell(ClosingStep(row.step))
        trouble: DeviceError | None = None
        try:
            printer.daily_report(self._context.now().date(), row.token)
        except DeviceError as caught:
            trouble = caught
        self._find_out(row, trouble)

    def _find_out(self, row: ClosingRow, trouble: DeviceError | None = None) -> None:
        found = recovery.find_out(self._context, row.base)
        if found is not None:
            # Whoever asks the printer next must find the report in the books.
            self._context.engine.call(self._found, found, trouble).result()

    def _program(self, _row: ClosingRow) -> None:
        notes = [*program(self._context, self._books), *self._memory()]
        self._context.engine.call(self._go, Event.PROGRAMMED, *notes)

    def _memory(self) -> list[str]:
        """Few reports are left: the office hears of it each day, and below ten so does the till."""
        try:
            left = self._prechecks.reports_left()
        except DeviceError:
            return []
        if is_ending(left):
            self._context.engine.call(self._books.memory_ends, left).result()
        return [memory_ends(left).sentence()] if is_urgent(left) else []

    # --- on the engine's thread ----------------------------------------------------------------

    def _found(self, found: recovery.Finding, trouble: DeviceError | None) -> None:
        if not found.reports:
            self._books.not_made(str(trouble or "not made"))
            self._context.tell(Failed(explain(trouble)))
            return
        self._begin_told(self._books.reported(found.reports, found.counters))

    def _clean(self, _row: ClosingRow) -> None:
        self._shifts.end_all()
        self._go(Event.CLEANED)

    def _synchronise(self, _row: ClosingRow) -> None:
        self._follow(0, ())

    def _follow(self, number: int, notes: tuple[str, ...]) -> None:
        """Start the next exchange with the office; its end calls here again on this thread."""
        if number == len(self._afterwards):
            self._go(Event.SYNCHRONISED, *notes)
            return
        name, begin = self._afterwards[number]
        self._context.tell(ClosingStep(name))
        begin().add_done_callback(
            lambda done: self._context.engine.call(
                self._follow, number + 1, (*notes, *_trouble(done))
            )
        )

    def _update(self, _row: ClosingRow) -> None:
        self.at_close().add_done_callback(
            lambda done: self._context.engine.call(self._end, _trouble(done) or _told(done))
        )

    def _end(self, notes: tuple[str, ...]) -> None:
        report, notes = self._books.finish(notes)
        self._finished()
        total_gr = sum(report.printer_gr) + sum(report.printer_invoice_gr)
        count = report.receipts + report.invoices
        local_gr = sum(report.local_gr) + sum(report.local_invoice_gr)
        self._context.tell(DayClosed(report.report_no, total_gr, count, notes, local_gr))

    def _go(self, event: Event, *notes: str) -> None:
        """Commit the end of a step, and begin the next one."""
        self._begin_told(self._books.advance(event, notes))

    def _begin_told(self, row: ClosingRow) -> None:
        if row.step in _TOLD:
            self._context.tell(ClosingStep(row.step))
        self._begin(row)

    def _begin(self, row: ClosingRow) -> None:
        step = Step(row.step)
        is_at_printer = ROWS[step].place is Place.PRINTER
        thread = self._context.devices if is_at_printer else self._context.engine
        thread.call(self._work[step], row)


def _nothing() -> Future[str]:
    done: Future[str] = Future()
    done.set_result("")
    return done


def _trouble(done: Future[Any]) -> tuple[str, ...]:
    error = done.exception()
    if error is None:
        return ()
    return (error.sentence() if isinstance(error, TillError) else str(error),)


def _told(done: Future[str]) -> tuple[str, ...]:
    return tuple(filter(None, [done.result()]))
