"""The rows at hand when a change is judged: all of them, or of many goods only those it can touch.

Whoever changes one price of 100,000 goods shall not wait until all of them are read. What may
contradict a product has its printed name, its PLU or one of its codes: the table of goods finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select

from backoffice.crosscheck import NEEDS
from backoffice.names import compared
from backoffice.rows import Row, row_type
from backoffice.store import data_rows
from backoffice.store.tables import goods, goods_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

    from backoffice.crosscheck_goods import Live

# So many rows are always looked for by what they touch, and more of them where goods are many times
# as many: of others it is quicker to read all.
FEW = 100
_TIMES = 3


def live(
    connection: Connection,
    name: str,
    shop: str,
    rows: Sequence[Row],
    more: Sequence[str] = (),
    gone: Sequence[str] = (),
) -> Live:
    """What lives of a set, of those it needs and of ``more``, as far as it is needed.

    ``rows`` will be put, and those with the ids ``gone`` will be removed.
    """
    parts = {name, *NEEDS[name], *more}
    ids = [*(row.id for row in rows), *gone]
    found: Live = {}
    if not NEEDS[name]:
        # Its rows are judged each by itself: the others need not be read.
        found[name] = _some(connection, name, shop, ids)
    if name == "stock":
        # A level is judged by its product alone.
        found[name] = _some(connection, name, shop, ids)
    if "products" in parts and _are_few(connection, shop, len(ids)):
        found["products"] = _products(connection, name, shop, rows, ids)
        if name in {"products", "barcodes"}:
            found["barcodes"] = _barcodes(connection, name, shop, rows, ids)
    return found | {part: _all(connection, part, shop) for part in parts - found.keys()}


def _are_few(connection: Connection, shop: str, count: int) -> bool:
    if count <= FEW:
        return True
    known = data_rows.counters(connection, shop).get("products", data_rows.Counter())
    return count * _TIMES <= known.rows


def _products(
    connection: Connection, name: str, shop: str, rows: Sequence[Row], ids: list[str]
) -> dict[str, Row]:
    match name:
        case "products":
            its_codes = [code for row in rows for code in row.barcodes]
            chosen = {*ids, *_owners(connection, shop, its_codes)}
            names = {compared(row.name) for row in rows}
            chosen |= _ids(connection, shop, goods.c.printed, names)
            plus = {int(row.plu) for row in rows if row.plu}
            chosen |= _ids(connection, shop, goods.c.plu, plus)
        case "barcodes":
            chosen = {row.product for row in rows} | _owners(connection, shop, ids)
        case "units":
            chosen = _one_each(connection, shop, goods.c.unit, ids)
        case "categories":
            chosen = _one_each(connection, shop, goods.c.category, ids)
        case "vat_rates":
            active = goods.c.is_active.is_(True)
            chosen = _one_each(connection, shop, goods.c.vat, ids, active)
        case "stock":
            chosen = set(ids)
        case _:
            chosen = {row.product for row in rows}
    return _some(connection, "products", shop, chosen)


def _barcodes(
    connection: Connection, name: str, shop: str, rows: Sequence[Row], ids: list[str]
) -> dict[str, Row]:
    if name == "barcodes":
        return _some(connection, "barcodes", shop, ids)
    known = data_rows.counters(connection, shop).get("barcodes")
    if known is None or not known.rows:
        return {}
    codes = {code for row in rows for code in row.barcodes}
    packs = goods_code.c.shop == shop, goods_code.c.is_pack
    for part in _parts(ids):
        its = goods_code.c.product.in_(part)
        codes |= set(connection.scalars(select(goods_code.c.code).where(*packs, its)))
    return _some(connection, "barcodes", shop, codes)


def _ids(
    connection: Connection, shop: str, column: ColumnElement[Any], values: Collection[Any]
) -> set[str]:
    found: set[str] = set()
    for part in _parts(list(values)):
        chosen = select(goods.c.id).where(goods.c.shop == shop, column.in_(part))
        found |= set(connection.scalars(chosen))
    return found


def _owners(connection: Connection, shop: str, codes: Collection[str]) -> set[str]:
    found: set[str] = set()
    for part in _parts(list(codes)):
        its = goods_code.c.code.in_(part)
        chosen = select(goods_code.c.product).where(goods_code.c.shop == shop, its)
        found |= set(connection.scalars(chosen))
    return found


def _one_each(
    connection: Connection,
    shop: str,
    column: ColumnElement[str],
    values: list[str],
    *also: ColumnElement[bool],
) -> set[str]:
    """For each value the first product that has it: one is enough to hold a row."""
    found: set[str] = set()
    for part in _parts(values):
        here = (goods.c.shop == shop, column.in_(part), *also)
        found |= set(connection.scalars(select(func.min(goods.c.id)).where(*here).group_by(column)))
    return found


def _all(connection: Connection, name: str, shop: str) -> dict[str, Row]:
    decode = msgspec.json.Decoder(row_type(name)).decode
    rows: list[Row] = list(map(decode, data_rows.living(connection, name, shop)))
    return {row.id: row for row in rows}


def _some(connection: Connection, name: str, shop: str, ids: Collection[str]) -> dict[str, Row]:
    decode = msgspec.json.Decoder(row_type(name)).decode
    bodies = data_rows.bodies_of(connection, name, shop, list(ids))
    return {row_id: decode(bodies[row_id]) for row_id in sorted(bodies)}


def _parts(values: list[Any]) -> Iterator[list[Any]]:
    size = data_rows.IDS_MAX
    return (values[start : start + size] for start in range(0, len(values), size))
