"""Records that go both ways: what the other program calls them, and what it does not know yet.

A partner made at a till keeps its id here whatever it is called over there, and so do the records
that name it. One that was changed here and is not over there yet is not overwritten: no echo.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backoffice.exchange import links
from backoffice.exchange.links import Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from backoffice.erp.connector import Record

LINKED = frozenset({"customers", "sales_documents", "visits", "attachments"})
# Fields of a set that name records of another one.
_NAMES = {"sales_documents": {"customer": "customers", "from_quote": "sales_documents"}}
_ABOUT = {"customer": "customers", "sales_document": "sales_documents", "visit": "visits"}


def renamed(connection: Connection, channel: str, records: Sequence[Record]) -> list[Record]:
    """The records under our ids, and naming others by ours."""
    asked: dict[str, set[str]] = {}
    for it in records:
        if it.set_name in LINKED:
            asked.setdefault(it.set_name, set()).add(it.id)
            for set_name, their_id in _named(it).values():
                asked.setdefault(set_name, set()).add(their_id)
    if not asked:
        return list(records)
    known = {name: links.ours(connection, channel, name, ids) for name, ids in asked.items()}
    return [_renamed(it, known) if it.set_name in LINKED else it for it in records]


def row_of(record: Record) -> dict[str, Any]:
    """The fields of a record with its id, which a body may leave out."""
    body = record.body
    if body.get("id") == record.id and isinstance(body, dict):
        return body
    return {**body, "id": record.id}


def agree(connection: Connection, channel: str, name: str, bodies: Mapping[str, str]) -> None:
    """Note what both sides have now; a record that came under a name of theirs keeps it."""
    known = links.links(connection, channel, name, bodies)
    fresh = {}
    for row_id, body in bodies.items():
        old = known.get(row_id)
        new = Link(links.digest(body), (old and old.their_id) or row_id)
        if new != old:
            fresh[row_id] = new
    links.link(connection, channel, name, fresh)


def _named(record: Record) -> dict[str, tuple[str, str]]:
    """Fields of a record that name others: the set, and the id over there."""
    fields = dict(_NAMES.get(record.set_name, {}))
    if record.set_name == "attachments":
        about = _ABOUT.get(str(record.body.get("about")))
        fields |= {"of": about} if about else {}
    found = {}
    for field, set_name in fields.items():
        value = record.body.get(field)
        if isinstance(value, str) and value:
            found[field] = set_name, value
    return found


def _renamed(record: Record, known: Mapping[str, Mapping[str, str]]) -> Record:
    body: dict[str, Any] = dict(record.body)
    for field, (set_name, their_id) in _named(record).items():
        body[field] = known[set_name].get(their_id, their_id)
    return replace(record, id=known[record.set_name].get(record.id, record.id), body=body)
