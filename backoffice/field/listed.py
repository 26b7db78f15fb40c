"""Reads orders, quotes, visits and attachments for lists: by shop, kind, state, day. Only reads.

The rows lie as the tills have them, so each is looked into; a shop has thousands, not millions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from backoffice.errors import NotFound
from backoffice.field.shapes import ATTACHMENTS, CUSTOMERS, DOCUMENTS, VISITS
from backoffice.folding import folded
from backoffice.store import data_rows
from backoffice.store.tables import field_document
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Row

# What an attachment may be about, and the set in which that lies.
SET_OF: dict[str, str] = {
    "customer": CUSTOMERS,
    "product": "products",
    "sales_document": DOCUMENTS,
    "visit": VISITS,
}


class Head(msgspec.Struct, frozen=True):
    """An order or a quote without its lines: a list needs none of them."""

    id: str
    type: str
    number: str
    customer: str
    issued_at: str
    total_gr: int
    due: str = ""
    state: str = "open"
    representative: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty is any. Days are those of whoever wrote it, both included."""

    shops: tuple[str, ...]
    type: str = ""
    state: str = ""
    representative: str = ""
    customer: str = ""
    number: str = ""
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class In:
    """A row and the shop that has it."""

    shop: str
    row: Any


def documents(connection: Connection, wanted: Wanted) -> list[In]:
    """Orders and quotes that fit, the newest first."""
    decode = msgspec.json.Decoder(Head).decode
    found = [
        In(shop, row)
        for shop, body in _bodies(connection, DOCUMENTS, wanted.shops)
        if _fits(row := decode(body), row.issued_at, wanted)
        and wanted.type in {"", row.type}
        and folded(wanted.number) in folded(row.number)
    ]
    return sorted(found, key=lambda it: (it.row.issued_at, it.row.id), reverse=True)


def visits(connection: Connection, wanted: Wanted) -> list[In]:
    """Visits that fit, the earliest first."""
    decode = msgspec.json.Decoder(wire.Visit).decode
    found = [
        In(shop, row)
        for shop, body in _bodies(connection, VISITS, wanted.shops)
        if _fits(row := decode(body), row.at, wanted)
    ]
    return sorted(found, key=lambda it: (it.row.at, it.row.id))


def attachments(
    connection: Connection, shops: Iterable[str], about: str = "", of: str = ""
) -> list[In]:
    """Notes and files, of one thing or of all, the newest first."""
    decode = msgspec.json.Decoder(wire.Attachment).decode
    found = [
        In(shop, row)
        for shop, body in _bodies(connection, ATTACHMENTS, shops)
        if about in {"", (row := decode(body)).about} and of in {"", row.of}
    ]
    return sorted(found, key=lambda it: (it.row.at, it.row.id), reverse=True)


def one(connection: Connection, name: str, shop: str, row_id: str) -> Any:  # noqa: ANN401 (a row of its set)
    """One living row; raises ``NotFound``."""
    row = find(connection, name, shop, row_id)
    if row is None:
        raise NotFound(detail=f"{name} has no row {row_id!r}")
    return row


def find(connection: Connection, name: str, shop: str, row_id: str) -> Any:  # noqa: ANN401 (as above)
    """One living row, or ``None``."""
    body = data_rows.body_of(connection, name, shop, row_id)
    return msgspec.json.decode(body, type=wire.SETS[name]) if body else None


def names(connection: Connection, name: str, found: Iterable[tuple[str, str]]) -> dict[Any, str]:
    """Name of each row of a set, for pairs of shop and id; who is not there has none."""
    ids: dict[str, set[str]] = {}
    for shop, row_id in found:
        ids.setdefault(shop, set()).add(row_id)
    said: dict[Any, str] = {}
    for shop, wanted in ids.items():
        for row_id, body in data_rows.bodies_of(connection, name, shop, sorted(wanted)).items():
            row = msgspec.json.decode(body)
            said[shop, row_id] = row.get("name") or row.get("number") or row.get("subject") or ""
    return said


def representatives(connection: Connection, shops: Iterable[str]) -> dict[str, str]:
    """Names of the representatives of these shops by their ids."""
    rows = (
        msgspec.json.decode(body, type=wire.Representative)
        for _shop, body in _bodies(connection, "representatives", shops)
    )
    return dict(sorted(((row.id, row.name) for row in rows), key=lambda it: folded(it[1])))


def told_by(connection: Connection, name: str, shop: str, row_id: str) -> list[Row[Any]]:
    """The tills' documents that made a row or changed it, the first one first."""
    its = field_document.c
    here = its.shop == shop, its.set_name == name, its.id == row_id
    chosen = select(its.rid, its.terminal, its.fate, its.at).where(*here)
    return list(connection.execute(chosen.order_by(its.at, its.rid)))


def _bodies(connection: Connection, name: str, shops: Iterable[str]) -> Iterator[tuple[str, str]]:
    for shop in shops:
        for body in data_rows.every(connection, name, shop):
            yield shop, body


def _fits(row: Any, moment: str, wanted: Wanted) -> bool:  # noqa: ANN401 (either of two)
    day = moment[:10]
    return (
        wanted.state in {"", row.state}
        and wanted.representative in {"", row.representative}
        and wanted.customer in {"", row.customer}
        and wanted.first_day <= day
        and (not wanted.last_day or day <= wanted.last_day)
    )
