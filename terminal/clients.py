"""Writes a customer down of whom only name and NIP are asked. Runs on the engine's thread.

A NIP that is known is refused: the cashier takes the one from the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.field.customers import BLOCK, CustomerFields, Customers
from terminal.field.desk import Desk

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.in_hand import InHand
    from terminal.store.catalogue import Catalogue
    from terminal.sync.wire import Customer


class Clients:
    """``hand`` knows who is at the till; ``catalogue`` is the engine's own reader."""

    def __init__(self, context: Context, hand: InHand, catalogue: Catalogue) -> None:
        self._customers = Customers(Desk(context, hand, catalogue))

    def create(self, name: str, nip: str = "") -> Customer:
        """Write a customer down, in one commit with the document that tells the office.

        Raises E-28 for a wrong NIP, E-109 when one with this NIP is known, E-18 without a name.
        """
        return self._customers.create(CustomerFields(name, nip), known_nip=BLOCK)
