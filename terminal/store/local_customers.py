"""Customers who were written down at this till, in the journal: used at once, also offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.sync.wire import Customer

if TYPE_CHECKING:
    import sqlite3


def add(db: sqlite3.Connection, customer: Customer, seq: int) -> None:
    """Keep one; ``seq`` is that of the document that tells of it. Call inside ``write``."""
    db.execute(
        "INSERT INTO local_customer (id, name, nip, seq) VALUES (?, ?, ?, ?)",
        (customer.id, customer.name, customer.nip, seq),
    )


def all_of_them(db: sqlite3.Connection) -> list[Customer]:
    """Every customer of this till, in no order."""
    rows = db.execute("SELECT id, name, nip FROM local_customer")
    return [Customer(*row) for row in rows]
