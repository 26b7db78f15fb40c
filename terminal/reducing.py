"""Verbs that make a line or the receipt cheaper or dearer. On the engine's thread.

Whoever may give a discount of their own may also give one of the shop's; a mark-up is a discount
of less than nothing and needs the same right.
"""

from __future__ import annotations

from functools import partial

from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people.rights import require
from terminal.sale import verbs as sale
from terminal.sale.line import OfShop
from terminal.sync.wire import Right


class Reducing(InHand):
    """Discounts and mark-ups of the cashier's own, and those of the shop."""

    def discount_line(
        self, no: int, *, amount_gr: int | None = None, percent_bp: int | None = None
    ) -> None:
        """Take an amount or a share off line ``no``; a negative one is put on."""
        reduced = sale.discount_line(
            self._current(), no, amount_gr=amount_gr, percent_bp=percent_bp
        )
        # Nobody is fetched to approve what cannot be given.
        require(self._operator, Right.DISCOUNT)
        self._change(reduced)

    def discount_receipt(
        self, *, amount_gr: int | None = None, percent_bp: int | None = None
    ) -> None:
        """Take an amount or a share off the whole receipt; a negative one is put on."""
        reduced = sale.discount_receipt(self._current(), amount_gr=amount_gr, percent_bp=percent_bp)
        require(self._operator, Right.DISCOUNT)
        self._change(reduced)

    def give_discount(self, discount_id: str, no: int | None = None) -> None:
        """Give one of the shop's discounts or mark-ups of today to line ``no``, or to the receipt.

        Raises E-01 for one that is not there today, or is meant for the other.
        """
        require(self._operator, Right.SHOP_DISCOUNT, Right.DISCOUNT)
        scope = "receipt" if no is None else "line"
        known = self._catalogue.discounts()
        found = next((it for it in known if (it.id, it.scope) == (discount_id, scope)), None)
        if found is None:
            raise Rejected(Code.NOT_FOUND, item=discount_id)
        sign = -1 if found.is_markup else 1
        give = sale.discount_receipt if no is None else partial(sale.discount_line, no=no)
        reduced = give(
            self._current(),
            amount_gr=sign * found.amount_gr,
            percent_bp=sign * found.percent_bp or None,
            of_shop=OfShop(found.id, found.name),
        )
        self._change(reduced)
