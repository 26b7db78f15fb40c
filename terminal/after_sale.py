"""What follows a sale by itself: a bill is put on paper, money that lies in a drawer opens it.

Only a drawer that is set up is opened: a printer may open its own as it likes. Nothing here can
undo or hold up a sale: a printer or drawer that fails is told by its own lamp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.events import BillMade, ReceiptPrinted
from terminal.paper.bills import bill_slip

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.gear.gear import Gear
    from terminal.paper.slips import Slips
    from terminal.sale.receipt import Receipt
    from terminal.store.catalogue import Catalogue


class AfterSale:
    """``catalogue`` is the engine's own reader: sales end on that thread, and so ``hear`` runs."""

    def __init__(self, context: Context, catalogue: Catalogue, slips: Slips, gear: Gear) -> None:
        self._context = context
        self._catalogue = catalogue
        self._slips = slips
        self._gear = gear

    def hear(self, event: object) -> None:
        """Take an event of the till."""
        match event:
            case BillMade(bill, number) if self._slips.is_set_up:
                context = self._context
                shop, at = self._catalogue.shop(), context.stamp()
                slip = bill_slip(bill, number, at, context.terminal, shop)
                self._slips.print("bill", bill.rid, slip)
            case ReceiptPrinted(receipt) if self._gear.drawer and self._is_in_drawer(receipt):
                self._gear.kick()

    def _is_in_drawer(self, receipt: Receipt) -> bool:
        opening = {it.id for it in self._catalogue.payment_methods() if it.opens_drawer}
        return any(payment.method in opening for payment in receipt.payments)
