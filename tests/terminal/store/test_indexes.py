from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, open_writer
from terminal.store.indexes import Touched
from terminal.sync.datasets import row_id
from terminal.sync.wire import Barcode, Price, PriceList, Product

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from msgspec import Struct

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


SUMMER = PriceList("summer", "Lato", "2026-06-01", "2026-08-31", position=5)
ALWAYS = PriceList("always", "Zawsze")


def offers(db: sqlite3.Connection) -> list[tuple[str, str, str, str, int]]:
    found = db.execute(
        "SELECT p.id, o.price_list, o.valid_from, o.valid_to, o.price_gr"
        " FROM offer o JOIN product p ON p.no = o.product ORDER BY o.product, o.place, o.price_list"
    )
    return found.fetchall()


IN_SUMMER = ("w", "summer", "2026-06-01", "2026-08-31", 199)
OTHERWISE = ("w", "always", "", "9999-12-31", 229)


def test_prices_of_lists_that_are_switched_on_stand_in_their_order(db: sqlite3.Connection) -> None:
    off = PriceList("off", "Nic", position=9, is_active=False)
    prices = [
        Price("1", "always", "w", 229),
        Price("2", "summer", "w", 199),
        Price("3", "off", "w", 1),
        Price("4", "none", "w", 2),
    ]
    apply(db, "price_lists", 1, [ALWAYS, SUMMER, off])
    apply(db, "prices", 1, prices)
    assert offers(db) == [IN_SUMMER, OTHERWISE]
    apply(db, "price_lists", 2, [], ["summer"])
    assert offers(db) == [OTHERWISE]
    apply(db, "price_lists", 3, [SUMMER, replace(ALWAYS, is_active=False)])
    assert offers(db) == [IN_SUMMER]
    apply(db, "prices", 2, [], ["2"])
    assert offers(db) == []


def test_a_price_goes_from_one_product_to_another(db: sqlite3.Connection) -> None:
    apply(db, "prices", 1, [Price("1", "always", "w", 229)])
    apply(db, "price_lists", 1, [ALWAYS])
    assert offers(db) == [OTHERWISE]
    apply(db, "prices", 2, [Price("1", "always", "b", 229)])
    assert offers(db) == [("b", "always", "", "9999-12-31", 229)]


def test_of_two_prices_in_one_list_there_is_one(db: sqlite3.Connection) -> None:
    apply(db, "price_lists", 1, [ALWAYS])
    apply(db, "prices", 1, [Price("1", "always", "w", 1), Price("2", "always", "w", 2)])
    assert [price for *_, price in offers(db)] == [2]


def test_other_sets_touch_nothing(db: sqlite3.Connection) -> None:
    seen: list[str] = []
    touched = Touched(db, "customers", ["w"])
    db.set_trace_callback(seen.append)
    touched.update()
    assert seen == []


DAYS = ["", "2026-06-01", "2026-06-10", "2026-06-20"]
LISTS = st.builds(
    PriceList,
    id=st.sampled_from("abc"),
    name=st.just("Lista"),
    valid_from=st.sampled_from(DAYS),
    valid_to=st.sampled_from(DAYS),
    position=st.integers(-1, 1),
    is_active=st.booleans(),
)
# Of one product in one list there is one price: the office sees to that.
PRICES = st.builds(
    lambda price_list, product, price_gr: Price(
        f"{price_list}{product}", price_list, product, price_gr
    ),
    st.sampled_from("abc"),
    st.sampled_from("wb"),
    st.integers(1, 3),
)
PAGES = st.lists(
    st.one_of(
        st.tuples(
            st.just("price_lists"), st.lists(LISTS, max_size=3), st.sets(st.sampled_from("abc"))
        ),
        st.tuples(
            st.just("prices"),
            st.lists(PRICES, max_size=4),
            st.sets(st.sampled_from(["aw", "ab", "bw", "cb"])),
        ),
        st.tuples(
            st.just("products"),
            st.lists(st.sampled_from([WATER, BEER]), max_size=2),
            st.sets(st.sampled_from("wb"), max_size=1),
        ),
    ),
    max_size=10,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pages=PAGES)
def test_any_pages_give_the_price_that_the_rows_say(
    db: sqlite3.Connection, pages: list[tuple[str, list[Struct], set[str]]]
) -> None:
    for name, ids in (("price_lists", "abc"), ("prices", ["aw", "ab", "bw", "bb", "cw", "cb"])):
        apply(db, name, 0, [], ids)
    apply(db, "products", 0, [WATER, BEER])
    model: dict[str, dict[str, Any]] = {"products": {"w": WATER, "b": BEER}}
    for to, (name, rows, removed) in enumerate(pages, start=1):
        apply(db, name, to, rows, sorted(removed))
        living = model.setdefault(name, {})
        living.update({row_id(row): row for row in rows})
        for gone in removed:
            living.pop(gone, None)
    for day in ("2026-05-31", "2026-06-10", "2026-06-21"):
        today = Catalogue(db, lambda day=day: datetime.fromisoformat(day))
        for product in (WATER, BEER):
            found = [one.price_gr for one in today.find(product.plu)]
            sold = product.id in model["products"]
            assert found == ([_price(model, product, day)] if sold else [])


def _price(model: dict[str, dict[str, Any]], product: Product, day: str) -> int:
    best: tuple[int, str, int] | None = None
    for price in model.get("prices", {}).values():
        one = model.get("price_lists", {}).get(price.price_list)
        if one is None or not one.is_active or price.product != product.id:
            continue
        if one.valid_from <= day <= (one.valid_to or day):
            rank = (-one.position, one.id, price.price_gr)
            best = min(best or rank, rank)
    return best[2] if best else product.price_gr
