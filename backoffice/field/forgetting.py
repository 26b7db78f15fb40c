"""What is known of a customer beyond their own row is forgotten with them. No HTTP.

Orders and quotes stay: they are documents of the company, and name the customer by an id that now
says nothing. Their notes go, as do those of visits, and whatever was attached. So does what the
other program sent of them that still waits, or it would bring them back, and what jobs told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select, update

from backoffice import changes, publish
from backoffice.exchange import later
from backoffice.field import contents
from backoffice.field.shapes import ATTACHMENTS, CUSTOMERS, DOCUMENTS, VISITS
from backoffice.moments import stamp
from backoffice.store import data_rows
from backoffice.store.tables import (
    data_row,
    exchange_unsent,
    field_document,
    job_record,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Connection

_Row = dict[str, Any]
_WORDS: dict[str, dict[str, object]] = {
    DOCUMENTS: {"note": ""},
    VISITS: {"note": "", "subject": ""},
}


def forget(connection: Connection, shop: str, customer: str, moment: datetime) -> int:
    """Forget what is known of a customer of the shop; how many documents of tills are empty now."""
    about = {("customer", customer)}
    for name, blank in _WORDS.items():
        about |= {
            (name.removesuffix("s"), row["id"]) for row in _of(connection, name, shop, customer)
        }
        rows = [{**it, **blank} for it in _living(connection, name, shop, customer)]
        publish.put(connection, name, shop, rows, take_good=True)
        for _about, row_id in about:
            changes.forget(connection, f"{name}/{row_id}", shop)
    for row in list(_rows(connection, ATTACHMENTS, shop)):
        if (row.get("about"), row.get("of")) in about:
            _forget_attachment(connection, shop, row)
            about.add(("attachment", row["id"]))
    _forget_waiting(connection, shop, about)
    _forget_reasons(connection, {row_id for _kind, row_id in about})
    return _forget_documents(connection, shop, customer, moment)


def erase_row(connection: Connection, name: str, shop: str, row_id: str) -> None:
    """Take a row off the tills, and forget what it said and ever had said."""
    data_rows.lock(connection, name, shop)
    data_rows.bury(connection, name, shop, row_id)
    here = (data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.id == row_id)
    connection.execute(update(data_row).where(*here).values(body=data_rows.ERASED))
    changes.forget(connection, f"{name}/{row_id}", shop)


def _forget_waiting(connection: Connection, shop: str, about: set[tuple[str, str]]) -> None:
    """What came from the other program and did not fit yet."""
    for name in (CUSTOMERS, DOCUMENTS, VISITS, ATTACHMENTS):
        gone = []
        for row_id, body in later.waiting(connection, name, shop):
            row, own = msgspec.json.decode(body), (name.removesuffix("s"), row_id)
            named = {own, ("customer", row.get("customer")), (row.get("about"), row.get("of"))}
            if named & about:
                about.add(own)
                gone.append(row_id)
        later.strike(connection, name, shop, gone)


def _forget_reasons(connection: Connection, ids: set[str]) -> None:
    """Why a record was refused may tell what stood in it."""
    for table in (job_record, exchange_unsent):
        for row_id in ids:
            here = table.c.id == row_id, table.c.reason != ""
            connection.execute(update(table).where(*here).values(reason=""))


def _forget_attachment(connection: Connection, shop: str, row: _Row) -> None:
    erase_row(connection, ATTACHMENTS, shop, row["id"])
    if (sha256 := row.get("sha256", "")) and not contents.is_named(connection, sha256):
        contents.remove(connection, sha256)


def _forget_documents(connection: Connection, shop: str, customer: str, moment: datetime) -> int:
    """What tills told when they wrote the customer down, under whatever name."""
    its = field_document.c
    of_customer = its.shop == shop, its.set_name == CUSTOMERS, its.id == customer
    rids = list(connection.scalars(select(its.rid).where(*of_customer)))
    free = person.c.rid.in_(rids), person.c.told != "", person.c.keep_until < stamp(moment)[:10]
    done = connection.execute(update(person).where(*free).values(told="", erased_at=stamp(moment)))
    return int(done.rowcount)


def _of(connection: Connection, name: str, shop: str, customer: str) -> Iterator[_Row]:
    return (row for row in _rows(connection, name, shop) if row.get("customer") == customer)


def _living(connection: Connection, name: str, shop: str, customer: str) -> list[_Row]:
    rows = (msgspec.json.decode(body) for body in data_rows.every(connection, name, shop))
    return [row for row in rows if row.get("customer") == customer]


def _rows(connection: Connection, name: str, shop: str) -> Iterator[_Row]:
    """Rows that live or were removed."""
    here = data_row.c.set_name == name, data_row.c.shop == shop
    for body in connection.scalars(select(data_row.c.body).where(*here)):
        yield msgspec.json.decode(body)
