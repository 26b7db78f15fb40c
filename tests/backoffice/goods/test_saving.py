from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice.errors import BadRows, RowChanged
from backoffice.goods import saving
from backoffice.store import goods_rows
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from tests.backoffice.goods.conftest import SHOP, product
from tests.backoffice.goods.test_imports import OWNER

CODE, OTHER = "5907771200071", "5907771200088"


def save(engine, clock, row, revision, *packs):
    with writing(engine) as database:
        saving.save(database, OWNER, clock(), SHOP, row, revision, *packs)


def whole(engine, row_id="1"):
    with reading(engine) as database:
        assert goods_rows.differing(database, SHOP) == []
        return saving.whole(database, SHOP, row_id)


def test_a_product_and_its_packs_are_saved_together(engine, stocked, clock):
    stocked(product("1"))
    save(engine, clock, product("1", price_gr=1), 1, {CODE: 6000}, {})
    assert whole(engine)["packs"] == {CODE: 6000}
    save(engine, clock, product("1", price_gr=2, barcodes=[CODE]), 2, {OTHER: 2000}, {CODE: 6000})
    assert whole(engine)["packs"] == {OTHER: 2000}
    assert whole(engine)["barcodes"] == [CODE]
    with reading(engine) as database:
        lines = database.execute(select(audit.c.what, audit.c.name)).all()
    assert [tuple(line) for line in lines] == [("products/1", "Ewa")] * 2


def test_nothing_is_half_saved(engine, stocked, clock):
    stocked(product("1"), product("2", "Ser", barcodes=[CODE]))
    before = whole(engine)
    with pytest.raises(BadRows):
        save(engine, clock, product("1", price_gr=1), 1, {CODE: 6000}, {})
    with pytest.raises(RowChanged):
        save(engine, clock, product("1", price_gr=1), 1, {OTHER: 6000}, {CODE: 1000})
    with pytest.raises(RowChanged):
        save(engine, clock, product("1", price_gr=1), 7)
    assert whole(engine) == before


def test_saving_what_is_so_already_leaves_no_line(engine, stocked, clock):
    stocked(product("1"))
    save(engine, clock, product("1"), 1)
    with reading(engine) as database:
        assert database.scalar(select(audit.c.id)) is None


def test_products_of_one_printed_name_are_found(engine, stocked):
    stocked(product("1", "Coca-Cola"), product("2", "Sok"))
    with reading(engine) as database:
        assert saving.namesakes(database, SHOP, "coca cola!", "") == [("1", "A")]
        assert saving.namesakes(database, SHOP, "coca cola!", "1") == []
