"""Quick keys and categories as numbered cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, open_writer
from terminal.store.grid import Cell, in_category, quick_keys
from terminal.sync.wire import Category, Product, QuickKey, Unit, VatRate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROLL = Product("r", "Kajzerka", "C", 79, "u", "6", category="bread")
LOAF = Product("l", "Żytni", "C", 799, "u", "7", category="bread")
OLD = Product("o", "Stary", "C", 1, "u", category="bread", is_active=False)
LOOSE = Product("x", "Luzem", "C", 1, "u")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    db = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(db, "vat_rates", 1, [VatRate("C", 500)])
    apply(db, "units", 1, [Unit("u", "szt.")])
    tree = [Category("food", "Jedzenie"), Category("bread", "Pieczywo", "food")]
    apply(db, "categories", 1, [*tree, Category("sweet", "Ciasta", "bread")])
    apply(db, "products", 1, [LOAF, ROLL, OLD, LOOSE])
    yield Catalogue(db)
    close_writer(db)


def shown(cells: list[Cell]) -> list[tuple[int, int, str, str]]:
    return [(one.page, one.number, one.label, one.article.id if one.article else one.category)
            for one in cells]  # fmt: skip


def test_quick_keys_in_order_with_their_own_words_or_those_of_the_goods(
    catalogue: Catalogue,
) -> None:
    keys = [
        QuickKey("1", 7, product="r"),
        QuickKey("2", 2, category="bread", label="Chleby"),
        QuickKey("3", 1, product="l", page=2),
        QuickKey("4", 3, product="o"),
        QuickKey("5", 4, category="gone"),
        QuickKey("6", 5, category="sweet"),
    ]
    apply(catalogue.db, "quick_keys", 1, keys)
    assert shown(quick_keys(catalogue)) == [
        (1, 2, "Chleby", "bread"),
        (1, 5, "Ciasta", "sweet"),
        (1, 7, "Kajzerka", "r"),
        (2, 1, "Żytni", "l"),
    ]
    apply(catalogue.db, "quick_keys", 2, [], ["1", "2", "6"])
    assert [one.article.price_gr for one in quick_keys(catalogue) if one.article] == [799]


def test_the_tree_of_categories(catalogue: Catalogue) -> None:
    assert shown(in_category(catalogue, "", 36)) == [(1, 1, "Jedzenie", "food")]
    assert shown(in_category(catalogue, "food", 36)) == [(1, 1, "Pieczywo", "bread")]
    assert shown(in_category(catalogue, "bread", 2)) == [
        (1, 1, "Ciasta", "sweet"),
        (1, 2, "Kajzerka", "r"),
        (2, 1, "Żytni", "l"),
    ]
    apply(catalogue.db, "categories", 2, [], ["sweet"])
    assert [one.label for one in in_category(catalogue, "bread", 36)] == ["Kajzerka", "Żytni"]
