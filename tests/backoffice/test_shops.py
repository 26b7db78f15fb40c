from __future__ import annotations

from datetime import datetime

import pytest

from backoffice import fleet, publish, receive, shops
from backoffice.errors import Forbidden, NotFound
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half

LIPA = {"id": "lipa", "company": "Pod Lipą", "nip": "1234563218", "name": "Sklep"}


@pytest.fixture
def database(engine):
    with writing(engine) as connection:
        publish.put(connection, "shop", "lipa", [LIPA])
        publish.put(connection, "units", "kino", [{"id": "szt", "name": "szt."}])
        yield connection


def test_a_shop_is_there_as_soon_as_it_has_data(database):
    kino, lipa = shops.all_shops(database)
    assert (lipa.id, lipa.name, lipa.revision, lipa.row.nip) == ("lipa", "Sklep", 1, "1234563218")
    assert (kino.id, kino.name, kino.revision, kino.row) == ("kino", "kino", 0, None)
    with pytest.raises(NotFound):
        shops.one(database, "nobody")


def test_a_shop_is_not_closed_while_a_till_may_work_there(database, clock):
    code = fleet.invite(database, "K1", "lipa", clock())
    fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    with pytest.raises(shops.ShopInUse) as caught:
        shops.close(database, "lipa", clock())
    assert caught.value.tills == ("K1",)
    assert not shops.is_closed(database, "lipa")
    fleet.block(database, "K1", is_blocked=True)
    shops.close(database, "lipa", clock())
    assert shops.one(database, "lipa").closed_at.startswith("2026-03-01T12:00")
    shops.reopen(database, "lipa")
    assert not shops.one(database, "lipa").closed_at


def test_no_till_comes_into_a_closed_shop(database, clock):
    code = fleet.invite(database, "K1", "lipa", clock())
    shops.close(database, "lipa", clock())
    with pytest.raises(Forbidden):
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    with pytest.raises(shops.ShopClosed):
        fleet.invite(database, "K1", "lipa", clock())
    shops.reopen(database, "lipa")
    assert fleet.invite(database, "K1", "lipa", clock())


def test_printers_that_sold_are_known(engine, till, books, clock):
    journal = books(till)
    journal.add(journal.receipt())
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    with reading(engine) as database:
        assert shops.printers(database) == ["ZBF 2301000001"]


@pytest.mark.parametrize(
    ("day", "chosen"),
    [
        ("2026-06-30T21:59:00+00:00", ["b", "a"]),
        ("2026-06-30T22:00:00+00:00", ["c", "d", "b", "a"]),
        ("2026-07-31T21:59:00+00:00", ["c", "d", "b", "a"]),
        ("2026-07-31T22:00:00+00:00", ["b", "a"]),
    ],
)
def test_of_the_lists_that_are_valid_the_one_with_the_highest_position_goes_first(
    database, day, chosen
):
    summer = {"name": "Lato", "valid_from": "2026-07-01", "valid_to": "2026-07-31", "position": 2}
    lists = [
        {"id": "a", "name": "Zawsze"},
        {"id": "b", "name": "Od stycznia", "valid_from": "2026-01-01", "position": 1},
        {"id": "d", **summer},
        {"id": "c", **summer},
        {"id": "e", "name": "Wyłączony", "position": 9, "is_active": False},
    ]
    publish.put(database, "price_lists", "lipa", lists)
    found = shops.lists_in_force(database, "lipa", datetime.fromisoformat(day))
    assert [it.id for it in found] == chosen
