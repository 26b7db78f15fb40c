from __future__ import annotations

import msgspec
import pytest

from backoffice import publish
from backoffice.exchange import fitting
from backoffice.store import data_rows
from backoffice.store.engine import writing
from tests.backoffice.exchange.programs import product


@pytest.fixture
def database(engine):
    with writing(engine) as connection:
        publish.put(connection, "vat_rates", "lipa", [{"id": "A", "rate_bp": 2300}])
        publish.put(connection, "units", "lipa", [{"id": "szt", "name": "szt."}])
        data_rows.lock(connection, "products", "lipa")
        data_rows.lock(connection, "categories", "lipa")
        yield connection


def test_what_is_wrong_for_ever_is_told_apart_from_what_may_fit_later(database):
    raws = [
        {"id": "p1", **product()},
        {"id": "p2", **product(price_gr=-1)},
        {"id": "p3", **product(category="food")},
        {"id": "p4", **product("!!!")},
        {"id": "p1", **product()},
    ]
    found = fitting.put(database, "products", "lipa", raws)
    assert set(found.changed) == {"p1"}
    assert set(found.wrong) == {1, 4}
    assert {row_id: it.is_missing for row_id, it in found.misfits.items()} == {
        "p3": True,
        "p4": False,
    }
    assert found.misfits["p3"].reason == "category: no category 'food'"
    again = fitting.put(database, "products", "lipa", raws[:1])
    assert (again.same, again.changed) == ({"p1"}, {})


def test_what_is_needed_stays_with_all_that_it_needs(database):
    rows = [
        {"id": "a", "name": "A"},
        {"id": "b", "name": "B", "parent": "a"},
        {"id": "c", "name": "C"},
    ]
    publish.put(database, "categories", "lipa", rows)
    publish.put(database, "products", "lipa", [{"id": "p1", **product(category="b")}])
    found = fitting.remove(database, "categories", "lipa", ["a", "b", "c", "nobody"])
    assert (set(found.changed), found.same) == ({"c"}, {"nobody"})
    assert {row_id: it.reason for row_id, it in found.misfits.items()} == {
        "b": "product p1 lies in it",
        "a": "category b lies in it",
    }
    left = [
        msgspec.json.decode(body)["id"] for body in data_rows.living(database, "categories", "lipa")
    ]
    assert left == ["a", "b"]


def test_a_row_that_did_not_fit_is_kept_as_it_came():
    raw = {"id": "ż", "price_gr": 5, "barcodes": ["1"]}
    assert fitting.row_of(fitting.text_of(raw)) == raw
