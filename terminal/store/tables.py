"""The tables of the data sets: which table holds which set, and the SQL its fields make. No I/O.

A table has the columns of its row on the wire, lists as JSON, and ``is_removed``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from terminal.sync.wire import SETS, SalesLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from msgspec import Struct

Row = TypeVar("Row", bound="Struct")
_TEXTS = msgspec.json.Decoder()
# Columns that hold a list, and what reads it.
_LISTS = {
    **dict.fromkeys(("rights", "barcodes", "parking_names", "void_reasons"), _TEXTS),
    "lines": msgspec.json.Decoder(list[SalesLine]),
}


class Table:
    """SQL of one data set, made from the fields of its rows."""

    def __init__(self, table: str, row: type[Struct]) -> None:
        self.table = table
        fields = msgspec.structs.fields(row)
        self.names = tuple(field.name for field in fields)
        self.bools = tuple(field.name for field in fields if field.type is bool)
        self.lists = tuple(name for name in self.names if name in _LISTS)
        columns = ", ".join(self.names)
        marks = ", ".join("?" * len(self.names))
        changes = ", ".join(f"{name} = excluded.{name}" for name in self.names[1:])
        # Names of tables and columns are ours; every value is a parameter.
        self.select = f"SELECT {columns} FROM {table}"  # noqa: S608
        self.living = (
            f"SELECT {columns} FROM {table} "  # noqa: S608
            "WHERE NOT is_removed AND id IN (SELECT value FROM json_each(?))"
        )
        self.upsert = (
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {changes}, is_removed = 0"
        )
        self.remove = f"UPDATE {table} SET is_removed = 1 WHERE id = ? AND NOT is_removed"  # noqa: S608

    def to_columns(self, row: Struct) -> tuple[Any, ...]:
        """Values in the order of the columns; lists as JSON."""
        values = msgspec.structs.astuple(row)
        encode = msgspec.json.encode
        if not self.lists:
            return values
        return tuple(encode(value).decode() if type(value) is list else value for value in values)

    def from_columns(self, row: type[Row], values: Sequence[Any]) -> Row:
        """Make a row of the wire again, without judging it a second time."""
        fields = dict(zip(self.names, values, strict=True))
        fields.update({name: bool(fields[name]) for name in self.bools})
        fields.update({name: _LISTS[name].decode(fields[name]) for name in self.lists})
        return row(**fields)


def as_json(values: Sequence[str] | Sequence[int]) -> str:
    """A list as one parameter, for ``json_each``."""
    return msgspec.json.encode(values).decode()


TABLES = {
    name: Table(table, SETS[name])
    for name, table in (
        ("settings", "settings"),
        ("shop", "shop"),
        ("vat_rates", "vat_rate"),
        ("payment_methods", "payment_method"),
        ("currencies", "currency"),
        ("roles", "role"),
        ("users", "user"),
        ("representatives", "representative"),
        ("units", "unit"),
        ("categories", "category"),
        ("products", "product"),
        ("barcodes", "extra_barcode"),
        ("price_lists", "price_list"),
        ("prices", "price"),
        ("discounts", "discount"),
        ("quick_keys", "quick_key"),
        ("customers", "customer"),
        ("sales_documents", "sales_document"),
        ("visits", "visit"),
        ("attachments", "attachment"),
        ("stock", "stock"),
    )
}
