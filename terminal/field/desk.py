"""What every verb of the field needs: who is at the till, journal and outbox. On ``engine``."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from terminal.errors import Code, Rejected
from terminal.people.rights import require
from terminal.store import local_customers, outbox
from terminal.store.customers import customer
from terminal.store.db import write
from terminal.sync.wire import Right

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from terminal.context import Context
    from terminal.in_hand import InHand
    from terminal.people.rights import Operator
    from terminal.store.catalogue import Catalogue
    from terminal.sync.wire import Customer, Document


@dataclass(frozen=True, slots=True)
class Desk:
    """``hand`` knows who is at the till; ``catalogue`` is the engine's own reader."""

    context: Context
    hand: InHand
    catalogue: Catalogue

    @property
    def journal(self) -> sqlite3.Connection:
        """The engine's own."""
        return self.context.journal

    def operator(self, *others: Right) -> Operator:
        """Who works in the field: whoever may sell; ``others`` are asked beside that."""
        operator = require(self.hand.operator, Right.SELL)
        for right in others:
            require(self.hand.operator, right)
        return operator

    def told_by(self, operator: Operator) -> dict[str, Any]:
        """What every document says of where, when and by whom it was made."""
        return {
            "terminal": self.context.terminal,
            "shop": self.context.shop,
            "at": self.context.stamp(),
            "operator": operator.name,
            "operator_id": operator.id,
        }

    def representative(self, operator: Operator) -> str:
        """The id of the representative that the operator is; empty when they are none."""
        asked = "SELECT id FROM representative WHERE user = ? AND is_active AND NOT is_removed"
        row = self.catalogue.db.execute(f"{asked} ORDER BY id LIMIT 1", (operator.id,)).fetchone()
        return str(row[0]) if row else ""

    def customer(self, customer_id: str) -> Customer:
        """The customer; raises E-01."""
        own = local_customers.all_of_them(self.journal)
        found = customer(self.catalogue.db, customer_id, own)
        if found is None:
            raise Rejected(Code.NOT_FOUND, item=customer_id)
        return found

    @contextmanager
    def write(self, *documents: Document) -> Iterator[sqlite3.Connection]:
        """One commit with ``documents``, which the office is told of after it."""
        with write(self.journal) as db:
            for document in documents:
                outbox.append(db, document, document.at)  # type: ignore[union-attr]
            yield db
        self.hand.tell_documents()
