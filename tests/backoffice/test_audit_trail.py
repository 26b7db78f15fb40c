from __future__ import annotations

from datetime import date

import pytest

from backoffice import audit_trail, changes, settings
from backoffice.actor import Actor
from backoffice.audit_trail import Asked
from backoffice.rights import Role
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing

ANNA = Actor("a1", "Anna", Role.MANAGER, None, "pl")
EWA = Actor("a2", "Ewa", Role.OWNER, None, "pl")


@pytest.fixture
def trail(engine, clock):
    """Lines of two people on two days."""
    with writing(engine) as database:
        changes.record(database, ANNA, clock(), "put", "units/kg", "lipa", None, {"id": "kg"})
        settings.note(database, clock(), "enrol", "K1, epoch 1")
        # In the shops it is past midnight.
        clock.push(hours=11, minutes=30)
        changes.record(database, EWA, clock(), "remove", "units/kg", "dab", {"id": "kg"})

    def look(before=0, limit=audit_trail.PAGE_ROWS, **asked):
        with reading(engine) as database:
            found = audit_trail.lines(database, Asked(**asked), before, limit)
        return [(it.name, it.act) for it in found.rows], found.older

    return look


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [("Ewa", "remove"), ("", "enrol"), ("Anna", "put")]),
        ({"name": "Anna"}, [("Anna", "put")]),
        ({"shop": "dab"}, [("Ewa", "remove")]),
        ({"act": "enrol"}, [("", "enrol")]),
        ({"name": "Anna", "shop": "dab"}, []),
        ({"last_day": date(2026, 3, 1)}, [("", "enrol"), ("Anna", "put")]),
        ({"first_day": date(2026, 3, 2)}, [("Ewa", "remove")]),
        ({"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 2), "act": "put"},
         [("Anna", "put")]),
        ({"first_day": date(2026, 3, 3)}, []),
    ],
)  # fmt: skip
def test_only_what_fits(trail, asked, found):
    assert trail(**asked)[0] == found


def test_a_page_at_a_time(trail):
    first, older = trail(limit=2)
    assert first == [("Ewa", "remove"), ("", "enrol")]
    assert trail(before=older, limit=2) == ([("Anna", "put")], 0)


def test_what_can_be_chosen_is_what_stands_there(engine, trail):
    with reading(engine) as database:
        assert audit_trail.people(database) == ["Anna", "Ewa"]
        assert audit_trail.acts(database) == ["enrol", "put", "remove"]
    with reading(of_company(engine, "other")) as database:
        assert audit_trail.people(database) == []
