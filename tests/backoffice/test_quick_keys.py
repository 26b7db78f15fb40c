from __future__ import annotations

import pytest

from backoffice import publish, quick_keys
from backoffice.actor import administrator
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.sample import load_sample
from backoffice.store.engine import writing
from terminal.sync import wire

ACTOR = administrator()
SHOP = "lipa"


@pytest.fixture
def database(engine, clock):
    load_sample(engine)
    with writing(engine) as connection:
        yield connection


def places(database):
    return {spot: key.id for spot, (key, _revision) in quick_keys.keys_of(database, SHOP).items()}


def test_a_free_number_gets_a_key_and_a_taken_one_another(database, clock):
    key = wire.QuickKey("new", 99, product="6", label="Bułka", page=9)
    quick_keys.assign(database, ACTOR, clock(), SHOP, key, 0)
    made, revision = quick_keys.keys_of(database, SHOP)[9, 99]
    assert (made.product, made.label) == ("6", "Bułka")
    other = wire.QuickKey("new", 99, product="7", page=9)
    quick_keys.assign(database, ACTOR, clock(), SHOP, other, revision)
    now, _revision = quick_keys.keys_of(database, SHOP)[9, 99]
    assert (now.product, now.id) == ("7", made.id)


def test_what_another_editor_changed_is_not_overwritten(database, clock):
    key, revision = quick_keys.keys_of(database, SHOP)[1, 1]
    publish.put(database, "quick_keys", SHOP, [{"id": key.id, "position": 1, "product": "7"}])
    wanted = wire.QuickKey("new", 1, product="8")
    for seen in (revision, 0):
        with pytest.raises(RowChanged):
            quick_keys.assign(database, ACTOR, clock(), SHOP, wanted, seen)
    with pytest.raises(RowChanged):
        quick_keys.take_away(database, ACTOR, clock(), SHOP, (1, 1), revision)


def test_a_number_that_somebody_took_meanwhile_is_not_taken_over(database, clock):
    publish.put(database, "quick_keys", SHOP, [{"id": "z", "position": 98, "product": "7"}])
    wanted = wire.QuickKey("new", 98, product="8")
    with pytest.raises(RowChanged):
        quick_keys.assign(database, ACTOR, clock(), SHOP, wanted, 0)


def test_keys_change_places(database, clock):
    before = places(database)
    quick_keys.move(database, ACTOR, clock(), SHOP, (1, 1), (1, 2))
    after = places(database)
    assert (after[1, 1], after[1, 2]) == (before[1, 2], before[1, 1])
    quick_keys.move(database, ACTOR, clock(), SHOP, (1, 1), (3, 40))
    assert places(database)[3, 40] == before[1, 2]
    assert (1, 1) not in places(database)
    quick_keys.move(database, ACTOR, clock(), SHOP, (3, 40), (3, 40))
    assert places(database)[3, 40] == before[1, 2]


def test_a_place_that_is_none_is_refused(database, clock):
    with pytest.raises(BadRows):
        quick_keys.move(database, ACTOR, clock(), SHOP, (1, 1), (1, 100))
    with pytest.raises(NotFound):
        quick_keys.move(database, ACTOR, clock(), SHOP, (9, 9), (1, 1))


def test_a_key_is_taken_away(database, clock):
    _key, revision = quick_keys.keys_of(database, SHOP)[1, 1]
    quick_keys.take_away(database, ACTOR, clock(), SHOP, (1, 1), revision)
    assert (1, 1) not in places(database)
    with pytest.raises(NotFound):
        quick_keys.take_away(database, ACTOR, clock(), SHOP, (1, 1), revision)
