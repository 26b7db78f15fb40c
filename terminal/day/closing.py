"""The day close: fiscal step first, then clean-up, settings, the office, and an update last.

Climbs the table in ``steps``: each step is committed before its work begins, and a till that was
cut off goes on from the step it had reached. From INTENT it never sends the report again. No step
after REPORTED can fail the closing: what did not work is noted and done later.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from drivers.errors import DeviceError
from terminal.day import recovery
from terminal.day.exchange import Exchange
from terminal.day.memory import is_ending, is_urgent, memory_ends
from terminal.day.patience import Patience
from terminal.day.prechecks import Summary
from terminal.day.programming import program
from terminal.day.steps import ROWS, Event, Place, Step
from terminal.errors import Code, TillError
from terminal.events import ClosingStep, DayClosed, Failed
from terminal.i18n import translate as _
from terminal.sale.refusals import explain, explain_report
from terminal.store import closings
from terminal.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Counters
    from terminal.context import Context
    from terminal.day.books import Books
    from terminal.day.clean_up import CleanUp
    from terminal.day.prechecks import Prechecks
    from terminal.people.rights import Operator
    from terminal.store.closings import ClosingRow

__all__ = ["Closing", "House", "Summary"]

# Steps that people are told of when they are reached.
_TOLD = {Step.INTENT, Step.REPORTED, Step.SETTINGS}


@dataclass(frozen=True, slots=True)
class House:
    """What a day close needs of its till.

    ``authorise`` gives who may close the day, on the engine's thread; ``meet`` holds the
    counters against the journal, on the printer's, and reads them where it is given none;
    ``meet_again`` meets it from scratch.
    ``afterwards`` is the exchange with the office: each gives a Future and a name. ``finished``
    runs on the engine's thread when the day is closed.
    """

    authorise: Callable[[], Operator]
    meet: Callable[[Counters | None], Counters]
    meet_again: Callable[[], object]
    afterwards: tuple[tuple[str, Callable[[], Future[Any]]], ...]
    finished: Callable[[], None]


class Closing:
    """``prechecks`` say what stands in its way, ``clean_up`` ends what ends with the day.

    ``at_close`` installs what was prepared, and may end the process instead of its Future: the next
    till comes here again, which must do no harm. A text that it gives goes to the last page. While
    it runs the closing stands at ``steps.MAY_UPDATE`` and nobody can pay.
    """

    def __init__(
        self, context: Context, books: Books, prechecks: Prechecks, clean_up: CleanUp, house: House
    ) -> None:
        self._context = context
        self._books = books
        self._prechecks = prechecks
        self._clean_up = clean_up
        self._house = house
        self._patience = Patience(context)
        self._exchange = Exchange(context, house.afterwards)
        self._is_stalled = False
        self.at_close: Callable[[], Future[Any]] = _nothing
        self._work: dict[Step, Callable[[ClosingRow], None]] = {
            Step.INTENT: self._find_out,
            Step.REPORTED: self._clean,
            Step.CLEANED: self._program,
            Step.SETTINGS: self._synchronise,
            Step.SYNCED: self._update,
        }

    # --- from any thread -----------------------------------------------------------------------

    def summary(self) -> Future[Summary]:
        """Figures and all problems at once."""
        return self._context.devices.call(self._prechecks.look)

    def start(self, *, allow_empty: bool, drops: tuple[str, ...] = ()) -> Future[None]:
        """Check everything, then make the daily report; events tell how it goes.

        The Future raises what is wrong; of the problems only "no sales" may be waived. ``drops``
        are parked receipts (their rid) that are given up when the report is made.
        """
        return self._context.devices.call(self._start, drops, allow_empty=allow_empty)

    def cancel_open(self) -> Future[None]:
        """Cancel what is open in the printer, before the report; it is recorded.

        Never a receipt of ours that is on its way (E-07): the counters decide what became of it.
        """
        return self._context.devices.call(self._cancel_open)

    def answer(self, *, is_done: bool) -> Future[None]:
        """What somebody says to ``ClosingAsked``: nobody waits any longer, the counters decide."""
        return self._context.engine.call(self._answer, is_done=is_done)

    def tick(self) -> None:
        """Ask whoever is there when it takes too long, and go on when the disk takes it again."""
        self._patience.tick()
        if self._is_stalled:
            self._context.engine.call(self._go_on)

    def resume(self) -> None:
        """Go on with a closing that was cut off, on the engine's thread; mostly there is none."""
        row = closings.unfinished(self._context.journal)
        if row is not None:
            self._context.tell(ClosingStep(row.step, _("Finishing the day close")))
            self._begin(row)

    # --- on the printer's thread ---------------------------------------------------------------

    def _start(self, drops: tuple[str, ...], *, allow_empty: bool) -> None:
        operator = self._context.engine.call(self._house.authorise).result()
        summary = self._prechecks.look()
        for problem in summary.problems:
            if not (allow_empty and problem.code is Code.NO_SALES):
                raise problem
        self._context.devices.call(self._report, operator.name, drops, summary.counters)

    def _cancel_open(self) -> None:
        operator = self._context.engine.call(self._house.authorise).result()
        self._context.engine.call(self._books.cancelling, operator.name).result()
        try:
            self._context.printer.cancel()
        except DeviceError as error:
            raise explain(error) from error
        self._house.meet_again()

    def _report(self, operator: str, drops: tuple[str, ...], just_read: Counters | None) -> None:
        """Write the intent down, send the report, and look at what became of it."""
        try:
            base = self._house.meet(just_read)
            row = self._context.engine.call(self._books.intend, operator, base, drops).result()
        except DeviceError as error:
            self._context.tell(Failed(explain(error)))
            return
        except TillError as error:
            self._context.tell(Failed(error))
            return
        self._context.tell(ClosingStep(row.step))
        trouble: DeviceError | None = None
        try:
            with self._patience.over("report"):
                self._context.printer.daily_report(self._context.now().date(), row.token)
        except DeviceError as caught:
            trouble = caught
        self._find_out(row, trouble, is_answered=trouble is None)

    def _find_out(
        self, row: ClosingRow, trouble: DeviceError | None = None, *, is_answered: bool = False
    ) -> None:
        stranger, told = partial(self._stranger, row), ""
        while found := recovery.find_out(
            self._context, row.base, stranger, is_answered=is_answered
        ):
            try:
                # Whoever asks the printer next must find the report in the books.
                self._context.engine.call(self._found, row, found, trouble).result()
            except TillError as error:
                if error.code != told:
                    told = error.code
                    self._context.tell(Failed(error))
                if self._context.stopping.wait(recovery.RETRY_S):
                    return
            else:
                return

    def _stranger(self, row: ClosingRow, now: Counters) -> None:
        self._context.engine.call(self._books.other_printer, row.base, now).result()

    def _program(self, _row: ClosingRow) -> None:
        with self._patience.over("settings"):
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

    def _answer(self, *, is_done: bool) -> None:
        if self._patience.asked:
            self._books.asked(self._patience.asked, "yes" if is_done else "no")
            self._context.printer.abandon()

    def _go_on(self) -> None:
        if self._is_stalled:
            self._is_stalled = False
            self.resume()

    def _found(self, row: ClosingRow, found: recovery.Finding, trouble: DeviceError | None) -> None:
        if found.reports:
            self._begin_told(self._books.reported(found.reports, found.counters))
            return
        self._books.not_made(str(trouble or "not made"))
        self._context.tell(Failed(explain_report(trouble, row.base)))

    def _clean(self, row: ClosingRow) -> None:
        self._clean_up.do(row)
        self._go(Event.CLEANED)

    def _synchronise(self, _row: ClosingRow) -> None:
        self._exchange.run(lambda notes: self._go(Event.SYNCHRONISED, *notes))

    def _update(self, _row: ClosingRow) -> None:
        self.at_close().add_done_callback(
            lambda done: self._context.engine.call(self._guarded, self._end, _said(done))
        )

    def _end(self, said: tuple[str, ...]) -> None:
        closed = self._books.finish(said)
        self._house.finished()
        report = closed.report
        self._context.tell(
            DayClosed(
                report.report_no,
                sum(report.printer_gr) + sum(report.printer_invoice_gr),
                report.receipts + report.invoices,
                closed.notes,
                self._exchange.synced,
                closed.unsent,
                closed.difference,
                VERSION,
            )
        )

    def _go(self, event: Event, *notes: str) -> None:
        """Commit the end of a step, and begin the next one."""
        self._guarded(lambda: self._begin_told(self._books.advance(event, notes)))

    def _begin_told(self, row: ClosingRow) -> None:
        if row.step in _TOLD:
            self._context.tell(ClosingStep(row.step))
        self._begin(row)

    def _begin(self, row: ClosingRow) -> None:
        step = Step(row.step)
        is_at_printer = ROWS[step].place is Place.PRINTER
        thread = self._context.devices if is_at_printer else self._context.engine
        thread.call(self._guarded, self._work[step], row)

    def _guarded(self, do: Callable[..., None], *args: object) -> None:
        """What the disk did not take is done again, from the step that it did take."""
        try:
            do(*args)
        except TillError as error:
            self._is_stalled = True
            self._context.tell(Failed(error))


def _nothing() -> Future[Any]:
    done: Future[Any] = Future()
    done.set_result(None)
    return done


def _said(done: Future[Any]) -> tuple[str, ...]:
    """What the last page says of an update."""
    error = done.exception()
    if error is not None:
        return (error.sentence() if isinstance(error, TillError) else str(error),)
    return (done.result(),) if done.result() else ()
