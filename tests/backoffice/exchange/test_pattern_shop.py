from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.exchange import channels, pattern_shop
from backoffice.exchange.channels import Channel
from backoffice.jobs.work import Fate
from backoffice.store import data_rows
from backoffice.store.engine import writing
from tests.backoffice.exchange.programs import moved, product
from tests.backoffice.exchange.test_theirs import ORDER


@pytest.fixture
def pattern(office):
    """The shop lipa is the pattern of the main channel."""
    with writing(office.engine) as database:
        channels.put_channel(database, Channel("main", "Sklepy", pattern_shop="lipa"))
        publish.put(database, "categories", "lipa", [{"id": "food", "name": "Spożywcze"}])
        rows = [{"id": f"p{no}", **product(f"Towar {no}", category="food")} for no in range(5)]
        publish.put(database, "products", "lipa", rows)
        publish.put(database, "barcodes", "lipa", [{"id": "5901234123457", "product": "p1"}])
    return office


def test_what_is_changed_in_the_pattern_goes_to_the_others(pattern, runner, rows, monkeypatch):
    monkeypatch.setattr(pattern_shop, "AT_A_TIME", 2)
    assert {it.fate for it in runner.run()} == {Fate.DONE, Fate.SAME}
    for name in ("categories", "products", "barcodes"):
        assert rows(name, "kino") == rows(name, "lipa")
    assert runner.run() == []
    with writing(pattern.engine) as database:
        publish.put(database, "products", "lipa", [{"id": "p3", **product("Inny")}])
        publish.remove(database, "products", "lipa", "p4")
    assert sorted(moved(runner.run())) == [
        ("articles", "p3", Fate.DONE), ("articles", "p4", Fate.DONE)
    ]  # fmt: skip
    assert rows("products", "kino") == rows("products", "lipa")


def test_a_partner_of_the_pattern_goes_before_that_of_a_shop(pattern, runner, rows):
    with writing(pattern.engine) as database:
        publish.put(database, "customers", "kino", [{"id": "k1", "name": "Stary"}])
        publish.put(database, "customers", "lipa", [{"id": "k1", "name": "Nowy"}])
    assert moved(runner.run("partners")) == [("partners", "k1", Fate.DONE)]
    assert rows("customers", "kino")["k1"]["name"] == "Nowy"


def test_a_whole_export_leaves_what_the_tills_of_a_shop_made(pattern, runner, rows):
    with writing(pattern.engine) as database:
        for key in ("k1", "k2"):
            publish.put(database, "customers", "lipa", [{"id": key, "name": key}])
        publish.put(database, "customers", "kino", [{"id": "made", "name": "Nowa"}])
        publish.put(database, "products", "kino", [{"id": "own", **product("Obcy")}])
    counts = runner.work.preview(runner.office, runner.job("partners", "articles", is_whole=True))
    assert [count.removed for count in counts] == [0, 1]
    runner.run(is_whole=True)
    assert set(rows("customers", "kino")) == {"k1", "k2", "made"}
    assert rows("products", "kino") == rows("products", "lipa")
    with writing(pattern.engine) as database:
        publish.remove(database, "customers", "lipa", "k2")
    runner.run(is_whole=True)
    assert set(rows("customers", "kino")) == {"k1", "made"}


def test_a_pattern_does_not_open_an_order_that_a_shop_has_sold(pattern, runner, rows):
    order = {**ORDER, "id": "d1"}
    with writing(pattern.engine) as database:
        publish.put(database, "sales_documents", "lipa", [order])
    assert moved(runner.run("documents")) == [("documents", "d1", Fate.DONE)]
    sold = {**order, "state": "realised", "receipt": "r1"}
    with writing(pattern.engine) as database:
        publish.put(database, "sales_documents", "kino", [sold])
    assert moved(runner.run("documents", is_whole=True)) == []
    assert rows("sales_documents", "kino")["d1"]["state"] == "realised"
    with writing(pattern.engine) as database:
        publish.put(database, "sales_documents", "lipa", [{**order, "note": "Rano"}])
    assert moved(runner.run("documents")) == []
    assert rows("sales_documents", "kino")["d1"]["receipt"] == "r1"


def test_an_office_that_was_put_back_goes_on(pattern, runner, rows, clock):
    runner.run()
    with writing(pattern.engine) as database:
        data_rows.run_ahead(database, clock())
        publish.put(database, "products", "lipa", [{"id": "p3", **product("Inny")}])
    assert moved(runner.run("articles")) == [("articles", "p3", Fate.DONE)]


def test_a_mark_that_this_office_never_gave_starts_over(pattern):
    shop = pattern_shop.PatternShop(pattern.engine, "lipa")
    batch = shop.read("categories", '{"categories": 999}', "")
    assert [it.id for it in batch.records] == ["food"]
    assert batch.next is None
