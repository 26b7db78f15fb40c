"""What stands in the way of a daily report: everything at once, before anything is sent.

Asked on the printer's thread, so that what the printer says and what the journal says belong
together. Nothing here changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from drivers.fiscal import NO_TOTALS
from terminal.day.clock import drift, is_stopping, too_far_off
from terminal.day.memory import is_ending, memory_ends
from terminal.errors import Code, Rejected, TillError
from terminal.sale.money import plus, show_gr
from terminal.sale.receipt import State
from terminal.sale.waiting import in_words, waiting_for
from terminal.store import bills, closings, outbox, parked, receipts, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import Counters
    from terminal.context import Context
    from terminal.day.shifts import Shifts


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


class Prechecks:
    """``shifts`` says whose shifts are open."""

    def __init__(self, context: Context, shifts: Shifts) -> None:
        self._context = context
        self._shifts = shifts

    def look(self) -> Summary:
        """Figures and all problems; on the printer's thread."""
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
                left = self.reports_left()
        except DeviceError:
            problems.append(Rejected(Code.NO_PRINTER))
        summary = engine.call(self._local, counters, clock, problems).result()
        if is_ending(left):
            summary = replace(summary, warnings=(*summary.warnings, memory_ends(left)))
        return summary

    def reports_left(self) -> int | None:
        """Daily reports that still fit into the fiscal memory; on the printer's thread."""
        archive = self._context.printer.archive
        return archive.reports_left() if archive else None

    # --- on the engine's thread ----------------------------------------------------------------

    def _local(self, counters: Counters | None, clock: str, problems: list[TillError]) -> Summary:
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
