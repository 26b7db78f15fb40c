"""Verbs that make a line or the receipt cheaper. On the engine's thread."""

from __future__ import annotations

from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale import verbs as sale
from terminal.sync.wire import Right


class Reducing(InHand):
    """Discounts of the cashier's own, and those of the shop."""

    def discount_line(
        self, no: int, *, amount_gr: int | None = None, percent_bp: int | None = None
    ) -> None:
        """Take an amount or a share off line ``no``."""
        require(self._operator, Right.DISCOUNT)
        receipt = sale.discount_line(
            self._current(), no, amount_gr=amount_gr, percent_bp=percent_bp
        )
        self._change(receipt)

    def discount_receipt(
        self, *, amount_gr: int | None = None, percent_bp: int | None = None
    ) -> None:
        """Take an amount or a share off the whole receipt."""
        require(self._operator, Right.DISCOUNT)
        receipt = sale.discount_receipt(self._current(), amount_gr=amount_gr, percent_bp=percent_bp)
        self._change(receipt)

    def give_discount(self, discount_id: str, no: int | None = None) -> None:
        """Give one of the shop's discounts of today to line ``no``, or to the whole receipt."""
        known = self._catalogue.discounts()
        found = next((one for one in known if one.id == discount_id), None)
        if found is None:
            raise Rejected(Code.NOT_FOUND, item=discount_id)
        percent_bp = found.percent_bp or None
        if no is None:
            self.discount_receipt(amount_gr=found.amount_gr, percent_bp=percent_bp)
        else:
            self.discount_line(no, amount_gr=found.amount_gr, percent_bp=percent_bp)
