"""Verbs of the payment: receive money, take it back, print. On the engine's thread.

A receipt is paid as its printer counts it, and only while the day and the printer let it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.day.clock import is_stopping, too_far_off
from terminal.day.state import Day, let_pay
from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale import verbs as sale
from terminal.sale.money import show_gr
from terminal.sale.names import twins
from terminal.sale.receipt import Payment, State
from terminal.store import settings
from terminal.store.db import write
from terminal.store.shifts import Part
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.sale.receipt import Receipt


class Paying(InHand):
    """From the first money to the printer."""

    def pay(self, method_id: str, amount_gr: int | None = None) -> None:
        """Receive money, exactly what is due without ``amount_gr``; the last payment prints."""
        operator = require(self._operator, Right.SELL)
        self._let_sell()
        self._let_begin()
        receipt = self._counted()
        self._tell_apart(receipt)
        method = next((m for m in self._catalogue.payment_methods() if m.id == method_id), None)
        if method is None:
            raise Rejected(Code.NO_METHOD)
        amount = receipt.due_gr if amount_gr is None else amount_gr
        paid = sale.pay(receipt, Payment(method.id, method.name, method.kind, amount))
        with write(self._context.journal):
            self._shifts.take(operator, Part.RECEIPT, paid.rid)
            self._ledger.store(self._receipt, paid)
        self._put(paid)
        if paid.state is State.PAID:
            self._checkout.print_receipt(paid)

    def take_back_payments(self) -> None:
        """Undo all payments of a receipt that is not printed."""
        self._change(sale.reopen(self._current()))

    def print_receipt(self) -> None:
        """Print a PAID receipt whose last attempt left nothing sold."""
        require(self._operator, Right.SELL)
        self._let_sell()
        receipt = self._counted()
        if receipt.state is not State.PAID:
            raise Rejected(Code.BUSY)
        self._checkout.print_receipt(receipt)

    def _counted(self) -> Receipt:
        """The receipt as its printer counts it; raises E-70 when that is another total now.

        Raises E-13 for a line whose rate the printer has no longer.
        """
        receipt, journal = self._current(), self._context.journal
        if receipt.state is State.PRINTING:
            return receipt
        rates, mode = settings.printer_rates(journal), settings.percent_mode(journal)
        counted = sale.at_rates(receipt, rates) if rates else receipt
        if counted.percent_mode is not mode:
            counted = sale.recount(counted, mode)
        if counted is receipt:
            return receipt
        self._change(counted)
        if counted.totals_gr != receipt.totals_gr:
            raise Rejected(Code.PERCENTS_CHANGED, total=show_gr(counted.total_gr))
        return counted

    def _tell_apart(self, receipt: Receipt) -> None:
        if pair := twins(receipt.live_lines):
            one, other = pair
            names = {"name": one.name, "vat": one.vat, "other": other.name, "other_vat": other.vat}
            raise Rejected(Code.NAMESAKES, **names)

    def _let_begin(self) -> None:
        """Whether the day lets a payment begin; a new day needs a printer with the right date."""
        day, noted = self.day(), self._lamps.noted
        let_pay(day, self._catalogue.settings())
        if day is Day.EMPTY and noted is not None and is_stopping(noted.off):
            # It may have been put right since: look again.
            self._checkout.meet_again()
            raise too_far_off(noted.clock, noted.clock - noted.off)
