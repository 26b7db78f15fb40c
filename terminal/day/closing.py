"""The daily report: fiscal step first, then synchronisation, then the search for an update.

    INTENT ──▶ REPORTED ──▶ SETTINGS ──▶ SYNCED ──▶ DONE
       └─────▶ NOT_MADE      (the printer refused, or its counter did not move)

Each step is committed before the next begins, and a till that was cut off goes on from the step it
had reached. From INTENT it never sends the report again: the printer's counter says whether it was
made. No step after REPORTED can fail the closing: what did not work is noted and done later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from drivers.errors import DeviceError, Unreachable
from drivers.fiscal import NO_TOTALS
from terminal.day.clock import drift, is_stopping, too_far_off
from terminal.day.memory import is_ending, is_urgent, memory_ends
from terminal.day.programming import program
from terminal.errors import Code, Rejected, TillError
from terminal.events import ClosingStep, DayClosed, Failed, PrinterChanged
from terminal.i18n import translate as _
from terminal.sale.money import plus, show_gr
from terminal.sale.receipt import State
from terminal.sale.refusals import explain
from terminal.sale.waiting import in_words, waiting_for
from terminal.store import bills, closings, outbox, parked, receipts, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from drivers.fiscal import Counters, Report
    from terminal.context import Context
    from terminal.day.books import Books
    from terminal.day.shifts import Shifts
    from terminal.people.rights import Operator
    from terminal.store.closings import ClosingRow

_RETRY_S = 2.0
_AFTERWARDS_S = 120.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What the cashier sees before the report is made; ``problems`` must be put right first.

    ``warnings`` are said and stop nothing. ``parked`` are the names of receipts that lie aside with
    lines on them: they stay for the next day.
    """

    report_no: int
    receipts: int
    cancelled: int
    total_gr: int
    unsent: int
    printer_clock: str
    problems: tuple[TillError, ...]
    warnings: tuple[TillError, ...] = ()
    parked: tuple[str, ...] = ()


