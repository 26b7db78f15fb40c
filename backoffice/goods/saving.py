"""Saves one product as its editor saw it, with its multipacks' codes and a line of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from backoffice import changes, publish
from backoffice.errors import RowChanged
from backoffice.names import compared
from backoffice.store import data_rows
from backoffice.store.tables import goods, goods_code
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

_SHOWN_MAX = 5


def save(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    row: Mapping[str, Any],
    revision: int,
    packs: Mapping[str, int] | None = None,
    seen: Mapping[str, int] | None = None,
) -> None:
    """Put a product whose editor saw ``revision``, 0 for a new one.

    ``packs`` are codes of multipacks with their quantities, None leaves those that are there, and
    ``seen`` those that the editor saw. Raises ``RowChanged``, ``BadRows``.
    """
    row_id = row["id"]
    data_rows.lock(connection, "products", shop)
    old = whole(connection, shop, row_id)
    now = packs_of(connection, shop, row_id)
    if packs is not None and now != seen:
        raise RowChanged(row_id, publish.revision_of(connection, "products", shop, row_id), old)
    gone = [code for code in now if code not in packs] if packs is not None else []
    if gone:
        # A code may become the product's own: it leaves the set of bar codes first.
        publish.replace(connection, "barcodes", shop, [], gone)
    publish.put(connection, "products", shop, [dict(row)], expected={row_id: revision})
    fresh = [
        {"id": code, "product": row_id, "qty_milli": qty_milli}
        for code, qty_milli in (packs or {}).items()
    ]
    if fresh:
        publish.put(connection, "barcodes", shop, fresh)
    new = whole(connection, shop, row_id)
    if new != old:
        what = f"products/{row_id}"
        changes.record(connection, actor, moment, "put", what, shop, old, new)


def whole(connection: Connection, shop: str, row_id: str) -> dict[str, Any] | None:
    """A product as a history tells it; with ``packs`` when it has multipacks."""
    body = data_rows.body_of(connection, "products", shop, row_id)
    if body is None:
        return None
    row: dict[str, Any] = msgspec.json.decode(body)
    packs = packs_of(connection, shop, row_id)
    return {**row, "packs": packs} if packs else row


def packs_of(connection: Connection, shop: str, row_id: str) -> dict[str, int]:
    """Codes of a product's multipacks, and how much each sells."""
    chosen = select(goods_code.c.code).where(
        goods_code.c.shop == shop, goods_code.c.product == row_id, goods_code.c.is_pack
    )
    codes = sorted(connection.scalars(chosen))
    bodies = data_rows.bodies_of(connection, "barcodes", shop, codes)
    decode = msgspec.json.Decoder(wire.Barcode).decode
    return {code: decode(bodies[code]).qty_milli for code in codes}


def namesakes(connection: Connection, shop: str, name: str, row_id: str) -> list[tuple[str, str]]:
    """Ids and VAT letters of some other products that are one with ``name`` to the printer."""
    chosen = select(goods.c.id, goods.c.vat).where(
        goods.c.shop == shop, goods.c.printed == compared(name), goods.c.id != row_id
    )
    rows = connection.execute(chosen.order_by(goods.c.id).limit(_SHOWN_MAX))
    return [(row.id, row.vat) for row in rows]
