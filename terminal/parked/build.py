"""Hangs on a till all that belongs to parked receipts. No rules of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.parked.handing import Handing
from terminal.parked.parking import Parking
from terminal.parked.sharing import Sharing
from terminal.parked.showing import Showing
from terminal.sale.ledger import Ledger

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.store.catalogue import Catalogue
    from terminal.sync.http import Office
    from terminal.till import Till


def hang_parking(context: Context, till: Till, catalogue: Catalogue, office: Office) -> None:
    """Verbs for what lies aside; ``catalogue`` is the engine's own reader."""
    till.parking = Parking(context, till, Ledger(context), catalogue)
    till.bill = Showing(context, till, till.parking, till.slips, catalogue)
    till.sharing = Sharing(context, office, Handing(context, till, till.parking))
