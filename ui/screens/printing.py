"""While a receipt prints, and after an attempt that sold nothing: what happened, what to press."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from terminal import events
from terminal.day.state import Day
from terminal.i18n import translate
from terminal.sale.receipt import DocumentKind
from terminal.sale.waiting import in_words
from ui.amounts import zloty
from ui.keypad import Accept, Cancel, Cycle
from ui.screens.card import take_back
from ui.screens.closing import Closing
from ui.screens.page import Page, Scans
from ui.screens.payment import Payment
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Printing(Page):
    """The printer has the receipt; its counters will say what became of it."""

    scans = Scans.IGNORE
    keeps_awake = True

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Printing the receipt")

    def legend(self) -> Legend:
        """Nothing need be pressed."""
        return ((translate("Wait"), translate("nothing to press")),)

    def body(self, width: int, height: int) -> list[Row]:
        """Plain words: printing, waiting for paper, or in doubt."""
        known = self.desk.known
        total = zloty(known.receipt.total_gr if known.receipt else 0)
        texts = [(translate("Receipt for {total} zł", total=total), row.STRONG)]
        if not known.printer_online:
            texts += [
                (translate("The printer does not answer. Check its cable and power."), row.WARN),
                (
                    translate(
                        "Whether the receipt is in the fiscal memory will be read from the printer;"
                        " nothing is printed twice."
                    ),
                    row.TEXT,
                ),
            ]
            if known.retry_s:
                again = translate("It is asked again in {seconds} s.", seconds=ceil(known.retry_s))
                texts.append((again, row.TEXT))
        elif known.waits_for:
            reason = in_words(known.waits_for)
            texts += [
                (translate("The printer waits: {reason}.", reason=reason), row.WARN),
                (translate("Put it right; printing goes on by itself."), row.TEXT),
            ]
        else:
            texts.append((translate("Please wait…"), row.TEXT))
        rows = [row.row(width)] * (height // 4)
        for text, style in texts:
            rows += [*row.wrapped(width, text, style), row.row(width)]
        return rows

    def on(self, intent: Intent) -> None:
        """Esc cannot undo what the printer has; the menu and the help stay open."""
        if not isinstance(intent, Cancel):
            super().on(intent)


class NotPrinted(Page):
    """The receipt is paid but not in the fiscal memory."""

    scans = Scans.IGNORE
    keeps_awake = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._is_trying = False

    @property
    def title(self) -> str:
        """The heading."""
        return translate("The receipt was NOT printed")

    def legend(self) -> Legend:
        """Again, or back."""
        if self._wants_report:
            return (
                ("Enter", translate("make the daily report")),
                ("Esc", translate("back to payment")),
            )
        other = (("#", translate("a receipt instead")),) if self._is_special else ()
        return (
            ("Enter", translate("print again")),
            *other,
            ("Esc", translate("back to payment")),
        )

    @property
    def _is_special(self) -> bool:
        """Whether the printer may have refused the document, and would print a plain receipt."""
        receipt = self.desk.known.receipt
        return receipt is not None and receipt.document is not DocumentKind.RECEIPT

    @property
    def _wants_report(self) -> bool:
        """Whether it will print nothing before a daily report: a payment made is not lost by it."""
        return self.desk.known.day == Day.FORCED

    def body(self, width: int, height: int) -> list[Row]:
        """Why, what that means, what to press."""
        failed = self.desk.known.not_printed
        texts: list[tuple[str, str]] = []
        if failed is not None:
            texts.append((f"{failed.reason.code} {failed.reason.sentence()}", row.WARN))
        if failed is not None and failed.was_cancelled:
            texts.append((translate("The printer marked the paper as cancelled."), row.TEXT))
        texts += [
            (translate("The sale is NOT in the fiscal memory; its payments are kept."), row.STRONG),
        ]
        if self._wants_report:
            ways = translate(
                "Enter takes the payments back and makes the daily report; then pay again."
            )
        else:
            ways = translate("Enter prints again. Esc goes back to the payment.")
        texts.append((ways, row.TEXT))
        if self._is_trying:
            texts.append((translate("Please wait…"), row.STRONG))
        rows = [row.row(width)] * (height // 4)
        for text, style in texts:
            rows += [*row.wrapped(width, text, style), row.row(width)]
        return rows

    def told(self, event: object) -> bool:
        """The attempt ended without having begun."""
        if isinstance(event, events.ReceiptNotPrinted):
            self._is_trying = False
        return False

    def on(self, intent: Intent) -> None:
        """Enter prints once, however often it is pressed."""
        till = self.desk.till
        match intent:
            case Accept() if self._wants_report and not self._is_trying:
                # Its payments are taken back: it is paid and printed in the new day.
                take_back(self.desk, till.take_back_payments, self._report)
            case Accept() if not self._is_trying:
                self._is_trying = True
                call = till.engine.call(till.print_receipt)
                self.desk.order(call, None, self._refused)
            case Cancel() if not self._is_trying:
                take_back(self.desk, till.take_back_payments, self._reopened)
            case Cycle() if not self._is_trying and self._is_special:
                nip = self.desk.known.receipt.nip if self.desk.known.receipt else ""
                self.desk.order(till.engine.call(till.issue_receipt, nip))
            case Accept() | Cancel():
                return
            case _:
                super().on(intent)

    def _refused(self, error: TillError) -> None:
        self._is_trying = False
        self.desk.refuse(error)

    def _report(self, _: None) -> None:
        self.desk.home()
        self.desk.open(Closing(self.desk))

    def _reopened(self, _: None) -> None:
        if self.desk.known.receipt is not None and not self.desk.known.receipt.is_empty:
            self.desk.open(Payment(self.desk))
