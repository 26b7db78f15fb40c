"""Customers as this till has written them down or changed them: used at once, also offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import own_rows
from terminal.sync.wire import Customer, CustomerDoc

if TYPE_CHECKING:
    import sqlite3

    from terminal.store.own_rows import Own
    from terminal.sync.wire import CustomerEditDoc

NAME = "customers"


def add(db: sqlite3.Connection, customer: Customer, rid: str) -> None:
    """Keep one; ``rid`` is the document that tells of it. Call inside ``write``."""
    own_rows.put(db, NAME, customer, None, rid)


def all_of_them(db: sqlite3.Connection) -> list[Own]:
    """Every customer of this till, in no order."""
    return own_rows.of(db, NAME)


def restore(db: sqlite3.Connection, document: CustomerDoc | CustomerEditDoc) -> None:
    """Keep the customer that a document of before told of; call inside ``write``."""
    if document.name:
        add(db, customer_of(document), document.rid)


def customer_of(document: CustomerDoc | CustomerEditDoc) -> Customer:
    """The row that a document tells of."""
    return Customer(
        document.rid if isinstance(document, CustomerDoc) else document.customer,
        document.name,
        document.nip,
        document.street,
        document.postal_code,
        document.city,
        document.email,
        document.phone,
        is_potential=document.is_potential,
    )
