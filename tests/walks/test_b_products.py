"""Walk (b): 8-4-3, products from the office; what is bad is refused, what was good stays."""

from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.store.engine import writing
from terminal.errors import Code, Rejected, SyncError
from terminal.events import Pulled
from tests.shop import counter
from ui.menu import find

SHOP = "lipa"


@pytest.fixture
def one(tmp_path):
    with counter(tmp_path) as counted:
        counted.start_till()
        counted.ready()
        press_843(counted)
        yield counted


def press_843(one):
    """Three keys, the menu's own verb, the till's answer."""
    verb, _, entry = find("843").verb.partition(".")
    return {each.name: each for each in getattr(one.till, verb)(entry).result(20)}


def change(one, row_id, **fields):
    with writing(one.office.office.engine) as database:
        publish.merge(database, "products", SHOP, row_id, fields)


def price(one, code):
    return one.do(one.till._catalogue.find, code)[0].price_gr


def test_changes_are_counted_and_used_at_the_next_line(one):
    assert press_843(one)["products"] == Pulled("products", 0, 0, 0)
    change(one, "1", price_gr=599)
    change(one, "2", name="Chleb żytni razowy 600 g")
    change(one, "9001", name="Pączek", vat="C", price_gr=350, unit="szt", plu="9001")
    with writing(one.office.office.engine) as database:
        publish.remove(database, "products", SHOP, "4")
    assert press_843(one)["products"] == Pulled("products", added=1, changed=2, removed=1)
    with pytest.raises(Rejected) as refused:
        one.do(one.till.sell, "4")
    assert refused.value.code is Code.NOT_FOUND
    printed = one.sell("1", "2", "9001")
    assert [line.price_gr for line in printed.receipt.lines] == [599, 799, 350]
    assert printed.receipt.lines[1].name == "Chleb żytni razowy 600 g"


def test_a_bad_row_is_refused_and_the_last_good_one_stays(one, monkeypatch):
    # An office that lets through what a till must not take.
    monkeypatch.setattr(publish, "faults", lambda *_: iter(()))
    change(one, "1", unit="beczka", price_gr=1)
    change(one, "2", price_gr=777)
    pulled = press_843(one)["products"]
    assert (pulled.changed, [row_id for row_id, _ in pulled.refused]) == (1, ["1"])
    assert "beczka" in pulled.refused[0][1]
    assert (price(one, "1"), price(one, "2")) == (549, 777)
    change(one, "1", unit="szt", price_gr=559)
    assert press_843(one)["products"].refused == ()
    assert price(one, "1") == 559


def test_without_the_office_it_says_so_and_selling_goes_on(one):
    one.stop_office()
    with pytest.raises(SyncError) as away:
        press_843(one)
    assert away.value.code is Code.NO_NETWORK
    assert one.sell("1").receipt.total_gr == 549
    one.start_office()
    change(one, "1", price_gr=565)
    assert press_843(one)["products"].changed == 1
    assert one.sell("1").receipt.total_gr == 565
