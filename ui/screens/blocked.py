"""Selling is stopped: why, what is kept, and what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code
from terminal.i18n import ntranslate, translate
from terminal.sync.wire import Right
from ui.keypad import Accept, Cancel
from ui.screens.page import Page, Scans
from ui.screens.question import Question
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.errors import TillError
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Blocked(Page):
    """Goes away by itself as soon as the till says that selling goes on."""

    scans = Scans.IGNORE

    @property
    def title(self) -> str:
        """The heading."""
        return translate("SELLING IS STOPPED")

    def legend(self) -> Legend:
        """What is left."""
        if self._may_accept:
            return (("Enter", translate("service: accept the printer's figures")),)
        if self._may_confirm:
            return (("Enter", translate("both figures seen")),)
        return (("F10", translate("reports, status, synchronisation")),)

    def body(self, width: int, height: int) -> list[Row]:
        """The reason, then what is safe, then the way out."""
        reason = self.desk.known.blocked
        receipt = self.desk.known.receipt
        texts = []
        if reason is not None:
            texts.append((f"{reason.code} {reason.sentence()}", row.WARN))
            texts += _pictures(reason)
        if receipt is not None and receipt.lines:
            count = len(receipt.live_lines)
            kept = ntranslate(
                "The open receipt ({count} line) is kept.",
                "The open receipt ({count} lines) is kept.",
                count,
            )
            texts.append((kept, row.STRONG))
        texts.append((translate("Printed receipts and unsent data are safe."), row.TEXT))
        texts.append(
            (translate("Menu (F10): 3 daily report, 7 1 printer, 8 4 synchronisation."), row.TEXT)
        )
        if self._may_accept:
            text = translate("Service: Enter takes the printer's figures for the truth.")
            texts.append((text, row.STRONG))
        if self._may_confirm:
            text = translate("Enter: both figures seen. The printer's count, the office has both.")
            texts.append((text, row.STRONG))
        rows = [row.row(width)] * (height // 5)
        for text, style in texts:
            rows += [*row.wrapped(width, text, style), row.row(width)]
        return rows

    @property
    def _may_accept(self) -> bool:
        operator, reason = self.desk.known.operator, self.desk.known.blocked
        return (
            operator is not None
            and Right.SERVICE in operator.rights
            and reason is not None
            and reason.code in {Code.DISAGREES, Code.RAM_RESET, Code.WRONG_PRINTER}
        )

    @property
    def _may_confirm(self) -> bool:
        operator, reason = self.desk.known.operator, self.desk.known.blocked
        is_manager = operator is not None and Right.CLOSE_DAY in operator.rights
        return is_manager and reason is not None and reason.code is Code.REPORT_DIFFERS

    def on(self, intent: Intent) -> None:
        """Only service may go on, and only after a question."""
        match intent:
            case Accept() if self._may_accept:
                text = translate(
                    "Take the printer's figures for the truth? A disputed receipt is given up"
                    " and told to the office."
                )
                verb = self.desk.till.accept_printer
                self.desk.open(Question(self.desk, text, lambda: self.desk.call(verb)))
            case Accept() if self._may_confirm:
                self.desk.call(self.desk.till.confirm_report)
            case Accept() | Cancel():
                return
            case _:
                super().on(intent)


def _pictures(reason: TillError) -> list[tuple[str, str]]:
    """What the till expected and what the printer shows, where the reason has both."""
    labels = {"expected": translate("Till: {picture}"), "found": translate("Printer: {picture}")}
    if reason.code is Code.WRONG_PRINTER or not labels.keys() <= reason.params.keys():
        return []
    return [(label.format(picture=reason.params[key]), row.TEXT) for key, label in labels.items()]
