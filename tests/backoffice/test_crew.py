from __future__ import annotations

import msgspec

from backoffice import crew, publish
from backoffice.sample import load_sample
from backoffice.store.engine import writing
from terminal.sync import wire
from terminal.sync.wire import Right


def test_the_crew_of_a_shop_with_its_rights(engine):
    load_sample(engine)
    with writing(engine) as database:
        off = {"id": "9", "identifier": "9", "name": "Jan", "role": "kasjer", "is_active": False}
        publish.put(database, "users", "lipa", [off])
        found = crew.crew_of(database, "lipa")
    assert [user.name for user in found.may(Right.SERVICE)] == ["Ewa"]
    assert [user.name for user in found.may(Right.CLOSE_DAY)] == ["Anna", "Marek", "Ewa"]
    assert [user.name for user in found.holders("kasjer")] == ["Anna", "Jan"]
    assert found.revisions == {"kasjer": 1, "kierownik": 2, "wlasciciel": 3}


def of(rights, *, is_active=True):
    role = wire.Role("r", "Rola", list(rights))
    user = wire.User("1", "1", "Anna", "r", is_active=is_active)
    return crew.Crew({"r": role}, {"1": user}, {})


def test_a_vital_right_is_lost_with_the_last_who_has_it():
    before = of(Right)
    assert crew.lost(before, of(set(Right) - {Right.CLOSE_DAY, Right.DRAWER})) == [Right.CLOSE_DAY]
    assert crew.lost(before, of(Right, is_active=False)) == list(crew.VITAL)
    assert crew.lost(before, before) == []


def test_what_nobody_had_is_not_lost():
    assert crew.lost(of([]), of([])) == []


def test_another_who_has_it_is_enough():
    before = of(Right)
    other = msgspec.structs.replace(before.users["1"], id="2", identifier="2")
    both = crew.Crew(before.roles, {**before.users, "2": other}, {})
    off = msgspec.structs.replace(before.users["1"], is_active=False)
    assert crew.lost(both, crew.Crew(both.roles, {**both.users, "1": off}, {})) == []
