"""What stands in the way of a daily report: everything at once, before anything is sent.

Asked on the printer's thread, so that what the printer says and what the journal says belong
together. Nothing here changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Refused
from drivers.fiscal import NO_TOTALS
from terminal.day.clock import drift, is_stopping, office_apart, too_far_off
from terminal.day.memory import is_ending, memory_ends
from terminal.errors import Code, Rejected, TillError
from terminal.sale.money import plus, show_gr
from terminal.sale.receipt import State
from terminal.sale.refusals import explain
from terminal.sale.waiting import in_words, waiting_for
from terminal.store import bills, cash, closings, outbox, parked, receipts, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta

    from drivers.fiscal import Counters
    from terminal.context import Context
    from terminal.day.books import Books
    from terminal.sale.receipt import Receipt
    from terminal.store.parked import Lying


class Remedy(StrEnum):
    """What the page of the daily report can do about a problem."""

    # ``till.closing.cancel_open``: the document in the printer is cancelled, and recorded.
    CANCEL_OPEN = "cancel_open"
    # ``close_day(allow_empty=True)``; the usual answer is no.
    EMPTY_REPORT = "empty_report"
    # ``till.answer_card``: somebody looks at the payment terminal and says how it ended.
    ANSWER_CARD = "answer_card"
    # Nothing but waiting: ask again after every ``PrinterChanged``.
    WAIT = "wait"


_REMEDIES = {
    Code.OPEN_DOCUMENT: Remedy.CANCEL_OPEN,
    Code.NO_SALES: Remedy.EMPTY_REPORT,
    Code.CARD_UNKNOWN: Remedy.ANSWER_CARD,
    Code.NO_PAPER: Remedy.WAIT,
    Code.NO_PRINTER: Remedy.WAIT,
    Code.PRINTER_BUSY: Remedy.WAIT,
    Code.IN_DOUBT: Remedy.WAIT,
    Code.BUSY: Remedy.WAIT,
}


def remedy_of(problem: TillError) -> Remedy | None:
    """What the page can offer; None where somebody has to put it right elsewhere."""
    return _REMEDIES.get(problem.code)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the cashier sees before the report is made; ``problems`` must be put right first.

    ``warnings`` are said and stop nothing. ``parked`` are the names of receipts that lie aside with
    lines on them: they stay for the next day. Of these ``added`` lie under names that cashiers
    added: the page asks which are given up instead, and names their rids to ``close_day``.
    ``printer_clock`` and ``till_clock`` are for the question whether date and time are right.
    ``counters`` are what the printer counted just now; None when it did not say.
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
    added: tuple[Lying, ...] = ()
    till_clock: str = ""
    counters: Counters | None = None


@dataclass(slots=True)
class _Seen:
    """What the printer said, as far as it did."""

    counters: Counters | None = None
    clock: str = ""
    holds_document: bool = False
    problems: tuple[TillError, ...] = ()
    warnings: tuple[TillError, ...] = ()


class Prechecks:
    """``shift_names`` says whose shifts are open, ``office_off`` how far the office's clock is."""

    def __init__(
        self,
        context: Context,
        books: Books,
        shift_names: Callable[[], list[str]],
        office_off: Callable[[], timedelta | None],
    ) -> None:
        self._context = context
        self._books = books
        self._shift_names = shift_names
        self._office_off = office_off

    def look(self) -> Summary:
        """Figures and all problems; on the printer's thread."""
        seen = _Seen()
        try:
            self._ask_printer(seen)
        except Refused as refused:
            seen.problems = (*seen.problems, explain(refused))
        except DeviceError:
            seen.problems = (*seen.problems, Rejected(Code.NO_PRINTER))
        return self._context.engine.call(self._summary, seen).result()

    def reports_left(self) -> int | None:
        """Daily reports that still fit into the fiscal memory; on the printer's thread."""
        archive = self._context.printer.archive
        return archive.reports_left() if archive else None

    def _ask_printer(self, seen: _Seen) -> None:
        printer = self._context.printer
        status = printer.status()
        if not status.is_ready:
            seen.problems = (Rejected(Code.NO_PAPER, reason=in_words(waiting_for(status))),)
            return
        if status.paper_low:
            seen.warnings = (Rejected(Code.PAPER_LOW),)
        seen.counters = printer.counters()
        seen.holds_document = printer.transaction().is_open
        self._compare_clocks(seen)
        left = self.reports_left()
        if is_ending(left):
            seen.warnings = (*seen.warnings, memory_ends(left))

    def _compare_clocks(self, seen: _Seen) -> None:
        """Two clocks here against each other, the office's as a witness: it must stop no report."""
        now = self._context.printer.clock()
        seen.clock = now.isoformat(" ", "minutes")
        ours = self._context.now().replace(tzinfo=None, microsecond=0)
        office_off = self._office_off()
        if is_stopping(drift(now, ours)):
            seen.problems = (too_far_off(now, ours),)
        elif office_off is not None and is_stopping(office_off):
            seen.warnings = (*seen.warnings, office_apart(office_off))

    # --- on the engine's thread ----------------------------------------------------------------

    def _summary(self, seen: _Seen) -> Summary:
        db = self._context.journal
        known = seen.counters or settings.expected_counters(db)
        sold = plus(known.totals_gr, known.invoice_totals_gr) if known else NO_TOTALS
        waiting = tuple(self._waiting_bills())
        is_current = self._books.is_current()
        lying = tuple(one for one in parked.lying(db) if one.items)
        offered = self._books.parking_names()
        return Summary(
            report_no=known.reports + 1 if known else 0,
            receipts=known.receipts + known.invoices if known else 0,
            cancelled=known.cancelled if known else 0,
            total_gr=sum(sold),
            unsent=outbox.unsent(db).count,
            printer_clock=seen.clock,
            problems=(
                *seen.problems,
                *self._problems(seen, is_empty=not any(sold), is_current=is_current),
                *(waiting if is_current else ()),
            ),
            warnings=(
                *seen.warnings,
                *self._open_shifts(),
                *(() if is_current else self._kept()),
                # The law wants the report before any more receipts.
                *(() if is_current else waiting),
            ),
            parked=tuple(one.bill for one in lying),
            added=tuple(one for one in lying if one.bill not in offered and not one.share),
            till_clock=self._context.now().replace(tzinfo=None).isoformat(" ", "minutes"),
            counters=seen.counters,
        )

    def _problems(self, seen: _Seen, *, is_empty: bool, is_current: bool) -> Iterator[TillError]:
        db = self._context.journal
        receipt = receipts.unfinished(db)
        in_doubt = receipt is not None and receipt.state is State.PRINTING
        # What is open in the printer may be that very sale: the counters decide about it.
        if seen.holds_document and not in_doubt and seen.counters:
            yield Rejected(Code.OPEN_DOCUMENT, number=seen.counters.last_receipt_no)
        if receipt is not None and (is_current or not _may_wait(receipt)):
            yield from _unfinished(receipt)
        if seen.counters is not None and is_empty:
            yield Rejected(Code.NO_SALES)
        if closings.unfinished(db) is not None or cash.unfinished(db) is not None:
            yield Rejected(Code.BUSY)

    def _kept(self) -> Iterator[TillError]:
        """What nobody can pay before the report is paid after it: it need not be given up."""
        receipt = receipts.unfinished(self._context.journal)
        if receipt is not None and _may_wait(receipt) and not receipt.is_empty:
            yield Rejected(Code.RECEIPT_KEPT, total=show_gr(receipt.total_gr))

    def _open_shifts(self) -> Iterator[TillError]:
        if names := self._shift_names():
            yield Rejected(Code.SHIFTS_OPEN, names=", ".join(names))

    def _waiting_bills(self) -> Iterator[TillError]:
        if waiting := bills.waiting(self._context.journal):
            total = show_gr(sum(bill.total_gr for bill in waiting))
            yield Rejected(Code.BILLS_WAIT, count=len(waiting), total=total)


def _may_wait(receipt: Receipt) -> bool:
    """Whether nobody has given money for it yet, and the printer knows nothing of it."""
    return receipt.state is State.OPEN and not receipt.payments


def _unfinished(receipt: Receipt) -> Iterator[TillError]:
    """What must become of the receipt on the screen first."""
    card = receipt.in_doubt
    if receipt.state is State.PRINTING:
        yield Rejected(Code.IN_DOUBT)
    elif card is not None:
        yield Rejected(Code.CARD_UNKNOWN, method=card.name, amount=show_gr(card.amount_gr))
    elif receipt.state is State.OPEN and receipt.payments:
        yield Rejected(Code.PAYMENT_BEGUN)
    elif receipt.state is not State.OPEN or not receipt.is_empty:
        yield Rejected(Code.RECEIPT_OPEN)
