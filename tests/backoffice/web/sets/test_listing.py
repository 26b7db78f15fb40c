from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.store.engine import reading, writing
from backoffice.web.sets import declared, listing

SHOP = "lipa"


@pytest.fixture
def put(sqlite_engine):
    def rows(name, *given):
        with writing(sqlite_engine) as database:
            publish.put(database, name, SHOP, given)

    return rows


@pytest.fixture
def lines(sqlite_engine):
    def shown(data_set, find="", *, resting=False, start=0):
        with reading(sqlite_engine) as database:
            found = listing.lines(database, data_set, SHOP, find, resting=resting)
        return listing.part(found, start)

    return shown


def test_a_tree_shows_each_below_its_parent(put, lines):
    tree = (("d", "Napoje", ""), ("w", "Wody", "d"), ("a", "Akcesoria", ""), ("g", "Gaz", "w"))
    put("categories", *({"id": i, "name": n, "parent": p} for i, n, p in tree))
    shown = lines(declared.CATEGORIES)
    assert [(it.id, it.depth) for it in shown.lines] == [("a", 0), ("d", 0), ("w", 1), ("g", 2)]
    assert [(it.id, it.depth) for it in lines(declared.CATEGORIES, "gaz").lines] == [("g", 0)]
    assert shown.lines[2].cells == ("Wody", "Napoje")


def test_no_category_can_be_put_into_what_lies_in_it(put, sqlite_engine):
    put("categories", *({"id": i, "name": i, "parent": p} for i, p in (("a", ""), ("b", "a"))))
    put("categories", {"id": "c", "name": "c", "parent": "b"}, {"id": "x", "name": "x"})
    with reading(sqlite_engine) as database:
        found = listing.choices(database, declared.CATEGORIES, SHOP, "b")["parent"]
        new = listing.choices(database, declared.CATEGORIES, SHOP)["parent"]
    assert found == [("", "—"), ("a", "a"), ("x", "x")]
    assert ("c", "a › b › c") in new


def test_a_deep_tree_and_one_that_hangs_in_the_air_are_shown(put, lines, sqlite_engine):
    put("categories", *({"id": f"{it:04}", "name": "k"} for it in range(1200)))
    deep = ({"id": f"{it:04}", "name": "k", "parent": f"{it - 1:04}"} for it in range(1, 1200))
    put("categories", *deep)
    shown = lines(declared.CATEGORIES, start=1150)
    assert (shown.total, shown.lines[-1].depth) == (1200, 1199)


def test_rows_out_of_use_are_apart(put, lines, sqlite_engine):
    put("customers", {"id": "1", "name": "A"}, {"id": "2", "name": "B", "is_active": False})
    shown = lines(declared.CUSTOMERS)
    assert ([it.id for it in shown.lines], shown.resting) == (["1"], 1)
    assert [it.id for it in lines(declared.CUSTOMERS, resting=True).lines] == ["2"]
    put("units", {"id": "kg", "name": "kg"})
    with writing(sqlite_engine) as database:
        publish.remove(database, "units", SHOP, "kg")
    (line,) = lines(declared.UNITS, resting=True).lines
    assert (line.id, line.is_removed) == ("kg", True)


def test_a_part_at_a_time(put, lines):
    put("customers", *({"id": f"{it}", "name": f"K{it:03}"} for it in range(120)))
    first, last = lines(declared.CUSTOMERS), lines(declared.CUSTOMERS, start=100)
    assert (len(first.lines), first.previous, first.next) == (50, None, 50)
    assert (len(last.lines), last.previous, last.next) == (20, 50, None)
    assert lines(declared.CUSTOMERS, start=10**6).lines == []


def test_every_word_is_looked_for_in_every_field_that_is_searched(put, lines):
    put("customers", {"id": "1", "name": "Pod Zegarem", "nip": "5261001001", "city": "Łódź"})
    for find in ("zegarem POD", "526100 łódź", "lodz", ""):
        assert [it.id for it in lines(declared.CUSTOMERS, find).lines] == ["1"]
    assert lines(declared.CUSTOMERS, "zegarem gdynia").lines == []
