from __future__ import annotations

import msgspec
import pytest

from backoffice import company_data, publish, shops
from backoffice.actor import administrator
from backoffice.company_data import Seat
from backoffice.errors import BadRows, RowChanged
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit

ACTOR = administrator()


@pytest.fixture
def office(engine):
    with writing(engine) as database:
        for shop in ("kino", "lipa"):
            row = {"id": shop, "company": "Pod Lipą", "nip": "1234563218", "name": shop}
            publish.put(database, "shop", shop, [row])
        publish.put(database, "units", "bare", [{"id": "szt", "name": "szt."}])
    return engine


def identity(office):
    with reading(office) as database:
        return company_data.identity(database)


def rename(office, clock, name, nip, seen):
    with writing(office) as database:
        company_data.rename(database, ACTOR, clock(), name, nip, seen)


def test_every_shop_gets_the_name_and_the_nip(office, clock):
    told = identity(office)
    assert (told.name, told.nip, told.differs) == ("Pod Lipą", "1234563218", False)
    assert told.seen == {"kino": 1, "lipa": 1}
    rename(office, clock, "Nowa", "5261001001", told.seen)
    with reading(office) as database:
        rows = [it.row for it in shops.all_shops(database) if it.row]
        noted = database.execute(audit.select().order_by(audit.c.id)).all()
    assert [(it.company, it.nip, it.name) for it in rows] == [
        ("Nowa", "5261001001", "kino"),
        ("Nowa", "5261001001", "lipa"),
    ]
    assert [(it.what, it.shop) for it in noted] == [("shop/kino", "kino"), ("shop/lipa", "lipa")]


def test_a_shop_that_says_something_else_is_told(office):
    with writing(office) as database:
        row = {"id": "lipa", "company": "Inna", "nip": "5261001001"}
        publish.put(database, "shop", "lipa", [row])
    assert identity(office).others == {"lipa": ("Inna", "5261001001")}


def test_one_shop_that_was_changed_meanwhile_leaves_all_as_they_were(office, clock):
    seen = identity(office).seen
    with writing(office) as database:
        row = {"id": "lipa", "company": "Pod Lipą", "nip": "1234563218", "city": "Gdynia"}
        publish.put(database, "shop", "lipa", [row])
    with pytest.raises(RowChanged):
        rename(office, clock, "Nowa", "5261001001", seen)
    assert identity(office).name == "Pod Lipą"


def test_a_shop_that_is_new_since_is_not_renamed_unseen(office, clock):
    seen = identity(office).seen
    with writing(office) as database:
        row = {"id": "nowy", "company": "Pod Lipą", "nip": "1234563218"}
        publish.put(database, "shop", "nowy", [row])
    with pytest.raises(RowChanged):
        rename(office, clock, "Nowa", "5261001001", seen)


def test_what_a_till_would_refuse_changes_no_shop(office, clock):
    with pytest.raises(BadRows):
        rename(office, clock, "Nowa", "12", identity(office).seen)
    assert identity(office).nip == "1234563218"


def test_the_seat_is_kept_and_two_editors_are_told_apart(office, clock):
    with writing(office) as database:
        assert company_data.seat(database) == Seat()
        company_data.settle(database, ACTOR, clock(), Seat(city="Łódź"))
        now = company_data.seat(database)
        assert (now.city, now.revision) == ("Łódź", 1)
        company_data.settle(database, ACTOR, clock(), now)
        assert company_data.seat(database) == now
        with pytest.raises(RowChanged):
            company_data.settle(database, ACTOR, clock(), Seat(city="Gdynia"))
        noted = database.execute(audit.select()).all()
    assert [msgspec.json.decode(it.after)["city"] for it in noted] == ["Łódź"]


def test_a_company_without_shops_has_neither(engine):
    with reading(engine) as database:
        assert company_data.identity(database) == company_data.Identity("", "", {}, {})
