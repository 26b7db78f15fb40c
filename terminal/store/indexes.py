"""Keeps in step what lookups ask: codes and names of what can be sold, prices by product.

Called inside the transaction that changes rows; what cannot be sold has neither code nor name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.json import decode

from terminal.sale.money import QTY_ONE
from terminal.sale.names import identity
from terminal.store.folding import fold, key_code
from terminal.store.tables import as_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_LAST_DAY = "9999-12-31"
# By data set: the products that some of its rows give codes or names to, or prices.
_NAMED = {
    "products": "SELECT value FROM json_each(?)",
    "barcodes": "SELECT product FROM extra_barcode WHERE id IN (SELECT value FROM json_each(?))",
}
_PRICED = {
    "products": "SELECT value FROM json_each(?)",
    "prices": "SELECT product FROM price WHERE id IN (SELECT value FROM json_each(?))",
    "price_lists": "SELECT product FROM price WHERE price_list IN (SELECT value FROM json_each(?))",
}
_FORGET_OFFERS = """
    DELETE FROM offer WHERE product IN
    (SELECT p.no FROM json_each(?) AS j JOIN product AS p ON p.id = j.value)
"""
_OFFER = f"""
    INSERT OR REPLACE INTO offer
    SELECT p.no, -l.position, l.id, l.valid_from, coalesce(nullif(l.valid_to, ''), '{_LAST_DAY}'),
        x.price_gr
    FROM json_each(?) AS j
    JOIN product AS p ON p.id = j.value
    JOIN price AS x ON x.product = p.id AND NOT x.is_removed
    JOIN price_list AS l ON l.id = x.price_list AND l.is_active AND NOT l.is_removed
    ORDER BY x.id
"""  # noqa: S608 - a day of ours


class Touched:
    """Products that a change of rows may touch: made before it, brought up to date after it."""

    def __init__(self, db: sqlite3.Connection, name: str, ids: Sequence[str]) -> None:
        self._db = db
        self._name = name
        self._ids = as_json(ids)
        # A code or a price may go from one product to another: both are looked at.
        self._named, self._priced = self._read(_NAMED), self._read(_PRICED)

    def update(self) -> None:
        """Bring codes, names and prices of these products up to date."""
        if named := self._named | self._read(_NAMED):
            _index(self._db, sorted(named))
        if priced := self._priced | self._read(_PRICED):
            products = as_json(sorted(priced))
            self._db.execute(_FORGET_OFFERS, (products,))
            self._db.execute(_OFFER, (products,))

    def _read(self, questions: dict[str, str]) -> set[str]:
        question = questions.get(self._name)
        return {row[0] for row in self._db.execute(question, (self._ids,))} if question else set()


def _index(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Bring codes and names of these products up to date."""
    products = db.execute(
        "SELECT no, id, name, plu, barcodes, is_active AND NOT is_removed FROM product"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (as_json(ids),),
    ).fetchall()
    codes: dict[tuple[str, int], int] = {}
    names: set[tuple[int, str, str, str, str]] = set()
    for no, product_id, name, plu, barcodes, is_sold in products:
        if is_sold:
            codes.update({(code, no): QTY_ONE for code in (plu, *decode(barcodes)) if code})
            letters = fold(name)
            # The gaps around a name let the index tell where words begin and end.
            spelt = f" {letters} ", f"0{key_code(letters)}0"
            names.add((no, product_id, *spelt, identity(name)))
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
    db: sqlite3.Connection, numbers: Sequence[int], names: set[tuple[int, str, str, str, str]]
) -> None:
    """Change the index where a folded name did; it must be told exactly what it forgets."""
    stored = db.execute(
        "SELECT no, product, letters, keys, printed FROM product_name"
        " WHERE no IN (SELECT value FROM json_each(?))",
        (as_json(numbers),),
    ).fetchall()
    old = [row for row in stored if row not in names]
    new = sorted(names.difference(stored))
    db.executemany(
        "INSERT INTO name_index (name_index, rowid, letters, keys) VALUES ('delete', ?, ?, ?)",
        [(no, letters, keys) for no, _, letters, keys, _ in old],
    )
    db.executemany("DELETE FROM product_name WHERE no = ?", [row[:1] for row in old])
    db.executemany(
        "INSERT INTO product_name (no, product, letters, keys, printed) VALUES (?, ?, ?, ?, ?)", new
    )
    db.executemany(
        "INSERT INTO name_index (rowid, letters, keys) VALUES (?, ?, ?)",
        [(no, letters, keys) for no, _, letters, keys, _ in new],
    )
