"""Which non-fiscal bills still want their slip; on the engine's thread. Queues nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.paper.bills import bill_slip
from terminal.store import bills, receipts, settings
from terminal.store.db import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.paper import Slip
    from terminal.context import Context
    from terminal.sync.wire import Shop

_CURSOR = "slips.bill"


class BillSlips:
    """Remembers the last bill whose slip was queued."""

    def __init__(self, context: Context, read_shop: Callable[[], Shop | None]) -> None:
        self._context = context
        self._read_shop = read_shop

    def due(self) -> Iterator[tuple[str, Slip]]:
        """Bills and their slips; each counts as queued when the next one is asked for.

        A receipt printer that is new here does not begin with old bills.
        """
        db = self._context.journal
        cursor = settings.get(db, _CURSOR)
        if not cursor:
            self._queued(bills.next_no(db) - 1)
            return
        for rid, number, at in bills.later(db, int(cursor)):
            bill = receipts.load(db, rid)
            yield rid, bill_slip(bill, number, at, self._context.terminal, self._read_shop())
            self._queued(number)

    def _queued(self, number: int) -> None:
        """To say so late does no harm, for the queue takes a slip once."""
        with write(self._context.journal) as db:
            settings.put(db, _CURSOR, str(number))
