"""Verbs of the payment: receive money, take it back, print. On the engine's thread.

A receipt is paid as its printer counts it, and only while the day and the printer let it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.day.clock import is_stopping, too_far_off
from terminal.day.state import Day
from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale import verbs as sale
from terminal.sale.invoice import invoice_items
from terminal.sale.money import show_gr
from terminal.sale.names import twins
from terminal.sale.receipt import CardStatus, State
from terminal.sale.tender import (
    answered,
    ends_in_bill,
    enough,
    exchanged,
    let_go,
    pay,
    reopen,
    take_back,
    tendered,
    to_reverse,
)
from terminal.store import settings
from terminal.store.db import write
from terminal.store.shifts import Part
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.day.reminder import Reminder
    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import PaymentMethod

_ANSWERS = {
    CardStatus.NONE: "card_declined",
    CardStatus.UNKNOWN: "card_unknown",
    CardStatus.APPROVED: "card_approved",
}


class Paying(InHand):
    """From the first money to the printer."""

    reminder: Reminder

    def pay(self, method_id: str, amount_gr: int | None = None) -> None:
        """Receive money, exactly what is due without ``amount_gr``; the last payment prints.

        A method that asks a payment terminal waits for ``answer_card``; one that is not fiscal ends
        in a bill.
        """
        receipt = self._payable()
        method = self._method(method_id)
        amount = receipt.due_gr if amount_gr is None else amount_gr
        is_bill = ends_in_bill(receipt, method)
        paid = pay(receipt, tendered(receipt, method, amount), gives_change=method.gives_change)
        if is_bill:
            self._end_in_bill(receipt, paid)
        else:
            self._received(paid)

    def pay_currency(self, symbol: str, foreign: int | None = None) -> None:
        """Receive ``foreign`` hundredths of a currency, or as few as cover what is due.

        Raises E-121 for a currency without a rate.
        """
        receipt = self._payable()
        currency = next((it for it in self._catalogue.currencies() if it.id == symbol), None)
        if currency is None:
            raise Rejected(Code.NO_CURRENCY)
        amount = enough(receipt.due_gr, currency.rate_e4) if foreign is None else foreign
        self._received(pay(receipt, exchanged(currency, amount)))

    def answer_card(self, status: CardStatus, reference: str = "") -> None:
        """What the payment terminal said of the card that is in doubt; NONE when not charged.

        The cashier answers by a key; a terminal that the till speaks to would answer here, too.
        Raises E-119 when no card waits.
        """
        operator = require(self._operator, Right.SELL)
        receipt = self._current()
        changed = answered(receipt, status, reference)
        asked = receipt.payments[-1]
        detail = {"method": asked.method, "amount_gr": asked.amount_gr, "reference": reference}
        name = _ANSWERS[status]
        with write(self._context.journal):
            self._shifts.take(operator, Part.RECEIPT, receipt.rid)
            self._ledger.change(operator.name, receipt, changed, name, was=asked.status, **detail)
        self._put(changed)
        self._told_documents()
        if changed.state is State.PAID:
            self._checkout.print_receipt(changed)

    def take_back_payments(self, *, is_reversed: bool = False) -> None:
        """Undo all payments of a receipt that is not printed.

        Raises E-115 for a card that was charged, unless it ``is_reversed`` at its terminal.
        """
        receipt = self._current()
        self._take_back(receipt, reopen(receipt), is_reversed=is_reversed)

    def take_back_payment(self, *, is_reversed: bool = False) -> None:
        """Undo the last payment of a receipt that is not printed; raises E-115 as above."""
        receipt = self._current()
        self._take_back(receipt, take_back(receipt), is_reversed=is_reversed)

    def print_receipt(self) -> None:
        """Print a PAID receipt whose last attempt left nothing sold."""
        require(self._operator, Right.SELL)
        self._let_sell()
        receipt = self._counted()
        if receipt.state is not State.PAID:
            raise Rejected(Code.BUSY)
        self._checkout.print_receipt(receipt)

    def _payable(self) -> Receipt:
        """The receipt as it may be paid now; raises why it may not."""
        require(self._operator, Right.SELL)
        self._let_sell()
        self._let_begin()
        receipt = self._counted()
        self._tell_apart(receipt)
        if receipt.is_invoice:
            invoice_items(receipt)
        return receipt

    def _method(self, method_id: str) -> PaymentMethod:
        found = next((m for m in self._catalogue.payment_methods() if m.id == method_id), None)
        if found is None:
            raise Rejected(Code.NO_METHOD)
        return found

    def _received(self, paid: Receipt) -> None:
        operator = require(self._operator, Right.SELL)
        with write(self._context.journal):
            self._shifts.take(operator, Part.RECEIPT, paid.rid)
            self._ledger.store(self._receipt, paid)
        self._put(paid)
        if paid.state is State.PAID:
            self._checkout.print_receipt(paid)

    def _end_in_bill(self, receipt: Receipt, paid: Receipt) -> None:
        operator = require(self._operator, Right.SELL)
        with write(self._context.journal):
            self._shifts.take(operator, Part.BILL, paid.rid)
            bill, number = self._ledger.bill(receipt, paid)
        self._put(None)
        self._told_documents()
        self._context.tell(events.BillMade(bill, number))

    def _take_back(self, receipt: Receipt, left: Receipt, *, is_reversed: bool) -> None:
        operator = require(self._operator, Right.SELL)
        gone = receipt.payments[len(left.payments) :]
        charged = to_reverse(gone)
        if not charged:
            self._change(left)
            return
        if not is_reversed:
            let_go(receipt)
        cards = [{"amount_gr": it.amount_gr, "reference": it.reference} for it in charged]
        self._ledger.change(operator.name, receipt, left, "card_reversed", cards=cards)
        self._put(left)
        self._told_documents()

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
        self.reminder.enter_payment()
        day, noted = self.day(), self._lamps.noted
        if day is Day.EMPTY and noted is not None and is_stopping(noted.off):
            # It may have been put right since: look again.
            self._checkout.meet_again()
            raise too_far_off(noted.clock, noted.clock - noted.off)
