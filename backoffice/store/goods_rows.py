"""Keeps the table by which goods are found beside the rows of products and bar codes.

``data_rows`` calls it inside the transaction that changes rows, so nobody can see one without the
other. What is looked for is not known here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, select, update

from backoffice.folding import folded
from backoffice.names import compared
from backoffice.store import shop_copy
from backoffice.store.tables import data_row, goods, goods_code
from backoffice.store.upsert import insert_all, upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

SETS = frozenset({"products", "barcodes"})
IDS_MAX = 1000  # ids in one IN (…)
_product = msgspec.json.Decoder(wire.Product).decode
_barcode = msgspec.json.Decoder(wire.Barcode).decode


def written(
    connection: Connection,
    name: str,
    shop: str,
    old: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Follow rows of a set that were written; ``old`` are the bodies of those that lived before."""
    if name == "products":
        fresh = {row["id"]: (row["revision"], _product(row["body"])) for row in rows}
        _follow_products(connection, shop, old, fresh)
    elif name == "barcodes":
        before = [_barcode(body) for body in old.values()]
        _follow_barcodes(connection, shop, before, [_barcode(row["body"]) for row in rows])


def buried(connection: Connection, name: str, shop: str, old: Mapping[str, str]) -> None:
    """Follow rows of a set that live no more."""
    if name == "products":
        for ids in _parts(list(old)):
            connection.execute(delete(goods).where(goods.c.shop == shop, goods.c.id.in_(ids)))
        _forget_codes(connection, shop, list(old))
    elif name == "barcodes":
        _follow_barcodes(connection, shop, [_barcode(body) for body in old.values()], [])


def copy(connection: Connection, source: str, target: str) -> None:
    """Follow products and bar codes that were copied to a shop which had none."""
    shop_copy.copy(connection, goods, source, target, [goods.c.id])
    code = [goods_code.c.code, goods_code.c.product, goods_code.c.is_pack]
    shop_copy.copy(connection, goods_code, source, target, code)


def differing(connection: Connection, shop: str) -> list[str]:
    """Products whose place in the table is not what the rows say: none, unless we are wrong."""
    living = select(data_row.c.id, data_row.c.revision, data_row.c.body).where(
        data_row.c.shop == shop, data_row.c.is_removed.is_(False)
    )
    products = connection.execute(living.where(data_row.c.set_name == "products")).all()
    packs = connection.execute(living.where(data_row.c.set_name == "barcodes")).all()
    read = {row.id: (row.revision, _product(row.body)) for row in products}
    codes = {(code, row_id, False) for row_id, (_, it) in read.items() for code in it.barcodes}
    codes |= {(row.id, _barcode(row.body).product, True) for row in packs}
    named: defaultdict[str, set[str]] = defaultdict(set)
    for code, product, _ in codes:
        named[product].add(code)
    wanted = {row_id: _columns(shop, *it, named[row_id]) for row_id, it in read.items()}
    found = connection.execute(select(*_told(goods)).where(goods.c.shop == shop))
    kept = {row["id"]: dict(row) for row in found.mappings()}
    chosen = select(goods_code.c.code, goods_code.c.product, goods_code.c.is_pack)
    kept_codes = {tuple(row) for row in connection.execute(chosen.where(goods_code.c.shop == shop))}
    ids = {row_id for row_id in wanted.keys() | kept if wanted.get(row_id) != kept.get(row_id)}
    return sorted(ids | {product for _, product, _ in codes ^ kept_codes})


def _follow_products(
    connection: Connection,
    shop: str,
    old: Mapping[str, str],
    fresh: Mapping[str, tuple[int, wire.Product]],
) -> None:
    before = {row_id: set(_product(body).barcodes) for row_id, body in old.items()}
    other = {
        row_id: set(it.barcodes)
        for row_id, (_, it) in fresh.items()
        if set(it.barcodes) != before.get(row_id, set())
    }
    _forget_codes(connection, shop, [row_id for row_id in other if before.get(row_id)])
    _add_codes(
        connection,
        [
            {"shop": shop, "code": code, "product": row_id, "is_pack": False}
            for row_id, codes in other.items()
            for code in sorted(codes)
        ],
    )
    packs = _packs(connection, shop, fresh)
    upsert(
        connection,
        goods,
        [
            _columns(shop, revision, it, {*it.barcodes, *packs.get(row_id, ())})
            for row_id, (revision, it) in fresh.items()
        ],
    )


def _follow_barcodes(
    connection: Connection, shop: str, before: list[wire.Barcode], after: list[wire.Barcode]
) -> None:
    for part in _parts([row.id for row in before]):
        here = (goods_code.c.shop == shop, goods_code.c.code.in_(part), goods_code.c.is_pack)
        connection.execute(delete(goods_code).where(*here))
    _add_codes(
        connection,
        [{"shop": shop, "code": it.id, "product": it.product, "is_pack": True} for it in after],
    )
    for ids in _parts(sorted({row.product for row in (*before, *after)})):
        known = _codes(connection, shop, goods_code.c.product.in_(ids))
        for row_id in ids:
            its = (goods.c.shop == shop, goods.c.id == row_id)
            codes = _text(known.get(row_id, set()))
            connection.execute(update(goods).where(*its).values(codes=codes))


def _columns(shop: str, revision: int, row: wire.Product, codes: set[str]) -> dict[str, Any]:
    return {
        "shop": shop,
        "id": row.id,
        "revision": revision,
        "folded": folded(row.name),
        "printed": compared(row.name),
        "plu": int(row.plu or 0),
        "category": row.category,
        "vat": row.vat,
        "price_gr": row.price_gr,
        "unit": row.unit,
        "is_open_price": row.is_open_price,
        "is_active": row.is_active,
        "codes": _text(codes),
    }


def _told(table: Any) -> Iterator[ColumnElement[Any]]:  # noqa: ANN401 (a table of SQLAlchemy)
    return (column for column in table.c if column.name != "company")


def _text(codes: set[str]) -> str:
    return "".join(f" {code}" for code in sorted(codes))


def _packs(connection: Connection, shop: str, ids: Collection[str]) -> dict[str, set[str]]:
    """Multipacks' codes of each product; a few products are asked for by name."""
    if len(ids) > IDS_MAX:
        return _codes(connection, shop, goods_code.c.is_pack)
    return _codes(connection, shop, goods_code.c.is_pack, goods_code.c.product.in_(ids))


def _codes(connection: Connection, shop: str, *which: ColumnElement[bool]) -> dict[str, set[str]]:
    chosen = select(goods_code.c.product, goods_code.c.code)
    found: dict[str, set[str]] = {}
    for row in connection.execute(chosen.where(goods_code.c.shop == shop, *which)):
        found.setdefault(row.product, set()).add(row.code)
    return found


def _forget_codes(connection: Connection, shop: str, ids: list[str]) -> None:
    for part in _parts(ids):
        own = (goods_code.c.product.in_(part), goods_code.c.is_pack.is_(False))
        connection.execute(delete(goods_code).where(goods_code.c.shop == shop, *own))


def _add_codes(connection: Connection, rows: list[dict[str, Any]]) -> None:
    insert_all(connection, goods_code, rows)


def _parts(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + IDS_MAX] for start in range(0, len(ids), IDS_MAX))
