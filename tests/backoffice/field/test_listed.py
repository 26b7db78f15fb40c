"""What lists read, in every shop that is asked for and in no other."""

from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.errors import NotFound
from backoffice.field import listed
from backoffice.field.listed import Wanted
from backoffice.store.engine import writing
from tests.backoffice.web.world import AT, LINE


@pytest.fixture
def database(engine):
    def order(number, **changes):
        row = {"id": number, "type": "ZS", "number": number, "customer": "c", "issued_at": AT}
        return {**row, "total_gr": 1, "lines": [LINE], **changes}

    with writing(engine) as database:
        publish.put(database, "sales_documents", "lipa", [order("Ż/1"), order("2", type="OS")])
        publish.put(database, "sales_documents", "dab", [order("3", issued_at=AT[:-6] + "Z")])
        later = {"id": "v2", "customer": "c", "at": "2026-03-02T08:00:00+01:00", "state": "done"}
        visits = [later, {"id": "v1", "customer": "d", "at": AT}]
        publish.put(database, "visits", "lipa", visits)
        people = [{"id": "2", "name": "Żaneta"}, {"id": "1", "name": "Ala"}]
        publish.put(database, "representatives", "lipa", people)
        yield database


def ids(found):
    return [it.row.id for it in found]


def test_documents_of_the_shops_that_are_asked_for(database):
    assert ids(listed.documents(database, Wanted(("lipa",)))) == ["Ż/1", "2"]
    assert len(ids(listed.documents(database, Wanted(("lipa", "dab"))))) == 3
    assert ids(listed.documents(database, Wanted(("lipa",), type="OS"))) == ["2"]
    assert ids(listed.documents(database, Wanted(("lipa",), number="z/"))) == ["Ż/1"]


def test_visits_from_the_earliest_on(database):
    assert ids(listed.visits(database, Wanted(("lipa",)))) == ["v1", "v2"]
    assert ids(listed.visits(database, Wanted(("lipa",), state="done"))) == ["v2"]
    assert ids(listed.visits(database, Wanted(("lipa",), customer="d"))) == ["v1"]
    assert ids(listed.visits(database, Wanted(("lipa",), first_day="2026-03-02"))) == ["v2"]
    assert ids(listed.visits(database, Wanted(("lipa",), last_day="2026-03-01"))) == ["v1"]


def test_names_of_rows_that_are_there(database):
    pairs = [("lipa", "1"), ("lipa", "9"), ("dab", "1")]
    assert listed.names(database, "representatives", pairs) == {("lipa", "1"): "Ala"}
    assert listed.representatives(database, ["lipa"]) == {"1": "Ala", "2": "Żaneta"}
    with pytest.raises(NotFound):
        listed.one(database, "visits", "lipa", "x")