class Closing:
    """``meet`` reads the counters on the printer's thread and holds them against the journal.

    ``afterwards`` are the steps that follow the fiscal one: each gives a Future and a name.

    ``finished`` runs on the engine's thread when the day is closed; open ``shifts`` end with it,
    uncounted, before anything is sent.
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

    def summary(self) -> Future[Summary]:
        """Figures and all problems at once."""
        return self._context.devices.call(self._summary)

    def start(self, authorise: Callable[[], Operator], *, allow_empty: bool) -> Future[None]:
        """Check everything, then make the daily report; events tell how it goes.

        The Future raises what is wrong: ``authorise`` is asked on the engine's thread, and of the
        problems only "no sales" may be waived.
        """
        return self._context.devices.call(self._start, authorise, allow_empty=allow_empty)

    def resume(self) -> Future[None]:
        """Go on with a closing that was cut off; nothing happens when there is none."""
        return self._context.devices.call(self._resume)

    # --- on the printer's thread ---------------------------------------------------------------

    def _start(self, authorise: Callable[[], Operator], *, allow_empty: bool) -> None:
        operator = self._context.engine.call(authorise).result()
        for problem in self._summary().problems:
            if not (allow_empty and problem.code is Code.NO_SALES):
                raise problem
        self._context.devices.call(self._run, operator.name)

    def _summary(self) -> Summary:
        printer, engine = self._context.printer, self._context.engine
        problems: list[TillError] = []
        counters: Counters | None = None
        clock, left = "", None
        try:
            status = printer.status()
            if not status.is_ready:
                problems.append(Rejected(Code.NO_PAPER, reason=in_words(waiting_for(status))))
            else:
                counters = printer.counters()
                now = printer.clock()
                clock = now.isoformat(" ", "minutes")
                ours = self._context.now().replace(tzinfo=None, microsecond=0)
                if is_stopping(drift(now, ours)):
                    problems.append(too_far_off(now, ours))
                left = self._reports_left()
        except DeviceError:
            problems.append(Rejected(Code.NO_PRINTER))
        summary = engine.call(self._local_summary, counters, clock, problems).result()
        if is_ending(left):
            summary = replace(summary, warnings=(*summary.warnings, memory_ends(left)))
        return summary

    def _memory(self) -> list[str]:
        """Few reports are left: the office hears of it each day, and below ten so does the till."""
        try:
            left = self._reports_left()
        except DeviceError:
            return []
        if is_ending(left):
            self._context.engine.call(self._books.memory_ends, left).result()
        return [memory_ends(left).sentence()] if is_urgent(left) else []

    def _reports_left(self) -> int | None:
        archive = self._context.printer.archive
        return archive.reports_left() if archive else None

    def _run(self, operator: str) -> None:
        engine, printer = self._context.engine, self._context.printer
        try:
            base = self._meet()
        except DeviceError as error:
            self._context.tell(Failed(explain(error)))
            return
        except TillError as error:
            self._context.tell(Failed(error))
            return
        token = engine.call(self._books.intend, operator, base).result()
        self._context.tell(ClosingStep("INTENT"))
        trouble: DeviceError | None = None
        try:
            printer.daily_report(self._context.now().date(), token)
        except DeviceError as caught:
            trouble = caught
        self._find_out(base, trouble)

    def _resume(self) -> None:
        row = self._context.engine.call(closings.unfinished, self._context.journal).result()
        if row is None:
            return
        self._context.tell(ClosingStep(row.step, _("Finishing the day close")))
        if row.step == "INTENT":
            self._find_out(row.base, None)
        else:
            self._after_report(row)

    def _find_out(self, base: Counters, trouble: DeviceError | None) -> None:
        """The report counter decides; waits for the printer as long as it takes."""
        while True:
            try:
                found = self._look(base)
                break
            except DeviceError:
                self._context.tell(PrinterChanged(is_online=False, retry_s=_RETRY_S))
                self._context.tell(
                    ClosingStep("UNKNOWN", _("Checking whether the report was made"))
                )
                if self._context.stopping.wait(_RETRY_S):
                    return
        counters, reports = found
        self._context.tell(PrinterChanged(is_online=True))
        if not reports:
            error = explain(trouble)
            self._context.engine.call(self._books.not_made, str(trouble or "not made")).result()
            self._context.tell(Failed(error))
            return
        row = self._context.engine.call(self._books.reported, reports, counters).result()
        self._after_report(row)

    def _look(self, base: Counters) -> tuple[Counters, list[Report]]:
        printer = self._context.printer
        printer.connect()
        counters = printer.counters()
        if counters.unique_no != base.unique_no:
            msg = f"printer {counters.unique_no} answers instead of {base.unique_no}"
            raise Unreachable(msg)
        numbers = range(base.reports + 1, counters.reports + 1)
        return counters, [printer.report(number) for number in numbers]

    def _after_report(self, row: ClosingRow) -> None:
        self._context.tell(ClosingStep("REPORTED"))
        engine = self._context.engine
        notes = list(row.notes)
        if row.step == "REPORTED":
            notes += [*program(self._context, self._books), *self._memory()]
            engine.call(self._books.advance, "SETTINGS", tuple(notes)).result()
            self._context.tell(ClosingStep("SETTINGS"))
        # The printer's thread must be free again: waiting for the network is not its business.
        engine.call(self._follow, 0, tuple(notes))

    # --- on the engine's thread ----------------------------------------------------------------

    def _local_summary(
        self, counters: Counters | None, clock: str, problems: list[TillError]
    ) -> Summary:
        db = self._context.journal
        receipt = receipts.unfinished(db)
        if receipt is not None and not (receipt.state is State.OPEN and receipt.is_empty):
            in_doubt = receipt.state is State.PRINTING
            problems.append(Rejected(Code.IN_DOUBT if in_doubt else Code.RECEIPT_OPEN))
        known = counters or settings.expected_counters(db)
        sold = plus(known.totals_gr, known.invoice_totals_gr) if known else NO_TOTALS
        if counters is not None and not any(sold):
            problems.append(Rejected(Code.NO_SALES))
        if closings.unfinished(db) is not None:
            problems.append(Rejected(Code.BUSY))
        return Summary(
            report_no=known.reports + 1 if known else 0,
            receipts=known.receipts + known.invoices if known else 0,
            cancelled=known.cancelled if known else 0,
            total_gr=sum(sold),
            unsent=outbox.unsent(db).count,
            printer_clock=clock,
            problems=tuple(problems),
            parked=tuple(one.bill for one in parked.lying(db) if one.items),
            warnings=tuple(self._warnings()),
        )

    def _warnings(self) -> Iterator[TillError]:
        if names := self._shifts.names():
            yield Rejected(Code.SHIFTS_OPEN, names=", ".join(names))
        if waiting := bills.waiting(self._context.journal):
            total = show_gr(sum(bill.total_gr for bill in waiting))
            yield Rejected(Code.BILLS_WAIT, count=len(waiting), total=total)

    def _follow(self, number: int, notes: tuple[str, ...]) -> None:
        """Start the next step after the report; its end calls here again on this thread."""
        if number == 0:
            self._shifts.end_all()
        if number == len(self._afterwards):
            self._end(notes)
            return
        name, begin = self._afterwards[number]
        self._context.tell(ClosingStep(name))
        begin().add_done_callback(
            lambda done: self._context.engine.call(
                self._follow, number + 1, tuple(dict.fromkeys((*notes, *_trouble(done))))
            )
        )

    def _end(self, notes: tuple[str, ...]) -> None:
        report = self._books.finish(notes)
        self._finished()
        total_gr = sum(report.printer_gr) + sum(report.printer_invoice_gr)
        count = report.receipts + report.invoices
        self._context.tell(DayClosed(report.report_no, total_gr, count, notes))


def _trouble(done: Future[Any]) -> tuple[str, ...]:
    error = done.exception()
    if error is None:
        return ()
    return (error.sentence() if isinstance(error, TillError) else str(error),)
