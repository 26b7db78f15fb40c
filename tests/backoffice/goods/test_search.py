from __future__ import annotations

import random

import pytest

from backoffice import publish
from backoffice.goods import search
from backoffice.goods.search import Wanted
from backoffice.store.engine import reading, writing
from tests.backoffice.goods.conftest import SHOP, product

GOODS = (
    product("1", "Mleko Łaciate 3,2%", plu="7", barcodes=["5900000000011"], category="dairy"),
    product("2", "Mleko w proszku", plu="12", price_gr=1999, vat="B", category="food"),
    product("3", "Żółty ser", plu="700", barcodes=["5907"], unit="kg", is_active=False),
    product("4", "Usługa", price_gr=0, is_open_price=True),
    product("5", "100% sok_jabłkowy 7 zbóż", barcodes=["700000"], category="food"),
)


def names(engine, wanted=None, **how):
    with reading(engine) as database:
        found = search.page(database, SHOP, wanted or Wanted(**how))
        assert search.count(database, SHOP, wanted or Wanted(**how)) == len(found.rows)
    return [row.product.id for row in found.rows]


@pytest.fixture
def shop(engine, stocked):
    stocked(
        *({**it, "barcodes": [c.ljust(8, "0") for c in it.get("barcodes", ())]} for it in GOODS)
    )
    return engine


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("mleko", "12"),
        ("MLEKO laci", "1"),
        ("laciate mlek", "1"),
        ("zolty", "3"),
        ("żół", "3"),
        ("100%", "5"),
        ("k_j", "5"),
        ("%", "15"),
        ("nichts", ""),
        ("5900000000011", "1"),
        ("59", "13"),
        ("12", "2"),
        ("'; DROP TABLE goods; --", ""),
        ("\0", ""),
        ("́", "51234"),
        ("9" * 100, ""),
    ],
)
def test_goods_are_found_by_parts_of_names_and_by_codes(shop, text, ids):
    assert sorted(names(shop, text=text)) == sorted(ids)


def test_an_exact_code_comes_first_and_once(shop):
    assert names(shop, text="7") == ["1", "5"]
    assert names(shop, text="700") == ["3", "5"]
    assert names(shop, text="70000000") == ["5"]


def test_the_code_of_a_multipack_finds_its_product(shop):
    with writing(shop) as database:
        publish.put(database, "barcodes", SHOP, [{"id": "12345670", "product": "2"}])
    assert names(shop, text="12345670") == ["2"]
    with reading(shop) as database:
        assert search.packs(database, SHOP, ["1", "2"]) == {"2": ["12345670"]}


@pytest.mark.parametrize(
    ("how", "ids"),
    [
        ({"categories": frozenset({"food", "dairy"})}, "512"),
        ({"categories": frozenset({""})}, "43"),
        ({"categories": frozenset()}, ""),
        ({"vat": "B"}, "2"),
        ({"unit": "kg"}, "3"),
        ({"active": "yes"}, "5124"),
        ({"active": "no"}, "3"),
        ({"price": "open"}, "4"),
        ({"price": "none"}, "4"),
        ({"price": "fixed"}, "5123"),
        ({"codes": "none"}, "24"),
        ({"codes": "some"}, "513"),
        ({"text": "mleko", "vat": "A", "codes": "some"}, "1"),
        ({"text": "7", "active": "no"}, ""),
    ],
)
def test_filters_narrow_what_is_found(shop, how, ids):
    assert sorted(names(shop, **how)) == sorted(ids)


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("name", "51243"),
        ("-name", "34215"),
        ("-plu", "32154"),
        ("price", "41352"),
        ("-changed", "54321"),
    ],
)
def test_goods_are_sorted(shop, sort, ids):
    assert "".join(names(shop, sort=sort)) == ids


@pytest.mark.parametrize("sort", search.SORTS)
def test_pages_show_each_of_many_once_and_in_order(engine, stocked, sort):
    """Also where many have the same key."""
    dice = random.Random(3)
    stocked(*(product(f"p{no}", f"n{no % 7}", price_gr=1 + no % 5) for no in range(60)))
    wanted, after, seen, keys = Wanted(sort=sort), None, [], []
    with reading(engine) as database:
        while True:
            page = search.page(database, SHOP, wanted, after, limit=dice.randrange(1, 9))
            seen += [row.product.id for row in page.rows]
            keys += [row.key if sort.endswith("name") else int(row.key) for row in page.rows]
            after = page.after
            if after is None:
                break
    assert sorted(seen) == sorted(f"p{no}" for no in range(60))
    assert keys == sorted(keys, reverse=sort.startswith("-"))


def test_a_page_goes_on_behind_a_row_that_is_gone(shop):
    with reading(shop) as database:
        first = search.page(database, SHOP, Wanted(), limit=2)
    with writing(shop) as database:
        publish.remove(database, "products", SHOP, first.rows[-1].product.id)
    with reading(shop) as database:
        rest = search.page(database, SHOP, Wanted(), first.after)
    assert [row.product.id for row in rest.rows] == ["2", "4", "3"]


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "٣", ""])
@pytest.mark.parametrize("sort", search.SORTS)
def test_a_page_that_nobody_gave_is_still_a_page(shop, key, sort):
    with reading(shop) as database:
        search.page(database, SHOP, Wanted(sort=sort), (key, "'"))


def test_all_that_are_wanted_come_in_one_order(shop):
    with reading(shop) as database:
        found = search.ids(database, SHOP, Wanted(active="yes"))
        assert [row.id for row in search.every(database, SHOP, Wanted(active="yes"))] == found
    assert found == ["5", "1", "2", "4"]


def test_another_shop_has_nothing(shop):
    with reading(shop) as database:
        assert search.page(database, "other", Wanted()).rows == []
        assert search.exact(database, "other", Wanted("7")) == frozenset()
