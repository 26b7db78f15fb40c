from __future__ import annotations

import pytest

from backoffice.exchange import later
from backoffice.exchange.later import Later
from backoffice.store.engine import writing


@pytest.fixture
def database(engine):
    with writing(engine) as connection:
        yield connection


def kept(*ids, shop="lipa", body="{}"):
    return [Later(row_id, shop, body, f"{row_id}.csv") for row_id in ids]


def some(database, after="", limit=10, *, is_removal=False):
    return later.some(database, "main", "products", after, limit, is_removal=is_removal)


def test_rows_come_page_by_page_with_all_shops_of_each_id(database):
    later.keep(database, "main", "products", [*kept("a", "b", "c"), *kept("b", shop="kino")])
    first, is_more = some(database, limit=2)
    assert ([(it.id, it.shop) for it in first], is_more) == ([("a", "lipa")], True)
    second, is_more = some(database, "a", limit=2)
    assert ([(it.id, it.shop) for it in second], is_more) == ([("b", "kino"), ("b", "lipa")], True)
    last, is_more = some(database, "b", limit=2)
    assert ([it.id for it in last], is_more) == (["c"], False)


def test_more_shops_than_a_page_has_rows_still_come_together(database):
    shops = [f"s{no}" for no in range(5)]
    for shop in shops:
        later.keep(database, "main", "products", kept("a", "b", shop=shop))
    found, is_more = some(database, limit=2)
    assert ([it.shop for it in found], {it.id for it in found}) == (shops, {"a"})
    assert is_more


def test_removals_are_apart_and_a_newer_row_takes_the_place(database):
    later.keep(database, "main", "products", kept("a", body=""))
    assert some(database)[0] == []
    assert [it.is_removal for it in some(database, is_removal=True)[0]] == [True]
    later.keep(database, "main", "products", kept("a", body='{"x":1}'))
    assert [it.body for it in some(database)[0]] == ['{"x":1}']
    assert some(database, is_removal=True)[0] == []


def test_rows_are_forgotten_in_one_shop_in_all_or_when_nobody_lists_them(database):
    later.keep(database, "main", "products", [*kept("a", "b"), *kept("a", "c", shop="kino")])
    later.keep(database, "main", "products", kept("gone", body=""))
    later.forget(database, "main", "products", ["a"], "kino")
    assert [(it.id, it.shop) for it in some(database)[0]] == [
        ("a", "lipa"), ("b", "lipa"), ("c", "kino")
    ]  # fmt: skip
    later.forget(database, "main", "products", ["a"])
    later.forget_unlisted(database, "main", "products", {"c"})
    assert [it.id for it in some(database)[0]] == ["c"]
    assert len(some(database, is_removal=True)[0]) == 1
