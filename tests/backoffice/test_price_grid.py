from __future__ import annotations

import pytest

from backoffice import price_grid, publish
from backoffice.actor import administrator
from backoffice.editing import Editor
from backoffice.errors import BadRows, RowChanged
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing

SHOP = "lipa"


def sold(row_id, name, **more):
    row = {"id": row_id, "name": name, "vat": "C", "price_gr": 100, "unit": "szt"}
    return row | more


@pytest.fixture
def shop(engine):
    with writing(engine) as database:
        publish.put(database, "vat_rates", SHOP, [{"id": "C", "rate_bp": 500}])
        publish.put(database, "units", SHOP, [{"id": "szt", "name": "szt."}])
        goods = [
            sold("m", "Mleko świeże", plu="7", barcodes=["5901234123457"]),
            sold("w", "Woda"),
            sold("o", "Woda stara", is_active=False),
        ]
        publish.put(database, "products", SHOP, goods)
        lists = [{"id": "lato", "name": "Lato"}, {"id": "a", "name": "Akcja", "is_active": False}]
        publish.put(database, "price_lists", SHOP, lists)
    return SHOP


@pytest.fixture
def save(engine, clock, shop):
    def wanted(seen=None, **prices):
        with writing(engine) as database:
            editor = Editor(database, administrator(), clock())
            return price_grid.save(editor, shop, "lato", prices, seen or {})

    return wanted


def grid(engine, find="", start=0):
    with reading(engine) as database:
        found = price_grid.grid(database, SHOP, "lato", find, start)
    return [(it.product, it.price_gr, it.revision) for it in found.lines]


def test_lists_in_use_come_first(engine, shop):
    with reading(engine) as database:
        assert [it.id for it in price_grid.price_lists(database, shop)] == ["lato", "a"]


def test_products_are_found_by_name_plu_and_bar_code(engine, shop):
    assert grid(engine) == []
    assert [it[0] for it in grid(engine, "woda")] == ["w"]
    assert [it[0] for it in grid(engine, "ŚWIEŻE mle")] == ["m"]
    assert [it[0] for it in grid(engine, "swieze")] == ["m"]
    assert [it[0] for it in grid(engine, "7")] == [it[0] for it in grid(engine, "5901234123457")]
    assert [it[0] for it in grid(engine, "7")] == ["m"]


def test_prices_come_change_and_go(engine, save):
    assert save(m=90, w=80) == 2
    assert grid(engine) == [("m", 90, 1), ("w", 80, 2)]
    save({"m": 1, "w": 2}, m=85, w=None)
    assert grid(engine) == [("m", 85, 3)]
    save({"w": 0}, w=70)
    assert grid(engine) == [("m", 85, 3), ("w", 70, 5)]


def test_who_is_late_saves_nothing(engine, save):
    save(m=90, w=80)
    save({"m": 1}, m=85)
    for late in ({"m": 60, "w": 60}, {"w": 60, "m": None}):
        with pytest.raises(RowChanged):
            save({"m": 1, "w": 2}, **late)
    assert grid(engine) == [("m", 85, 3), ("w", 80, 2)]


def test_all_prices_or_none(engine, save):
    for wrong in (0, 10**12):
        with pytest.raises(BadRows):
            save(m=90, w=wrong)
    with pytest.raises(BadRows):
        save(m=90, none=80)
    assert grid(engine) == []


def test_pages_of_a_long_list(engine, shop, save):
    with writing(engine) as database:
        many = [sold(f"p{it}", f"Towar {it:03d}") for it in range(60)]
        publish.put(database, "products", shop, many)
    save(**{f"p{it}": 5 for it in range(60)})
    assert len(grid(engine)) == price_grid.PAGE_ROWS
    assert [it[0] for it in grid(engine, start=50)] == [f"p{it}" for it in range(50, 60)]
    with reading(engine) as database:
        assert len(data_rows.living(database, "prices", shop)) == 60
        first = price_grid.grid(database, shop, "lato", "", 0)
        assert (first.next, price_grid.grid(database, shop, "lato", "", 50).next) == (50, None)
        found = price_grid.grid(database, shop, "lato", "towar", 0)
        assert (len(found.lines), found.is_cut) == (50, True)
