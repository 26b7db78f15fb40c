"""Settlements of returnable packaging: no fiscal total moves, the printer counts none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import FiscalReceipt
from drivers.posnet.commands import call
from drivers.posnet.receipt import end_call, entry_groups, tender_groups

if TYPE_CHECKING:
    from drivers.fiscal import CurrencyTender, Packaging, Tender
    from drivers.posnet.session import Session


class PosnetReturnables:
    """Implements ``drivers.fiscal.Returnables``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def settle(
        self, items: tuple[Packaging, ...], tenders: tuple[Tender | CurrencyTender, ...] = ()
    ) -> None:
        """Print a settlement of packaging; without tenders it is in cash."""
        session, generation = self._session, self._session.generation
        groups = (
            (call("trpackinit"),),
            *entry_groups(items, generation),
            *tender_groups(tenders, generation),
            (end_call(FiscalReceipt(items, tenders, 0), None),),
        )
        line = session.begin()
        for group in groups:
            if group:
                session.go_on(line, group)
