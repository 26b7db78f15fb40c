from __future__ import annotations

from dataclasses import replace

import pytest

from backoffice import publish, shops
from backoffice.errors import BadRequest, NotFound
from backoffice.exchange import channels
from backoffice.exchange.channels import MAIN, Channel
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing

FIELD = Channel("field", "Handlowcy", connector="erp", duplicates="block")


@pytest.fixture
def database(engine):
    with writing(engine) as connection:
        for shop in ("kino", "lipa"):
            publish.put(connection, "units", shop, [{"id": "szt", "name": "szt."}])
        yield connection


def test_the_main_channel_is_there_from_the_start_and_has_every_shop(database):
    (main,) = channels.channels(database)
    assert (main.id, main.connector, main.duplicates, main.is_active) == (MAIN, "", "warn", True)
    assert channels.shops_of(database, MAIN) == ["kino", "lipa"]
    assert channels.channel_of(database, "kino") == MAIN
    assert channels.channel_of(database, "not yet there") == MAIN


def test_a_shop_is_of_one_channel_at_a_time(database):
    channels.put_channel(database, FIELD)
    channels.assign(database, "kino", "field")
    assert channels.shops_of(database, "field") == ["kino"]
    assert channels.shops_of(database, MAIN) == ["lipa"]
    assert channels.channel_of(database, "kino") == "field"
    channels.assign(database, "kino", MAIN)
    assert channels.shops_of(database, MAIN) == ["kino", "lipa"]
    assert channels.shops_of(database, "field") == []


def test_a_shop_that_is_closed_gets_nothing_until_it_opens_again(database, clock):
    shops.close(database, "kino", clock())
    assert channels.shops_of(database, MAIN) == ["lipa"]
    shops.reopen(database, "kino")
    assert channels.shops_of(database, MAIN) == ["kino", "lipa"]


def test_a_channel_is_kept_as_it_was_put_and_can_be_changed(database):
    channels.put_channel(database, FIELD)
    assert channels.channel(database, "field") == FIELD
    channels.put_channel(database, replace(FIELD, connector="", pattern_shop="lipa"))
    assert channels.channel(database, "field").pattern_shop == "lipa"
    channels.put_channel(database, Channel(MAIN, "Sklepy", connector="erp"))
    assert [it.name for it in channels.channels(database)] == ["Sklepy", "Handlowcy"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(FIELD, id="../x"), "$.id"),
        (replace(FIELD, name=""), "$.name"),
        (replace(FIELD, name="x" * 41), "$.name"),
        (replace(FIELD, connector="x" * 65), "$.connector"),
        (replace(FIELD, duplicates="never"), "$.duplicates"),
        (replace(FIELD, pattern_shop="lipa"), "$.pattern_shop"),
        (replace(FIELD, connector="", pattern_shop="nobody"), "$.pattern_shop"),
        (Channel(MAIN, "Main", is_active=False), "$.is_active"),
    ],
)
def test_a_channel_that_cannot_be_is_refused_by_its_field(database, wrong, field):
    with pytest.raises(BadRequest) as caught:
        channels.put_channel(database, wrong)
    assert caught.value.detail.startswith(field)
    assert [it.id for it in channels.channels(database)] == [MAIN]


def test_nothing_is_assigned_to_what_is_not_there(database):
    with pytest.raises(NotFound):
        channels.assign(database, "kino", "field")
    channels.put_channel(database, FIELD)
    with pytest.raises(NotFound):
        channels.assign(database, "nobody", "field")
    with pytest.raises(NotFound):
        channels.channel(database, "nobody")


def test_companies_do_not_see_each_others_channels(engine):
    with writing(engine) as connection:
        channels.put_channel(connection, FIELD)
    with reading(of_company(engine, "other")) as connection:
        assert [it.id for it in channels.channels(connection)] == [MAIN]
