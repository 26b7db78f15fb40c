"""What follows a sale by itself: money that lies in a drawer opens it.

Only a drawer that is set up is opened: a printer may open its own as it likes. Nothing here can
undo or hold up a sale: a drawer that fails is told by its own lamp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.events import ReceiptPrinted

if TYPE_CHECKING:
    from terminal.gear.gear import Gear
    from terminal.sale.receipt import Receipt
    from terminal.store.catalogue import Catalogue


class AfterSale:
    """``catalogue`` is the engine's own reader: sales end on that thread, and so ``hear`` runs."""

    def __init__(self, catalogue: Catalogue, gear: Gear) -> None:
        self._catalogue = catalogue
        self._gear = gear

    def hear(self, event: object) -> None:
        """Take an event of the till."""
        match event:
            case ReceiptPrinted(receipt) if self._gear.drawer and self._is_in_drawer(receipt):
                self._gear.kick()

    def _is_in_drawer(self, receipt: Receipt) -> bool:
        opening = {it.id for it in self._catalogue.payment_methods() if it.opens_drawer}
        return any(payment.method in opening for payment in receipt.payments)
