"""Customers whom a till has written down become rows of the office, each once. No HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from backoffice import publish
from backoffice.store import data_rows
from backoffice.store.tables import terminal
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

NAME = "customers"


def take(connection: Connection, terminal_id: str, document: wire.Document | None) -> None:
    """Publish the customer that an accepted document tells of.

    Whoever is there already, or was removed since, stays as the office left them.
    """
    if not isinstance(document, wire.CustomerDoc) or wire.is_erased(document):
        return
    shop = connection.scalar(select(terminal.c.shop).where(terminal.c.id == terminal_id))
    if shop is None or data_rows.was_ever(connection, NAME, shop, document.rid):
        return
    row = {"id": document.rid, "name": document.name, "nip": document.nip}
    publish.put(connection, NAME, shop, [row])
