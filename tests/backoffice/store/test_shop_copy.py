from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from backoffice.store import shop_copy
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import goods_code


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(shop_copy, "_AT_A_TIME", 2)


def code(shop, number, *, is_pack=False):
    return {"shop": shop, "code": f"{number}", "product": "m", "is_pack": is_pack}


def codes(engine, shop):
    chosen = select(goods_code.c.code, goods_code.c.is_pack).where(goods_code.c.shop == shop)
    with reading(engine) as database:
        return sorted(tuple(row) for row in database.execute(chosen))


def test_rows_are_copied_a_part_at_a_time_and_the_old_ones_stay(engine):
    rows = [code("lipa", number, is_pack=number % 2 == 0) for number in range(100, 107)]
    keys = [goods_code.c.code, goods_code.c.product, goods_code.c.is_pack]
    with writing(engine) as database:
        database.execute(insert(goods_code), [*rows, code("dab", 1)])
        assert shop_copy.copy(database, goods_code, "lipa", "kino", keys) == 7
    assert codes(engine, "kino") == codes(engine, "lipa")
    assert len(codes(engine, "lipa")) == 7


def test_only_what_is_asked_for_is_copied(engine):
    rows = [code("lipa", number, is_pack=number % 2 == 0) for number in range(100, 107)]
    with writing(engine) as database:
        database.execute(insert(goods_code), rows)
        single = goods_code.c.is_pack.is_(False)
        keys = [goods_code.c.code]
        assert shop_copy.copy(database, goods_code, "lipa", "kino", keys, single) == 3
    assert {is_pack for _code, is_pack in codes(engine, "kino")} == {False}


def test_another_companys_shop_of_the_same_name_is_left_alone(engine):
    with writing(of_company(engine, "other")) as database:
        database.execute(insert(goods_code), [code("lipa", 1)])
    with writing(engine) as database:
        assert shop_copy.copy(database, goods_code, "lipa", "kino", [goods_code.c.code]) == 0
