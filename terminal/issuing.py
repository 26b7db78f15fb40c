"""Verbs of the document that the customer gets: receipt, with NIP, invoice, electronic receipt.

On the engine's thread. The rules are in ``sale.buyer``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale.buyer import as_e_receipt, as_invoice, as_receipt
from terminal.store import bills, receipts
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from terminal.sale.buyer import Buyer


class Issuing(InHand):
    """What is printed, and for whom."""

    def issue_receipt(self, nip: str = "") -> None:
        """A receipt, with the buyer's tax number on it or without."""
        require(self._operator, Right.SELL)
        self._change(as_receipt(self._current(), nip))

    def issue_invoice(self, buyer: Buyer, *, is_meal: bool = False) -> None:
        """A fiscal invoice for ``buyer``; of a meal where the shop has meals, else E-123."""
        require(self._operator, Right.SELL)
        if is_meal and not self._catalogue.settings().meal_invoices:
            raise Rejected(Code.NO_MEAL_INVOICE)
        self._change(as_invoice(self._current(), buyer, is_meal=is_meal))

    def issue_e_receipt(self, kid: str) -> None:
        """An electronic receipt for who shows ``kid``; printed when the printer cannot send it."""
        require(self._operator, Right.SELL)
        self._change(as_e_receipt(self._current(), kid))

    def receipt_from_bill(self, rid: str) -> None:
        """Begin the fiscal receipt that makes the bill ``rid`` good: its lines, and no payment yet.

        Raises E-49 while something else is being sold, E-117 for a bill that was made good.
        """
        operator = require(self._operator, Right.SELL)
        if not self._shown().is_empty:
            raise Rejected(Code.RECEIPT_OPEN)
        db = self._context.journal
        if not bills.is_waiting(db, rid):
            raise Rejected(Code.NO_BILL)
        fresh, bill = self._current(), receipts.load(db, rid)
        self._change(
            replace(
                fresh,
                operator_id=operator.id,
                operator=operator.name,
                lines=bill.live_lines,
                discount_gr=bill.discount_gr,
                percent_bp=bill.percent_bp,
                percent_mode=bill.percent_mode,
                nip=bill.nip,
                discount_id=bill.discount_id,
                discount_name=bill.discount_name,
                customer_id=bill.customer_id,
                customer=bill.customer,
                age_checked=bill.age_checked,
                makes_good=rid,
                fulfils=bill.fulfils,
            )
        )
