from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import msgspec
import pytest

from terminal.store.db import close_writer, open_writer
from terminal.store.tables import TABLES
from terminal.sync.wire import SETS, PaymentMethod, Product, Role

if TYPE_CHECKING:
    from pathlib import Path


def test_each_set_of_the_wire_has_a_table() -> None:
    assert list(TABLES) == list(SETS)


@pytest.mark.parametrize("name", SETS)
def test_a_table_has_the_columns_of_its_row(tmp_path: Path, name: str) -> None:
    db = open_writer(tmp_path / "catalogue.db", "catalogue")
    found = db.execute(f"PRAGMA table_info({TABLES[name].table})").fetchall()
    is_strict = db.execute(
        "SELECT strict FROM pragma_table_list WHERE name = ?", (TABLES[name].table,)
    ).fetchone()
    close_writer(db)
    columns = {row[1] for row in found} - {"no", "is_removed"}
    assert columns == {field.name for field in msgspec.structs.fields(SETS[name])}
    assert is_strict == (1,)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("payment_methods", PaymentMethod("1", "Gotówka", "cash", 3, True, False)),
        ("roles", Role("k", "Kasjer", ["sell", "żółć"])),
        ("roles", Role("n", "Nikt")),
        ("products", Product("p", "Mleko", "A", 399, "szt", "7", ["590123", "590124"], "", True)),
    ],
)
def test_a_row_comes_back_as_it_went(name: str, row: PaymentMethod | Role | Product) -> None:
    table = TABLES[name]
    values = table.to_columns(row)
    assert not any(isinstance(value, list) for value in values)
    # SQLite keeps no booleans: they come back as numbers.
    db = sqlite3.connect(":memory:")
    stored = db.execute(f"SELECT {', '.join('?' * len(values))}", values).fetchone()
    db.close()
    assert repr(table.from_columns(type(row), stored)) == repr(row)
