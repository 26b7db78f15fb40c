from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.store.indexes import products_of
from terminal.sync.wire import Barcode, Product

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

WATER = Product("w", "Woda", "A", 249, "szt", "161", ["590001"])
BEER = Product("b", "Piwo", "A", 429, "szt", "178")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(catalogue, "products", 1, [WATER, BEER])
    yield catalogue
    close_writer(catalogue)


def codes(db: sqlite3.Connection) -> dict[tuple[str, str], int]:
    found = db.execute(
        "SELECT c.code, p.id, c.qty_milli FROM barcode c JOIN product p ON p.no = c.product"
    )
    return {(code, product): qty_milli for code, product, qty_milli in found}


OWN = {("161", "w"): 1000, ("590001", "w"): 1000, ("178", "b"): 1000}


def test_extra_codes_stand_beside_the_products_own(db: sqlite3.Connection) -> None:
    assert codes(db) == OWN
    apply(db, "barcodes", 1, [Barcode("590006", "w", 6000), Barcode("590007", "b")])
    assert codes(db) == {**OWN, ("590006", "w"): 6000, ("590007", "b"): 1000}


def test_a_code_goes_from_one_product_to_another(db: sqlite3.Connection) -> None:
    apply(db, "barcodes", 1, [Barcode("590006", "w", 6000)])
    apply(db, "barcodes", 2, [Barcode("590006", "b", 4000)])
    assert codes(db) == {**OWN, ("590006", "b"): 4000}
    apply(db, "barcodes", 3, [], ["590006"])
    assert codes(db) == OWN


def test_a_product_that_changes_or_comes_back_has_its_extra_codes(db: sqlite3.Connection) -> None:
    apply(db, "barcodes", 1, [Barcode("590006", "w", 6000)])
    apply(db, "products", 2, [], ["w"])
    assert codes(db) == {("178", "b"): 1000}
    apply(db, "products", 3, [WATER])
    assert codes(db) == {**OWN, ("590006", "w"): 6000}


def test_an_own_code_that_is_an_extra_one_too_has_the_quantity_of_that(
    db: sqlite3.Connection,
) -> None:
    apply(db, "barcodes", 1, [Barcode("590001", "w", 12_000)])
    assert codes(db) == {**OWN, ("590001", "w"): 12_000}


def test_codes_that_come_before_their_product_wait(db: sqlite3.Connection) -> None:
    apply(db, "barcodes", 1, [Barcode("590009", "later")])
    assert codes(db) == OWN
    apply(db, "products", 2, [Product("later", "Sok", "A", 100, "szt")])
    assert codes(db) == {**OWN, ("590009", "later"): 1000}


def test_other_sets_give_no_codes(db: sqlite3.Connection) -> None:
    assert products_of(db, "prices", ["w"]) == set()
    assert products_of(db, "products", ["w"]) == {"w"}
