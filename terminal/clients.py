"""Writes a customer down whom the office does not know. Runs on the engine's thread.

A new customer is a document; the office makes a row of it, once, and
that comes back under the same id with the next synchronisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.people.rights import require
from terminal.store import local_customers, outbox
from terminal.store.customers import customers
from terminal.store.db import write
from terminal.sync.wire import Customer, CustomerDoc, Right, wrong_field

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.in_hand import InHand
    from terminal.store.catalogue import Catalogue

NAME_MAX = 120


class Clients:
    """``hand`` knows who is at the till; ``catalogue`` is the engine's own reader."""

    def __init__(self, context: Context, hand: InHand, catalogue: Catalogue) -> None:
        self._context = context
        self._hand = hand
        self._catalogue = catalogue

    def create(self, name: str, nip: str = "") -> Customer:
        """Write a customer down, in one commit with the document that tells the office.

        Raises E-28 for a wrong NIP, E-109 when one with this NIP is known, E-18 without a name.
        """
        operator = require(self._hand.operator, Right.SELL)
        digits = nip.replace("-", "").replace(" ", "")
        made = Customer(new_rid(), name.strip(), digits)
        if not made.name or len(made.name) > NAME_MAX or not made.name.isprintable():
            raise Rejected(Code.BAD_AMOUNT)
        if digits and (not (digits.isascii() and digits.isdigit()) or wrong_field(made)[0]):
            raise Rejected(Code.BAD_NIP, nip=nip)
        own = local_customers.all_of_them(self._context.journal)
        if digits and (known := customers(self._catalogue.db, digits, limit=1, own=own)):
            raise Rejected(Code.CUSTOMER_KNOWN, name=known[0].name, nip=digits)
        context, at = self._context, self._context.stamp()
        document = CustomerDoc(
            made.id, context.terminal, context.shop, at, operator.name, made.name, made.nip
        )
        with write(context.journal):
            seq = outbox.append(context.journal, document, at)
            local_customers.add(context.journal, made, seq)
        self._hand.tell_documents()
        return made
