from __future__ import annotations

import msgspec
import pytest

from backoffice import role_rights
from backoffice.actor import administrator
from backoffice.crew import crew_of
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.new_shop import make
from backoffice.sample import load_sample
from backoffice.staff import LastOne
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from terminal.sync import wire

ACTOR = administrator()
KINO = wire.Shop(id="kino", company="Pod Lipą", nip="1234563218", name="Kino")


@pytest.fixture
def office(engine):
    load_sample(engine)
    return engine


def crew(office, shop="lipa"):
    with reading(office) as database:
        return crew_of(database, shop)


def rewrite(office, clock, roles, seen, **how):
    with writing(office) as database:
        return role_rights.rewrite(database, ACTOR, clock(), "lipa", roles, seen, **how)


def test_only_roles_that_change_are_written(office, clock):
    before = crew(office)
    cashier = msgspec.structs.replace(before.roles["kasjer"], rights=["sell"])
    roles = [cashier, *(before.roles[it] for it in ("kierownik", "wlasciciel"))]
    assert rewrite(office, clock, roles, before.revisions) == [cashier]
    after = crew(office)
    assert after.roles["kasjer"].rights == ["sell"]
    assert after.revisions["kierownik"] == before.revisions["kierownik"]
    with reading(office) as database:
        (noted,) = database.execute(audit.select().where(audit.c.what == "roles/kasjer")).all()
    assert "void_line" in noted.before
    assert "void_line" not in noted.after


def test_what_another_editor_changed_is_not_overwritten(office, clock):
    seen = crew(office).revisions
    role = msgspec.structs.replace(crew(office).roles["kasjer"], rights=["sell"])
    rewrite(office, clock, [role], seen)
    with pytest.raises(RowChanged):
        rewrite(office, clock, [msgspec.structs.replace(role, name="Kasa")], seen)
    assert crew(office).roles["kasjer"].name == "Kasjer"


def test_the_last_who_may_close_the_day_keeps_it_unless_it_is_meant(office, clock):
    now = crew(office)
    bare = [msgspec.structs.replace(role, rights=["sell"]) for role in now.roles.values()]
    with pytest.raises(LastOne):
        rewrite(office, clock, bare, now.revisions)
    assert crew(office) == now
    assert len(rewrite(office, clock, bare, now.revisions, is_sure=True)) == 3


def test_another_shop_follows_in_the_roles_that_it_has(office, clock):
    with writing(office) as database:
        make(database, KINO, "lipa", ["staff"])
        fresh = wire.Role("r1", "Nowa", ["sell"])
        role = msgspec.structs.replace(crew_of(database, "lipa").roles["kasjer"], name="Kasa")
        role_rights.follow(database, ACTOR, clock(), "kino", [role, fresh])
    assert crew(office, "kino").roles["kasjer"].name == "Kasa"
    assert "r1" not in crew(office, "kino").roles


def test_a_copy_has_the_rights_and_an_id_of_its_own(office):
    now = crew(office)
    copy = role_rights.copy_of(now, "kasjer", "Praktykant")
    assert (copy.name, copy.rights) == ("Praktykant", now.roles["kasjer"].rights)
    assert copy.id not in now.roles
    assert role_rights.copy_of(now, "nobody", "x") is None


def test_a_role_goes_only_while_nobody_has_it(office, clock):
    rewrite(office, clock, [wire.Role("r1", "Nowa")], {"r1": 0})
    seen = crew(office).revisions
    with writing(office) as database, pytest.raises(BadRows, match="has this role"):
        role_rights.remove(database, ACTOR, clock(), "lipa", "kasjer", seen["kasjer"])
    with writing(office) as database, pytest.raises(RowChanged):
        role_rights.remove(database, ACTOR, clock(), "lipa", "r1", seen["r1"] - 1)
    with writing(office) as database:
        role_rights.remove(database, ACTOR, clock(), "lipa", "r1", seen["r1"])
    assert "r1" not in crew(office).roles
    with writing(office) as database, pytest.raises((NotFound, RowChanged)):
        role_rights.remove(database, ACTOR, clock(), "lipa", "r1", seen["r1"])
