from __future__ import annotations

import msgspec
import pytest

from backoffice import staff
from backoffice.actor import administrator
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.new_shop import make
from backoffice.sample import load_sample
from backoffice.staff import LastOne, Person, Told
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from terminal.sync import wire
from terminal.sync.wire import Right

ACTOR = administrator()
SHOPS = ["kino", "lipa"]
OLA = Told("77", "Ola", "kasjer", frozenset(SHOPS), "pl", "$scrypt$new")
KINO = wire.Shop(id="kino", company="Pod Lipą", nip="1234563218", name="Kino")


@pytest.fixture
def office(engine):
    """Two shops with the same staff: Anna (1), Marek (2) and Ewa (3), who alone does service."""
    load_sample(engine)
    with writing(engine) as database:
        make(database, KINO, "lipa", ["staff"])
    return engine


def keep(office, clock, person, told, seen, shops=SHOPS, **how):
    with writing(office) as database:
        here = staff.person_of(database, shops, person) if person else Person(staff.new_id(), {})
        staff.keep(database, ACTOR, clock(), here, told, seen, shops, **how)
        return here.id


def found(office, person, shops=SHOPS):
    with reading(office) as database:
        return staff.person_of(database, shops, person)


def test_people_of_all_shops_are_one_list(office):
    with reading(office) as database:
        people = staff.people(database, SHOPS)
    assert [it.user.name for it in people] == ["Anna", "Ewa", "Marek"]
    assert people[0].shops == SHOPS
    assert not people[0].differs


def test_a_new_person_gets_the_same_row_in_each_shop(office, clock):
    ola = keep(office, clock, "", OLA, {})
    person = found(office, ola)
    assert person.places["kino"].user == person.places["lipa"].user
    assert person.user.pin_hash == "$scrypt$new"


def test_who_leaves_a_shop_is_off_there_and_keeps_the_old_row(office, clock):
    seen = found(office, "1").seen
    told = Told("1", "Anna Nowak", "kasjer", frozenset({"lipa"}), "pl")
    keep(office, clock, "1", told, seen)
    person = found(office, "1")
    assert person.shops == ["lipa"]
    left = person.places["kino"].user
    assert (left.name, left.is_active) == ("Anna", False)
    assert person.user.name == "Anna Nowak"
    assert person.user.pin_hash.startswith("$scrypt$ln=14")


def test_shops_of_others_are_left_alone(office, clock):
    seen = found(office, "1").seen
    told = Told("1", "Anna Nowak", "kasjer", frozenset({"lipa"}), "pl")
    keep(office, clock, "1", told, seen, ["lipa"])
    assert found(office, "1").places["kino"].user.name == "Anna"
    assert found(office, "1").differs


def test_one_shop_that_refuses_leaves_all_of_them_as_they_were(office, clock):
    with writing(office) as database:
        data_rows.bury(database, "roles", "lipa", "kasjer")
    with pytest.raises(BadRows):
        keep(office, clock, "", OLA, {})
    with reading(office) as database:
        assert "Ola" not in {it.user.name for it in staff.people(database, SHOPS)}


def test_what_another_editor_changed_is_not_overwritten(office, clock):
    seen = found(office, "1").seen
    told = Told("1", "Anna A", "kasjer", frozenset(SHOPS), "pl")
    keep(office, clock, "1", told, seen)
    with pytest.raises(RowChanged):
        keep(office, clock, "1", told, seen)
    with pytest.raises(RowChanged):
        keep(office, clock, "1", told, {})


def test_an_identifier_belongs_to_one_person_of_a_shop(office, clock):
    taken = Told("1", "Ola", "kasjer", frozenset({"lipa"}))
    with pytest.raises(BadRows, match="same identifier"):
        keep(office, clock, "", taken, {})


def test_the_last_who_may_do_service_goes_only_when_it_is_meant(office, clock):
    ewa = found(office, "3")
    with pytest.raises(LastOne) as caught, writing(office) as database:
        staff.switch(database, ACTOR, clock(), ewa, ewa.seen, is_on=False)
    assert (caught.value.shop, caught.value.rights) == ("kino", [Right.SERVICE])
    with writing(office) as database:
        staff.switch(database, ACTOR, clock(), ewa, ewa.seen, is_on=False, is_sure=True)
    assert found(office, "3").shops == []
    with writing(office) as database:
        staff.switch(
            database, ACTOR, clock(), found(office, "3"), found(office, "3").seen, is_on=True
        )
    assert found(office, "3").shops == SHOPS


def test_each_change_is_in_the_audit_without_the_pin(office, clock):
    keep(office, clock, "", OLA, {})
    with reading(office) as database:
        rows = database.execute(audit.select().order_by(audit.c.id)).all()
    told = [row for row in rows if row.what.startswith("users/")]
    assert [row.shop for row in told] == SHOPS
    assert all("scrypt" not in row.after for row in told)
    assert all(msgspec.json.decode(row.after)["pin"] == "new" for row in told)


def test_who_is_nowhere_is_not_found(office):
    with pytest.raises(NotFound):
        found(office, "nobody")
    assert staff.new_id() != staff.new_id()
