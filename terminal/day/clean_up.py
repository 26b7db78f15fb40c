"""What ends with the day: shifts that are still open, parked receipts that were given up.

On the engine's thread, right after the report and without the network. To do it twice does no harm:
a till that is cut off in the middle of it begins here again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import parked, receipts

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.context import Context
    from terminal.sale.ledger import Ledger
    from terminal.store.closings import ClosingRow

REASON = "day close"


class CleanUp:
    """``end_shifts`` ends open shifts uncounted, each with its slip."""

    def __init__(self, context: Context, ledger: Ledger, end_shifts: Callable[[], None]) -> None:
        self._db = context.journal
        self._ledger = ledger
        self._end_shifts = end_shifts

    def do(self, row: ClosingRow) -> None:
        """End the shifts, and what whoever closed the day gave up."""
        self._end_shifts()
        lying = {one.rid for one in parked.lying(self._db) if not one.share}
        for rid in row.drops:
            if rid in lying:
                self._ledger.drop(receipts.load(self._db, rid), REASON, row.operator)
