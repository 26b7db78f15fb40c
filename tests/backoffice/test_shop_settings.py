from __future__ import annotations

import msgspec
import pytest

from backoffice import publish, shop_settings
from backoffice.actor import administrator
from backoffice.errors import BadRows, RowChanged
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from terminal.sync import wire

ACTOR = administrator()
USUAL = wire.Settings(id="settings")


@pytest.fixture
def office(engine):
    with writing(engine) as database:
        for shop, minutes in (("lipa", 1), ("kino", 2)):
            row = {"id": "settings", "idle_lock_min": minutes}
            publish.put(database, "settings", shop, [row])
    return engine


def keep(office, clock, wanted, seen, others=()):
    with writing(office) as database:
        return shop_settings.keep(database, ACTOR, clock(), "lipa", wanted, seen, others)


def now(office, shop="lipa"):
    with reading(office) as database:
        return shop_settings.settings_of(database, shop)


def test_a_shop_without_settings_has_what_is_usual(office):
    assert now(office, "nobody") == (USUAL, 0)


def test_differences_are_named_in_the_order_of_the_wire():
    other = msgspec.structs.replace(USUAL, parking=True, login_mode="none")
    found = shop_settings.differences(USUAL, other)
    assert list(found.items()) == [("login_mode", ("pin", "none")), ("parking", (False, True))]
    assert shop_settings.differences(USUAL, USUAL) == {}


def test_only_what_changed_goes_to_the_others(office, clock):
    settings, revision = now(office)
    wanted = msgspec.structs.replace(settings, parking=True)
    keep(office, clock, wanted, revision, ["kino"])
    assert now(office)[0] == wanted
    theirs, _revision = now(office, "kino")
    assert (theirs.parking, theirs.idle_lock_min) == (True, 2)
    with reading(office) as database:
        noted = database.execute(audit.select().order_by(audit.c.id)).all()
    assert [(it.shop, it.before, it.after) for it in noted] == [
        (shop, '{"parking":false}', '{"parking":true}') for shop in ("lipa", "kino")
    ]


def test_nothing_changed_is_nothing_noted(office, clock):
    settings, revision = now(office)
    assert keep(office, clock, settings, revision, ["kino"]) == revision
    with reading(office) as database:
        assert database.execute(audit.select()).all() == []


def test_what_another_editor_changed_is_not_overwritten(office, clock):
    settings, revision = now(office)
    keep(office, clock, msgspec.structs.replace(settings, parking=True), revision)
    with pytest.raises(RowChanged):
        keep(office, clock, msgspec.structs.replace(settings, console_pin=True), revision, ["kino"])
    assert now(office)[0].parking
    assert not now(office, "kino")[0].console_pin


def test_what_a_till_would_refuse_changes_no_shop(office, clock):
    settings, revision = now(office)
    wanted = msgspec.structs.replace(settings, parking_names=["A", "A"], parking=True)
    with pytest.raises(BadRows):
        keep(office, clock, wanted, revision, ["kino"])
    assert not now(office, "kino")[0].parking
