from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice import publish
from backoffice.errors import BadRows
from backoffice.goods import bulk, kept
from backoffice.goods.bulk import Change, price
from backoffice.store import data_rows, goods_rows
from backoffice.store.engine import reading, writing
from tests.backoffice.goods.conftest import SHOP, product
from tests.backoffice.goods.test_imports import OWNER

GOODS = [product(str(no), f"Towar {no}", price_gr=1000 + no) for no in range(30)]
IDS = [row["id"] for row in GOODS]


@pytest.mark.parametrize(
    ("price_gr", "change", "after"),
    [
        (1000, Change(percent_bp=1000), 1100),
        (1005, Change(percent_bp=1000), 1106),
        (1000, Change(percent_bp=-250), 975),
        (1000, Change(amount_gr=-50), 950),
        (1000, Change(amount_gr=-50, percent_bp=1000), 1050),
        (1234, Change(nine=True), 1239),
        (1233, Change(nine=True), 1229),
        (1, Change(nine=True), 9),
        (100, Change(amount_gr=-200, nine=True), -100),
        (0, Change(percent_bp=1000, amount_gr=5), 0),
        (777, Change(), 777),
    ],
)
def test_prices_go_up_and_down(price_gr, change, after):
    assert price(price_gr, change) == after


@given(st.integers(1, 10**8), st.integers(-9000, 90_000))
def test_a_price_that_ends_with_nine_is_the_nearest_one(price_gr, percent_bp):
    plain = price(price_gr, Change(percent_bp=percent_bp))
    nine = price(price_gr, Change(percent_bp=percent_bp, nine=True))
    if plain > 0:
        assert nine % 10 == 9
        assert abs(nine - plain) <= 5 or nine == 9


def look(engine, change):
    with reading(engine) as database:
        return bulk.look_at(database, SHOP, IDS, change)


def make(engine, clock, change, seen=None):
    with writing(engine) as database:
        now = data_rows.revision_of(database, "products", SHOP)
        shown = now if seen is None else seen
        return bulk.make(database, OWNER, clock(), SHOP, IDS, change, seen=shown, title="x")


def prices(engine):
    with reading(engine) as database:
        assert goods_rows.differing(database, SHOP) == []
        rows = map(msgspec.json.decode, data_rows.living(database, "products", SHOP))
        return {row["id"]: row["price_gr"] for row in rows}


def test_a_preview_tells_how_many_and_the_first_of_them(engine, stocked):
    stocked(*GOODS)
    preview = look(engine, Change(amount_gr=1, unit="szt"))
    assert (preview.chosen, preview.changed, len(preview.shown)) == (30, 30, bulk.SHOWN)
    assert [(it[0].price_gr, it[1].price_gr) for it in preview.shown[:1]] == [(1000, 1001)]
    assert look(engine, Change(unit="szt")).changed == 0
    assert look(engine, Change(unit="x")).wrong


def test_all_are_changed_and_taken_back(engine, stocked, clock):
    stocked(*GOODS)
    before = prices(engine)
    number, rows = make(engine, clock, Change(percent_bp=1000, category="food", is_active=False))
    assert rows == 30
    assert prices(engine)["0"] == 1100
    with writing(engine) as database:
        assert kept.undo(database, OWNER, clock(), SHOP, number) == 30
    assert prices(engine) == before


def test_one_that_may_not_be_so_stops_all(engine, stocked, clock):
    stocked(*GOODS)
    before = prices(engine)
    with pytest.raises(BadRows):
        make(engine, clock, Change(amount_gr=-1010))
    assert prices(engine) == before


def test_a_change_that_came_between_stops_all(engine, stocked, clock):
    stocked(*GOODS)
    with pytest.raises(kept.TooLate):
        make(engine, clock, Change(amount_gr=1), seen=1)


def test_goods_that_are_gone_are_left_out(engine, stocked, clock):
    stocked(*GOODS)
    with writing(engine) as database:
        publish.remove(database, "products", SHOP, "7")
    assert make(engine, clock, Change(amount_gr=1))[1] == 29


def lines(engine, row_id, limit=10):
    with reading(engine) as database:
        found = kept.of_product(database, SHOP, row_id, limit)
    told = [
        [msgspec.json.decode(body)["price_gr"] for body in (it.before, it.after)] for it in found
    ]
    return [(it.number, it.name, *pair) for it, pair in zip(found, told, strict=True)]


def test_each_product_tells_what_became_of_it_and_who_took_it_back(engine, stocked, clock):
    stocked(*GOODS)
    assert lines(engine, "1") == []
    first, _rows = make(engine, clock, Change(amount_gr=100))
    second, _rows = make(engine, clock, Change(amount_gr=5))
    with writing(engine) as database:
        kept.undo(database, OWNER, clock(), SHOP, second)
    who = OWNER.name
    told = [(second, who, 1106, 1101), (second, who, 1101, 1106), (first, who, 1001, 1101)]
    assert lines(engine, "1") == told
    assert lines(engine, "1", 2) == told[:2]
    assert lines(engine, '1":') == []
    with pytest.raises(kept.TooLate), writing(engine) as database:
        kept.undo(database, OWNER, clock(), SHOP, second)


def test_what_an_older_office_kept_can_be_undone_and_tells_nothing(engine, stocked, clock):
    stocked(*GOODS)
    was = prices(engine)
    number, _rows = make(engine, clock, Change(amount_gr=100))
    with writing(engine) as database:
        pairs = msgspec.json.decode(kept.unpacked(kept.one(database, SHOP, number).before))
        before = {row_id: pair[0] for row_id, pair in pairs.items()}
        old = {"before": kept.packed(msgspec.json.encode(before))}
        kept.write(database, number, kept.Counted(changed=30), **old)
    assert lines(engine, "1") == []
    with writing(engine) as database:
        assert kept.undo(database, OWNER, clock(), SHOP, number) == 30
    assert prices(engine) == was
