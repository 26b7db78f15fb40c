from __future__ import annotations

from terminal.store.catalogue import apply
from terminal.store.categories import category_names
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import Category, Product


def test_only_products_that_are_in_one(tmp_path):
    db = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(db, "categories", 1, [Category("d", "Nabiał")])
    products = [
        Product("milk", "Mleko", "C", 349, "pcs", "1", category="d"),
        Product("bag", "Torba", "A", 50, "pcs", "2"),
        Product("lost", "Ser", "A", 50, "pcs", "3", category="gone"),
    ]
    apply(db, "products", 1, products)
    assert category_names(db, ["milk", "bag", "lost", "unknown"]) == {"milk": "Nabiał"}
    assert category_names(db, []) == {}
    close_writer(db)
