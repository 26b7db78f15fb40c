"""Whom a visit can be planned with, and until when it can be changed."""

from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.actor import administrator
from backoffice.editing import Editor
from backoffice.errors import NotFound, RowChanged
from backoffice.field import planning
from backoffice.store.engine import writing

VISIT = {"customer": "b", "at": "2026-03-04T09:00:00+01:00", "minutes": 30}


@pytest.fixture
def editor(engine, clock):
    with writing(engine) as database:
        rows = [
            {"id": "a", "name": "Żubr", "is_potential": True},
            {"id": "b", "name": "Ala"},
            {"id": "c", "name": "Gone", "is_active": False},
        ]
        publish.put(database, "customers", "lipa", rows)
        yield Editor(database, administrator(), clock())


def test_those_in_use_are_offered_by_name_and_whoever_is_asked_for(editor, monkeypatch):
    assert [it["id"] for it in planning.partners(editor, "lipa")] == ["b", "a"]
    assert [it["id"] for it in planning.partners(editor, "lipa", "c")] == ["c", "b", "a"]
    monkeypatch.setattr(planning, "CUSTOMERS_MAX", 1)
    assert [it["id"] for it in planning.partners(editor, "lipa", "a")] == ["a", "b"]


def test_a_visit_is_saved_by_whoever_saw_it_last(editor):
    row_id = planning.save(editor, "lipa", VISIT, "", 0)
    assert planning.save(editor, "lipa", {**VISIT, "minutes": 60}, row_id, 1) == row_id
    with pytest.raises(RowChanged):
        planning.save(editor, "lipa", VISIT, row_id, 1)
    assert editor.row("visits", "lipa", row_id)["minutes"] == 60
    planning.cancel(editor, "lipa", row_id, 2)
    for late in (planning.cancel, lambda *it: planning.save(it[0], it[1], VISIT, *it[2:])):
        with pytest.raises(planning.NotPlanned):
            late(editor, "lipa", row_id, 3)


def test_nobody_is_visited_who_is_not_there(editor):
    with pytest.raises(NotFound):
        planning.save(editor, "lipa", {**VISIT, "customer": "x"}, "", 0)
    with pytest.raises(NotFound):
        planning.cancel(editor, "lipa", "x", 0)
