"""Products beside their prices in one price list: which of them, and what somebody made of them.

The price of a product in a list has one row; a price that is taken away is a row removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from backoffice.folding import folded
from backoffice.goods import search
from backoffice.store import data_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from backoffice.editing import Editor

PAGE_ROWS = 50
_PRICES = "prices"


@dataclass(frozen=True, slots=True)
class GridLine:
    """A product with its usual price and its row in the list, if it has one."""

    product: str
    name: str
    plu: str
    usual_gr: int
    price_gr: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A part of the lines; ``next`` is where the one after begins, None at the end.

    Of what is searched for only the best part is shown: ``is_cut`` says that more would fit.
    """

    lines: list[GridLine]
    start: int = 0
    next: int | None = None
    is_cut: bool = False


def price_lists(connection: Connection, shop: str) -> list[wire.PriceList]:
    """The lists of a shop by name, those in use first."""
    bodies = data_rows.living(connection, "price_lists", shop)
    lists = [msgspec.json.decode(body, type=wire.PriceList) for body in bodies]
    return sorted(lists, key=lambda it: (not it.is_active, it.name.casefold(), it.id))


def grid(connection: Connection, shop: str, price_list: str, find: str, start: int) -> Grid:
    """Products in use that fit ``find``; without it those that have a price in the list."""
    priced = _priced(connection, shop, price_list)
    if find.strip():
        found = search.page(connection, shop, search.Wanted(find, active="yes"), limit=PAGE_ROWS)
        lines = [_line(connection, shop, it.product, priced) for it in found.rows]
        return Grid(lines, is_cut=found.after is not None)
    bodies = data_rows.bodies_of(connection, "products", shop, list(priced))
    products = [msgspec.json.decode(body, type=wire.Product) for body in bodies.values()]
    products.sort(key=lambda it: (folded(it.name), it.id))
    end = start + PAGE_ROWS
    lines = [_line(connection, shop, it, priced) for it in products[start:end]]
    return Grid(lines, start, end if end < len(products) else None)


def save(
    editor: Editor,
    shop: str,
    price_list: str,
    wanted: Mapping[str, int | None],
    seen: Mapping[str, int],
) -> int:
    """Give products their prices in the list, None to take it away: all of them, or none.

    ``seen`` is the revision of each row that the editor saw. How many prices changed; raises
    ``RowChanged``, ``BadRows``.
    """
    data_rows.lock(editor.connection, _PRICES, shop)
    priced = _priced(editor.connection, shop, price_list)
    rows, expected, gone = [], {}, []
    for product, price_gr in wanted.items():
        old = priced.get(product)
        row_id = old.id if old else _id_of(price_list, product)
        if price_gr is None:
            if old:
                gone.append((row_id, seen.get(product, 0)))
            continue
        row = {"id": row_id, "price_list": price_list, "product": product, "price_gr": price_gr}
        rows.append(row)
        expected[row_id] = seen.get(product, 0)
    if rows:
        editor.put(_PRICES, shop, rows, expected=expected)
    for row_id, revision in gone:
        editor.remove(_PRICES, shop, row_id, revision)
    return len(rows) + len(gone)


def _priced(connection: Connection, shop: str, price_list: str) -> dict[str, wire.Price]:
    """The rows of the list by product."""
    decode = msgspec.json.Decoder(wire.Price).decode
    rows = map(decode, data_rows.every(connection, _PRICES, shop))
    return {row.product: row for row in rows if row.price_list == price_list}


def _line(
    connection: Connection, shop: str, sold: wire.Product, priced: Mapping[str, wire.Price]
) -> GridLine:
    row = priced.get(sold.id)
    revision = data_rows.revision_of_row(connection, _PRICES, shop, row.id) if row else 0
    price_gr = row.price_gr if row else None
    return GridLine(sold.id, sold.name, sold.plu, sold.price_gr, price_gr, revision)


def _id_of(price_list: str, product: str) -> str:
    """The id of a new row: the same for the same price, so that a form sent twice makes one."""
    return blake2b(f"{price_list}\0{product}".encode(), digest_size=16).hexdigest()
