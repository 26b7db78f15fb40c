"""What tills told of buyers and customers: apart from the journals, which need it for nothing.

What the law wants kept is kept until its day; all else is erased when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from sqlalchemy import select, update

from backoffice.exchange import later
from backoffice.field import forgetting
from backoffice.moments import stamp
from backoffice.store import data_rows
from backoffice.store.tables import person
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Connection

_CUSTOMERS = "customers"
_LEGAL_YEARS = 6
_D = TypeVar("_D", bound="wire.Document")


@dataclass(frozen=True, slots=True)
class Erased:
    """How many documents and customers were forgotten, and how many documents must be kept."""

    documents: int
    customers: int
    kept: int
    kept_until: str


def row_of(entry: wire.Entry, document: wire.Document | None, received_at: str) -> dict[str, Any]:
    """How it is stored; empty when the entry tells of nobody."""
    if not entry.person:
        return {}
    is_legal = document is not None and wire.is_legal_record(document)
    until = f"{int(received_at[:4]) + _LEGAL_YEARS}-12-31" if is_legal else ""
    return {"rid": entry.rid, "told": entry.person, "keep_until": until}


def told(connection: Connection, rids: list[str]) -> dict[str, str]:
    """What is still known of the persons in these documents."""
    chosen = select(person.c.rid, person.c.told).where(person.c.rid.in_(rids), person.c.told != "")
    return {row.rid: row.told for row in connection.execute(chosen)} if rids else {}


def with_persons(connection: Connection, entries: list[wire.Entry]) -> list[wire.Entry]:
    """The entries with what is still known of the persons in them."""
    known = told(connection, [entry.rid for entry in entries])
    return [
        msgspec.structs.replace(entry, person=known[entry.rid]) if entry.rid in known else entry
        for entry in entries
    ]


def whole(connection: Connection, document: _D) -> _D:
    """The document as the till wrote it, without what was erased since."""
    return wire.whole(document, told(connection, [document.rid]).get(document.rid, ""))


def erase(connection: Connection, words: dict[str, str], moment: datetime) -> Erased:
    """Forget whoever has this ``nip`` or ``name``, in documents and among the customers."""
    at = stamp(moment)
    found = [
        row
        for row in connection.execute(select(person).where(person.c.told != ""))
        if _is_about(row.told, words)
    ]
    kept = [row.keep_until for row in found if row.keep_until >= at[:10]]
    free = [row.rid for row in found if row.keep_until < at[:10]]
    for rid in free:
        gone = update(person).where(person.c.rid == rid)
        connection.execute(gone.values(told="", erased_at=at))
    customers = list(dict.fromkeys(_customers(connection, words)))
    documents = len(free)
    for shop, row_id in customers:
        forgetting.erase_row(connection, _CUSTOMERS, shop, row_id)
        documents += forgetting.forget(connection, shop, row_id, moment)
    return Erased(documents, len(customers), len(kept), max(kept, default=""))


def _is_about(text: str, words: dict[str, str]) -> bool:
    try:
        known = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        return False
    names = {str(known.get(field, "")).casefold() for field in ("name", "buyer_name", "customer")}
    is_named = bool(words.get("name")) and words["name"].casefold() in names
    return is_named or (bool(words.get("nip")) and known.get("nip") == words["nip"])


def _customers(connection: Connection, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Those that live, those that were removed and could be put back, and those that wait."""
    for shop in data_rows.shops(connection):
        living = list(data_rows.every(connection, _CUSTOMERS, shop))
        for body in [*living, *data_rows.removed(connection, _CUSTOMERS, shop)]:
            if _is_about(body, words):
                yield shop, msgspec.json.decode(body, type=wire.Customer).id
        for row_id, body in later.waiting(connection, _CUSTOMERS, shop):
            if _is_about(body, words):
                yield shop, row_id
