"""Two names that are one to the printer need one VAT letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync.namesakes import Namesakes
from terminal.sync.wire import Product

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


def product(row_id: str, name: str, vat: str = "C", **more) -> Product:
    return Product(row_id, name, vat, 100, "szt", **more)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(catalogue, "products", 1, [product("p1", "Mleko"), product("p2", "Chleb")])
    yield catalogue
    close_writer(catalogue)


def refused(db: sqlite3.Connection, *rows: Product, removed=()) -> set[str]:
    return set(Namesakes(db).refuse(rows, removed))


def taken(db: sqlite3.Connection, *rows: Product, removed=()) -> set[str]:
    """Judge a page and take in what passes, as a pull does."""
    bad = refused(db, *rows, removed=removed)
    apply(db, "products", 2, [row for row in rows if row.id not in bad], removed)
    return bad


def test_the_newcomer_is_refused_with_the_reason(db: sqlite3.Connection) -> None:
    reasons = Namesakes(db).refuse([product("p3", "MLEKO !", "A")], ())
    assert reasons == {"p3": "The printer would take it for Mleko, which has VAT letter C"}


def test_one_letter_is_no_trouble(db: sqlite3.Connection) -> None:
    assert not refused(db, product("p3", "MLEKO"), product("p4", "Ser", "A"))


def test_what_is_not_sold_is_in_nobodys_way(db: sqlite3.Connection) -> None:
    assert not refused(db, product("p3", "MLEKO", "A", is_active=False))
    assert not refused(db, product("p3", "MLEKO", "A"), product("p1", "Mleko", is_active=False))
    assert not refused(db, product("p3", "MLEKO", "A"), removed=["p1"])


def test_newcomers_that_are_one_are_both_refused(db: sqlite3.Connection) -> None:
    assert refused(db, product("p3", "Ser"), product("p4", "SER", "A")) == {"p3", "p4"}


def test_a_name_that_changes_its_letter_changes_it_everywhere(db: sqlite3.Connection) -> None:
    both = [product("p1", "Mleko", "B"), product("p3", "mleko", "B")]
    assert not refused(db, *both)
    assert not taken(db, product("p3", "mleko"))
    # One of them alone would be another article to the printer.
    assert taken(db, *both[:1]) == {"p1"}
    assert not taken(db, *both)


def test_who_falls_back_to_an_old_name_may_stand_in_anothers_way(db: sqlite3.Connection) -> None:
    rows = [product("p1", "Chleb", "A"), product("p3", "MLEKO", "A")]
    assert refused(db, *rows) == {"p1", "p3"}
    swapped = [product("p1", "Chleb", "A"), product("p2", "Mleko", "A")]
    assert not refused(db, *swapped)


def test_pages_follow_one_another(db: sqlite3.Connection) -> None:
    assert not taken(db, product("p3", "Ser", "A"))
    assert taken(db, product("p4", "SER")) == {"p4"}
    assert not taken(db, product("p4", "SER"), removed=["p3"])


def test_who_gives_a_name_up_is_in_nobodys_way(db: sqlite3.Connection) -> None:
    assert not taken(db, product("p1", "Kefir"))
    assert not taken(db, product("p3", "MLEKO", "A"))
    assert taken(db, product("p4", "kefir", "A")) == {"p4"}


def test_only_products_of_the_same_names_are_read(db: sqlite3.Connection) -> None:
    apply(db, "products", 2, [product(f"q{number}", f"Towar {number}") for number in range(500)])
    found = Namesakes(db)
    found.refuse([product("p3", "MLEKO"), product("q7", "Chleb")], ())
    assert found._products.keys() == {"p1", "p2", "p3", "q7"}
