"""What a seller does outside the shop: every verb, on the engine's thread unless it says otherwise.

All of it works without a network; the office is told by documents as of everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from terminal.events import Pulled
from terminal.field.attachments import Attachments
from terminal.field.customers import CustomerFields, Customers
from terminal.field.drafting import Drafting
from terminal.field.orders import Orders
from terminal.field.visits import Visits
from terminal.store import local_customers, own_rows
from terminal.store.customers import customer
from terminal.store.db import write

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from terminal.field.courier import Courier
    from terminal.field.desk import Desk
    from terminal.field.files import Files
    from terminal.sync.wire import Customer, SalesDocument


class Receipts(Protocol):
    """Who puts lines on the receipt."""

    def sell_document(self, document: SalesDocument, customer: str) -> None:
        """All lines of an order or a quote."""


class Field(Drafting, Orders, Visits, Attachments):
    """``receipts`` is the till; ``files`` is its folder of attachments."""

    def __init__(self, desk: Desk, receipts: Receipts, files: Files, courier: Courier) -> None:
        self._desk = desk
        self._receipts = receipts
        self._customers = Customers(desk)
        self.files = files
        self._courier = courier

    def start(self) -> None:
        """Take up the draft that the last run left."""
        self.files.clean()
        self._take_up()
        self._settle()
        self._desk.context.engine.listen(self.hear)
        self._desk.context.engine.listen(self._courier.hear)
        self._courier.wake()

    def create_customer(self, fields: CustomerFields, *, is_confirmed: bool = False) -> Customer:
        """Write a customer down. Raises E-18, E-28, E-109, E-192, E-199."""
        return self._customers.create(fields, is_confirmed=is_confirmed)

    def edit_customer(
        self, customer_id: str, fields: CustomerFields, *, is_confirmed: bool = False
    ) -> Customer:
        """Change a customer. Raises as ``create_customer``, E-01."""
        return self._customers.edit(customer_id, fields, is_confirmed=is_confirmed)

    def content(self, sha256: str) -> Future[Path]:
        """The file with these bytes, fetched when it is not here; from any thread. E-198."""
        return self._courier.fetch(sha256)

    def hear(self, event: object) -> None:
        """Rows of the office may stand in the place of our own now."""
        if isinstance(event, Pulled) and event.name in own_rows.WRITTEN:
            self._desk.context.engine.call(self._settle)

    def _settle(self) -> None:
        settled = own_rows.settle(self._desk.catalogue.db, self._desk.journal)
        if settled:
            with write(self._desk.journal) as db:
                own_rows.drop(db, settled)

    def _put_on_receipt(self, document: SalesDocument) -> None:
        own = local_customers.all_of_them(self._desk.journal)
        found = customer(self._desk.catalogue.db, document.customer, own)
        self._receipts.sell_document(document, found.name if found else "")
