from __future__ import annotations

import msgspec
import pytest

from backoffice import new_shop, publish
from backoffice.errors import BadRequest, BadRows
from backoffice.goods import search
from backoffice.sample import load_sample
from backoffice.store import data_rows, goods_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire

KINO = wire.Shop(id="kino", company="Pod Lipą", nip="1234563218", name="Kino")


@pytest.fixture
def sample(engine):
    load_sample(engine)
    return engine


def rows(database, name, shop):
    return [msgspec.json.decode(body) for body in data_rows.living(database, name, shop)]


# What lies in one shop alone, or was promised by it: twice, an order would be sold twice.
OWN = {"stock", "sales_documents", "visits", "attachments"}


def test_everything_but_what_is_a_shops_own_is_copied_with_its_digest(sample):
    with writing(sample) as database:
        copied = new_shop.make(database, KINO, "lipa", new_shop.PARTS)
    with reading(sample) as database:
        theirs, ours = (data_rows.counters(database, shop) for shop in ("lipa", "kino"))
        assert copied["products"] == theirs["products"].rows
        for name in set(wire.SETS) - {"shop", *OWN}:
            assert rows(database, name, "kino") == rows(database, name, "lipa"), name
            assert ours[name].digest == theirs[name].digest, name
            assert ours[name].revision == theirs[name].revision, name
        assert [rows(database, name, "kino") for name in OWN] == [[]] * len(OWN)
        assert rows(database, "shop", "kino")[0]["name"] == "Kino"


def test_a_till_gets_the_copy_page_by_page_and_changes_go_on_from_there(sample):
    with writing(sample) as database:
        new_shop.make(database, KINO, "lipa", ["goods"])
        page = publish.page(database, "products", "kino", 0, 50)
        assert (len(page.rows), page.to, page.more) == (50, 50, True)
        row = msgspec.json.decode(page.rows[0])
        changed = publish.put(database, "products", "kino", [{**row, "price_gr": 1}])
        assert changed.revision == data_rows.counters(database, "lipa")["products"].revision + 1
        twice = publish.put(database, "products", "kino", [{**row, "price_gr": 1}])
        assert twice.changed == 0


def test_goods_that_were_copied_are_found(sample):
    with writing(sample) as database:
        new_shop.make(database, KINO, "lipa", ["goods"])
        assert goods_rows.differing(database, "kino") == []
        (found,) = search.page(database, "kino", search.Wanted(text="5900480147200")).rows
        theirs = search.page(database, "lipa", search.Wanted(text="5900480147200")).rows
        assert found.product == theirs[0].product


def test_what_was_removed_does_not_come_along(sample):
    with writing(sample) as database:
        publish.put(database, "customers", "lipa", [{"id": "x", "name": "Ktoś"}])
        publish.remove(database, "customers", "lipa", "x")
        new_shop.make(database, KINO, "lipa", ["customers"])
        assert "x" not in {row["id"] for row in rows(database, "customers", "kino")}


def test_prices_and_quick_keys_bring_the_goods_they_need():
    assert new_shop.parts_with_needs(["quick_keys", "no such"]) == ["goods", "quick_keys"]
    assert new_shop.parts_with_needs(["prices", "settings"]) == ["settings", "goods", "prices"]


def test_what_is_not_chosen_stays_behind(sample):
    with writing(sample) as database:
        assert set(new_shop.make(database, KINO, "lipa", ["staff"])) == {
            "roles",
            "users",
            "representatives",
        }
        assert rows(database, "products", "kino") == []


@pytest.mark.parametrize("shop", ["", "Kino", "a b", "../x", "-a", "a" * 33, "łódź", "new"])
def test_an_id_that_cannot_be_one_is_refused(sample, shop):
    with writing(sample) as database, pytest.raises(BadRequest):
        new_shop.make(database, msgspec.structs.replace(KINO, id=shop), "", [])


def test_a_shop_that_is_there_is_not_overwritten(sample):
    taken = msgspec.structs.replace(KINO, id="lipa")
    with writing(sample) as database, pytest.raises(new_shop.ShopTaken):
        new_shop.make(database, taken, "lipa", ["goods"])


def test_a_shop_that_cannot_be_made_leaves_nothing(sample):
    bad = msgspec.structs.replace(KINO, nip="1")
    with pytest.raises(BadRows), writing(sample) as database:
        new_shop.make(database, bad, "lipa", new_shop.PARTS)
    with reading(sample) as database:
        assert data_rows.shops(database) == ["lipa"]
