"""Takes a paid receipt to the fiscal memory across two threads, and looks after the printer.

Device work runs on the printer's thread, each commit on the engine's; neither ever waits for the
other while it holds something the screen needs. The rules are in ``settle`` and ``reconcile``.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Refused
from terminal.errors import Blocked, Code, Rejected, TillError
from terminal.events import PrinterChanged, ReceiptNotPrinted, ReceiptPrinted, SellingBlocked
from terminal.sale import fiscalise
from terminal.sale.receipt import State
from terminal.sale.reconcile import compare
from terminal.sale.refusals import explain
from terminal.sale.settle import Verdict, before_report
from terminal.sale.waiting import waiting_for
from terminal.store import receipts, settings
from terminal.store.db import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.fiscal import Counters, Report, Seven
    from terminal.context import Context
    from terminal.sale.fiscalise import Outcome
    from terminal.sale.ledger import Ledger
    from terminal.sale.receipt import Line, Receipt
    from terminal.sale.settle import Ruling

# A till that stands idle asks whether the printer has made a daily report by itself.
_MEET_EVERY_S = 900.0

_BLOCKS = {
    Verdict.WRONG_PRINTER: Code.WRONG_PRINTER,
    Verdict.RAM_RESET: Code.RAM_RESET,
    Verdict.DISAGREES: Code.DISAGREES,
}


class Checkout:
    """``put`` replaces the receipt on the screen, on the engine's thread; None is a new one.

    ``import_report`` books a daily report that was made at the printer, on the engine's thread.
    """

    def __init__(
        self,
        context: Context,
        ledger: Ledger,
        put: Callable[[Receipt | None], None],
        import_report: Callable[[Report, Counters], None],
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._put = put
        self._import_report = import_report
        self._is_met = False
        self._met_at_s = 0.0
        self._is_blocked = False

    def print_receipt(self, receipt: Receipt) -> Future[None]:
        """Send a PAID receipt to the printer; events tell how it ended."""
        return self._context.devices.call(self._print, receipt)

    def look_after(self) -> Future[None]:
        """Meet the printer, settle what is in doubt, watch its paper; called again and again."""
        return self._context.devices.call(self._look_after)

    def accept(self, operator: str, receipt: Receipt | None) -> Future[None]:
        """A technician takes the printer's figures for the truth."""
        return self._context.devices.call(self._accept, operator, receipt)

    # --- on the printer's thread ---------------------------------------------------------------

    def _print(self, receipt: Receipt) -> None:
        printer, engine = self._context.printer, self._context.engine
        try:
            base = self.meet()
        except DeviceError:
            self._is_met = False
            self._context.tell(PrinterChanged(is_online=False))
            self._not_begun(receipt, Rejected(Code.NO_PRINTER))
            return
        except TillError as error:
            self._block(error)
            self._not_begun(receipt, error)
            return
        try:
            begun = engine.call(self._begin, receipt, base).result()
        except TillError as error:
            # The intent is not on disk, so nothing may be sent.
            self._not_begun(receipt, error)
            return
        if begun is None:
            return
        printing, token = begun
        paper = fiscalise.fiscal_receipt(printing, self._context.terminal)
        trouble: DeviceError | None = None
        try:
            printer.print_receipt(paper, token)
        except DeviceError as caught:
            trouble = caught
        try:
            self._settle(printing, base, trouble)
        except TillError as error:
            # What was found out could not be written down; the next look finds it out again.
            self._block(error)

    def _not_begun(self, receipt: Receipt, reason: TillError) -> None:
        self._context.tell(ReceiptNotPrinted(receipt, reason, was_cancelled=False))

    def _look_after(self) -> None:
        try:
            if self._is_met:
                self._watch()
            else:
                self._resume()
        except DeviceError:
            self._is_met = False
            self._context.tell(PrinterChanged(is_online=False))
        except TillError as error:
            self._block(error)

    def _watch(self) -> None:
        status = self._context.printer.status()
        self._context.tell(PrinterChanged(is_online=True, waits_for=waiting_for(status)))
        if status.is_ready and time.monotonic() - self._met_at_s >= _MEET_EVERY_S:
            self.meet()

    def _resume(self) -> None:
        """After a start or a lost line: first the receipt in doubt, then the counters."""
        self._context.printer.connect()
        receipt, base = self._context.engine.call(self._in_doubt).result()
        if receipt is not None and base is not None:
            if receipt.state is not State.PRINTING:
                self._adopt(receipt, base)
            elif not self._settle(receipt, base, None):
                return
        self.meet()
        self._context.tell(PrinterChanged(is_online=True))
        if self._is_blocked:
            self._unblock()

    def _adopt(self, receipt: Receipt, expected: Counters) -> None:
        """A PAID receipt is not believed to be unsent: a dying disk may have lost its intent."""
        outcome = self._outcome(receipt, expected)
        if outcome.ruling.verdict is Verdict.SOLD:
            begun = self._context.engine.call(self._begin, receipt, expected).result()
            if begun is not None:
                self._finish(begun[0], expected, outcome, None)

    def meet(self) -> Counters:
        """Read the counters and make sure that they are what the journal expects.

        On the printer's thread.
        Imports daily reports made at the printer. Raises ``Blocked`` when they cannot be explained.
        """
        printer, engine = self._context.printer, self._context.engine
        now = printer.counters()
        expected = engine.call(settings.expected_counters, self._context.journal).result()
        findings = compare(expected, now)
        for number in findings.reports:
            engine.call(self._import_report, printer.report(number), now).result()
        if findings.block:
            self._is_met = False
            raise findings.block
        rates = None if self._is_met else printer.rates()
        engine.call(self._met, now, rates, findings.cancelled).result()
        self._is_met = True
        self._met_at_s = time.monotonic()
        return now

    def _settle(self, printing: Receipt, base: Counters, error: DeviceError | None) -> bool:
        """Whether it is known now what became of the receipt."""
        # Until that is committed, every look at the printer begins here again.
        self._is_met = False
        try:
            outcome = self._outcome(printing, base)
        except fiscalise.Interrupted:
            return False
        if block := _BLOCKS.get(outcome.ruling.verdict):
            found = outcome.counters.unique_no
            self._block(
                Blocked(block, detail=printing.rid[:8], found=found, expected=base.unique_no)
            )
            return False
        self._finish(printing, base, outcome, error)
        self._is_met = True
        return True

    def _finish(
        self, printing: Receipt, base: Counters, outcome: Outcome, error: DeviceError | None
    ) -> None:
        """Commit in the order in which things happened, were there a daily report in between."""
        engine, report, counters = self._context.engine, outcome.report, outcome.counters
        if report is not None and outcome.ruling.report_no > report.number:
            engine.call(self._import_report, report, counters).result()
        elif report is not None:
            # The next meeting finds and books the report.
            counters = before_report(base, report)
        engine.call(self._end, printing, outcome.ruling, counters, error).result()

    def _outcome(self, receipt: Receipt, base: Counters) -> Outcome:
        context = self._context
        return fiscalise.settle(context.printer, receipt, base, context.stopping, context.tell)

    def _accept(self, operator: str, receipt: Receipt | None) -> None:
        printer = self._context.printer
        printer.connect()
        printer.cancel()
        counters = printer.counters()
        self._context.engine.call(self._ledger.accept, receipt, counters, operator).result()
        if receipt is not None and receipt.state is State.PRINTING:
            self._context.engine.call(self._put, None).result()
        self.meet()
        self._unblock()

    def _block(self, reason: TillError) -> None:
        self._is_blocked = True
        self._context.tell(SellingBlocked(reason))

    def _unblock(self) -> None:
        self._is_blocked = False
        self._context.tell(SellingBlocked(None))

    # --- on the engine's thread ----------------------------------------------------------------

    def _begin(self, receipt: Receipt, base: Counters) -> tuple[Receipt, int] | None:
        """None when the cashier has changed, dropped or printed it while this waited its turn."""
        if receipts.unfinished(self._context.journal) != receipt:
            return None
        printing, token = self._ledger.begin(receipt, base)
        self._put(printing)
        return printing, token

    def _in_doubt(self) -> tuple[Receipt | None, Counters | None]:
        receipt = receipts.unfinished(self._context.journal)
        if receipt is None or receipt.state is State.OPEN:
            return None, None
        tried = receipts.open_attempt(self._context.journal, receipt.rid)
        base = tried.base if tried else settings.expected_counters(self._context.journal)
        return receipt, base

    def _met(self, now: Counters, rates: Seven | None, cancelled: int) -> None:
        db = self._context.journal
        if settings.expected_counters(db) != now:
            self._ledger.expect(now, cancelled)
        if rates is not None and settings.printer_rates(db) != rates:
            with write(db):
                settings.remember_rates(db, rates)

    def _end(
        self, printing: Receipt, ruling: Ruling, counters: Counters, error: DeviceError | None
    ) -> None:
        if ruling.verdict is Verdict.SOLD:
            sold = self._ledger.sold(printing, ruling, counters)
            self._put(None)
            self._context.tell(ReceiptPrinted(sold, ruling.receipt_no, sold.change_gr))
            return
        is_cancelled = ruling.verdict is Verdict.CANCELLED
        why = str(error) if error else "interrupted"
        back = self._ledger.not_sold(printing, counters, why, is_cancelled=is_cancelled)
        self._put(back)
        refused = _refused_line(printing, error)
        reason = explain(error, refused.name, refused.vat)
        self._context.tell(ReceiptNotPrinted(back, reason, was_cancelled=is_cancelled))


def _refused_line(receipt: Receipt, error: DeviceError | None) -> Line:
    """The line that the printer refused; the last one when it was none of them."""
    item = error.item if isinstance(error, Refused) else ""
    lines = receipt.live_lines
    return next((line for line in lines if line.name == item), lines[-1])
