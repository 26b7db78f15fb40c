"""Takes a paid receipt to the fiscal memory across two threads, and looks after the printer.

Device work runs on the printer's thread, each commit on the engine's; neither ever waits for the
other while it holds something the screen needs. The rules are in ``settle`` and ``reconcile``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import DeviceError, NotReady, Refused, Why
from terminal.errors import Blocked, Code, Rejected, TillError
from terminal.events import (
    Failed,
    PrinterChanged,
    ReceiptNotPrinted,
    ReceiptPrinted,
    SellingBlocked,
)
from terminal.sale import fiscalise, tax_step
from terminal.sale.buyer import on_paper
from terminal.sale.fiscalise import Attempt
from terminal.sale.meeting import Meeting
from terminal.sale.picture import Then, Verdict
from terminal.sale.receipt import State
from terminal.sale.refusals import explain
from terminal.sale.sendable import is_sendable
from terminal.sale.settle import TABLE, then_of
from terminal.sale.stops import stop
from terminal.sale.waiting import BUSY, waiting_for
from terminal.store import receipts, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.fiscal import Counters, Report
    from terminal.context import Context
    from terminal.sale.fiscalise import Outcome
    from terminal.sale.ledger import Ledger
    from terminal.sale.line import Line
    from terminal.sale.picture import Ruling
    from terminal.sale.receipt import Receipt


class Checkout:
    """``put`` replaces the receipt on the screen, on the engine's thread; None is a new one.

    ``import_report`` books a daily report that was made at the printer, and ``read_footer`` gives
    the shop's words below a receipt, both on the engine's thread.
    """

    def __init__(
        self,
        context: Context,
        ledger: Ledger,
        put: Callable[[Receipt | None], None],
        import_report: Callable[[Report, Counters], None],
        read_footer: Callable[[], str],
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._put = put
        self._import_report = import_report
        self._read_footer = read_footer
        self.meeting = Meeting(context, ledger, import_report)
        self._is_blocked = False

    def print_receipt(self, receipt: Receipt) -> Future[None]:
        """Send a PAID receipt to the printer; events tell how it ended."""
        return self._context.devices.call(self._print, receipt)

    def look_after(self) -> Future[None]:
        """Meet the printer, settle what is in doubt, watch its paper; called again and again."""
        return self._context.devices.call(self._look_after)

    def meet_again(self) -> Future[None]:
        """Meet the printer as if for the first time: a report was made, or a setting confirmed."""
        return self._context.devices.call(self._meet_again)

    def accept(self, operator: str, receipt: Receipt | None) -> Future[None]:
        """A technician takes the printer's figures for the truth."""
        return self._context.devices.call(self._accept, operator, receipt)

    def meet(self, just_read: Counters | None = None) -> Counters:
        """Counters that the journal can explain, on the printer's thread; see ``Meeting``."""
        return self.meeting.meet(just_read)

    # --- on the printer's thread ---------------------------------------------------------------

    def _print(self, receipt: Receipt) -> None:
        attempt = self._prepare(receipt)
        if attempt is None:
            return
        trouble: DeviceError | None = None
        try:
            paper = fiscalise.fiscal_receipt(
                attempt.receipt, self._context.terminal, attempt.footer
            )
            self._context.printer.print_receipt(paper, attempt.token)
        except DeviceError as caught:
            trouble = caught
        try:
            self._settle(attempt, trouble, is_answered=trouble is None)
        except TillError as error:
            # What was found out could not be written down; the next look finds it out again.
            self._block(error)

    def _prepare(self, receipt: Receipt) -> Attempt | None:
        """Meet the printer and write the intent down; without both nothing may be sent."""
        try:
            base = self.meet()
            tax_step.check(self._context, receipt, base.unique_no)
            is_sent = is_sendable(self._context.printer, receipt)
        except DeviceError as error:
            self._lost(error)
            is_answer = isinstance(error, Refused | NotReady)
            self._not_begun(receipt, explain(error) if is_answer else Rejected(Code.NO_PRINTER))
            return None
        except TillError as error:
            if isinstance(error, Blocked):
                self._block(error)
            self._not_begun(receipt, error)
            return None
        try:
            begin = self._begin if is_sent else self._begin_on_paper
            return self._context.engine.call(begin, receipt, base).result()
        except TillError as error:
            self._not_begun(receipt, error)
            return None

    def _not_begun(self, receipt: Receipt, reason: TillError) -> None:
        self._context.tell(ReceiptNotPrinted(receipt, reason, was_cancelled=False))

    def _look_after(self) -> None:
        try:
            if self.meeting.is_met:
                self._watch()
            else:
                self._resume()
        except DeviceError as error:
            self._lost(error)
        except TillError as error:
            self._block(error)

    def _meet_again(self) -> None:
        self.meeting.forget()
        self._look_after()

    def _lost(self, error: DeviceError) -> None:
        """The line broke; a refusal is an answer, of a printer that others hold."""
        self.meeting.forget()
        is_there = isinstance(error, Refused)
        self._context.tell(PrinterChanged(is_there, waits_for=BUSY if is_there else ""))

    def _watch(self) -> None:
        status = self._context.printer.status()
        self._context.tell(PrinterChanged(is_online=True, waits_for=waiting_for(status)))
        if status.is_ready and self.meeting.is_due:
            self.meet()

    def _resume(self) -> None:
        """After a start or a lost line: first the receipt in doubt, then the counters."""
        self._context.printer.connect()
        attempt = self._context.engine.call(self._in_doubt).result()
        if attempt is not None:
            if attempt.receipt.state is not State.PRINTING:
                self._adopt(attempt)
            elif not self._settle(attempt, None):
                return
        self.meet()
        self._context.tell(PrinterChanged(is_online=True))
        self._unblock()

    def _adopt(self, attempt: Attempt) -> None:
        """A PAID receipt is not believed to be unsent: a dying disk may have lost its intent."""
        outcome = self._outcome(attempt)
        if outcome.ruling.verdict is Verdict.SOLD:
            begun = self._context.engine.call(self._begin, attempt.receipt, attempt.base).result()
            if begun is not None:
                self._finish(begun, outcome, None)

    def _settle(
        self, attempt: Attempt, error: DeviceError | None, *, is_answered: bool = False
    ) -> bool:
        """Whether it is known now what became of the receipt."""
        # Until that is committed, every look at the printer begins here again.
        self.meeting.forget()
        try:
            outcome = self._outcome(attempt, is_answered=is_answered)
        except fiscalise.Interrupted:
            return False
        if then_of(outcome.ruling.verdict) is Then.STOP:
            self._dispute(attempt, outcome)
            return False
        self._finish(attempt, outcome, error)
        return True

    def _dispute(self, attempt: Attempt, outcome: Outcome) -> None:
        code = TABLE[outcome.ruling.step].code or Code.DISAGREES
        rid, base, now = attempt.receipt.rid, attempt.base, outcome.counters
        self._block(self.meeting.stopped(stop(code, base, now, rid), base, now, rid))

    def _finish(self, attempt: Attempt, outcome: Outcome, error: DeviceError | None) -> None:
        """Commit in the order in which things happened, were there daily reports in between.

        Reports made after the receipt are found and booked by the next meeting.
        """
        engine, ruling = self._context.engine, outcome.ruling
        for report in outcome.reports:
            if report.number < ruling.report_no:
                engine.call(self._import_report, report, outcome.counters).result()
        engine.call(self._end, attempt.receipt, ruling, error).result()
        self.meeting.is_met = not outcome.reports and not isinstance(error, Refused)

    def _outcome(self, attempt: Attempt, *, is_answered: bool = False) -> Outcome:
        context = self._context
        return fiscalise.settle(
            context.printer, attempt, context.stopping, context.tell, is_answered=is_answered
        )

    def _accept(self, operator: str, receipt: Receipt | None) -> None:
        printer = self._context.printer
        printer.connect()
        # Even what another program left open: a technician is there and has said so.
        printer.cancel(by_force=True)
        counters = printer.counters()
        self._context.engine.call(self._ledger.accept, receipt, counters, operator).result()
        if receipt is not None and receipt.state is State.PRINTING:
            self._context.engine.call(self._put, None).result()
        # What still stands in the way, such as a report with other totals, is told by itself.
        self._meet_again()

    def _block(self, reason: TillError) -> None:
        self._is_blocked = True
        self._context.tell(SellingBlocked(reason))

    def _unblock(self) -> None:
        if self._is_blocked:
            self._is_blocked = False
            self._context.engine.call(self._ledger.go_on).result()
            self._context.tell(SellingBlocked(None))

    # --- on the engine's thread ----------------------------------------------------------------

    def _begin(self, receipt: Receipt, base: Counters) -> Attempt | None:
        """None when the cashier has changed, dropped or printed it while this waited its turn."""
        if receipts.unfinished(self._context.journal) != receipt:
            return None
        printing, token = self._ledger.begin(receipt, base)
        self._put(printing)
        return Attempt(printing, base, token, self._read_footer())

    def _begin_on_paper(self, receipt: Receipt, base: Counters) -> Attempt | None:
        """What cannot be sent electronically is printed, and the cashier hears of it."""
        if receipts.unfinished(self._context.journal) != receipt:
            return None
        self._context.tell(Failed(Rejected(Code.E_DOCUMENT, number=0)))
        return self._begin(self._put_on_paper(receipt), base)

    def _put_on_paper(self, receipt: Receipt) -> Receipt:
        printed = on_paper(receipt)
        self._ledger.store(receipt, printed)
        self._put(printed)
        return printed

    def _in_doubt(self) -> Attempt | None:
        db = self._context.journal
        receipt = receipts.unfinished(db)
        if receipt is None or receipt.state is State.OPEN:
            return None
        if tried := receipts.open_attempt(db, receipt.rid):
            return Attempt(receipt, tried.base, tried.token)
        expected = settings.expected_counters(db)
        return Attempt(receipt, expected, 0) if expected else None

    def _end(self, printing: Receipt, ruling: Ruling, error: DeviceError | None) -> None:
        if ruling.verdict is Verdict.SOLD:
            sold = self._ledger.sold(printing, ruling)
            self._put(None)
            self._context.tell(ReceiptPrinted(sold, ruling.receipt_no, sold.change_gr))
            return
        is_cancelled = ruling.verdict is Verdict.CANCELLED
        why = str(error) if error else "interrupted"
        back = self._ledger.not_sold(printing, ruling, why)
        self._put(back)
        if isinstance(error, Refused) and error.why is Why.E_DOCUMENT:
            back = self._put_on_paper(back)
        refused = _refused_line(printing, error)
        reason = explain(error, refused.name, refused.vat, printing.nip)
        self._context.tell(ReceiptNotPrinted(back, reason, was_cancelled=is_cancelled))


def _refused_line(receipt: Receipt, error: DeviceError | None) -> Line:
    """The line that the printer refused; the last one when it was none of them."""
    item = error.item if isinstance(error, Refused) else ""
    lines = receipt.live_lines
    return next((line for line in lines if line.name == item), lines[-1])
