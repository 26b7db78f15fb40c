"""Keeps the indexes of codes and names in step with the products that can be sold.

Called inside the transaction that changes rows; what cannot be sold has neither code nor name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.json import decode

from terminal.store.folding import fold, key_code
from terminal.store.tables import as_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

_ONE_MILLI = 1000
_OF_CODES = """
    SELECT DISTINCT product FROM extra_barcode WHERE id IN (SELECT value FROM json_each(?))
"""


def products_of(db: sqlite3.Connection, name: str, ids: Sequence[str]) -> set[str]:
    """Ids of the products that rows of a data set give codes or names to, as the rows are now."""
    if name == "products":
        return set(ids)
    if name == "barcodes":
        return {product for (product,) in db.execute(_OF_CODES, (as_json(ids),))}
    return set()


def index(db: sqlite3.Connection, ids: Collection[str]) -> None:
    """Bring codes and names of these products up to date."""
    if not ids:
        return
    products = db.execute(
        "SELECT no, id, name, plu, barcodes, is_active AND NOT is_removed FROM product"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (as_json([*ids]),),
    ).fetchall()
    codes: dict[tuple[str, int], int] = {}
    names: set[tuple[int, str, str, str]] = set()
    for no, product_id, name, plu, barcodes, is_sold in products:
        if is_sold:
            codes.update({(code, no): _ONE_MILLI for code in (plu, *decode(barcodes)) if code})
            letters = fold(name)
            # The gaps around a name let the index tell where words begin and end.
            names.add((no, product_id, f" {letters} ", f"0{key_code(letters)}0"))
    # A code that is the product's own and an extra one too has the quantity of the extra one.
    codes.update(_extra_codes(db, {product[1]: product[0] for product in products if product[-1]}))
    numbers = [product[0] for product in products]
    db.executemany("DELETE FROM barcode WHERE product = ?", [(no,) for no in numbers])
    rows = sorted((*key, qty_milli) for key, qty_milli in codes.items())
    db.executemany("INSERT INTO barcode (code, product, qty_milli) VALUES (?, ?, ?)", rows)
    _index_names(db, numbers, names)


def _extra_codes(db: sqlite3.Connection, numbers: dict[str, int]) -> dict[tuple[str, int], int]:
    """Quantity by code and local number, of the products ``numbers`` by id."""
    found = db.execute(
        "SELECT id, product, qty_milli FROM extra_barcode"
        " WHERE NOT is_removed AND product IN (SELECT value FROM json_each(?))",
        (as_json([*numbers]),),
    )
    return {(code, numbers[product]): qty_milli for code, product, qty_milli in found}


def _index_names(
    db: sqlite3.Connection, numbers: Sequence[int], names: set[tuple[int, str, str, str]]
) -> None:
    """Change the index where a folded name did; it must be told exactly what it forgets."""
    stored = db.execute(
        "SELECT no, product, letters, keys FROM product_name"
        " WHERE no IN (SELECT value FROM json_each(?))",
        (as_json(numbers),),
    ).fetchall()
    old = [row for row in stored if row not in names]
    new = sorted(names.difference(stored))
    db.executemany(
        "INSERT INTO name_index (name_index, rowid, letters, keys) VALUES ('delete', ?, ?, ?)",
        [(no, letters, keys) for no, _, letters, keys in old],
    )
    db.executemany("DELETE FROM product_name WHERE no = ?", [row[:1] for row in old])
    db.executemany("INSERT INTO product_name VALUES (?, ?, ?, ?)", new)
    db.executemany(
        "INSERT INTO name_index (rowid, letters, keys) VALUES (?, ?, ?)",
        [(no, letters, keys) for no, _, letters, keys in new],
    )
