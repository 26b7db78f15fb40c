from __future__ import annotations

import pytest

from backoffice.exchange import import_batches, marks, unsent
from backoffice.exchange.import_batches import cursor_of, read
from backoffice.exchange.unsent import Note, State
from backoffice.jobs.work import FIRST, Way
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from tests.backoffice.exchange.field_rows import customer, file, job, put, visit


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(import_batches, "ROWS_MAX", 2)


def walk(engine, asked):
    """Ids of each batch, in turn, with its object and shop."""
    cursor, found = FIRST, []
    while cursor is not None:
        with reading(engine) as database:
            batch = read(database, asked, cursor)
        if batch is None:
            break
        found.append((batch.place.object, batch.place.shop, [row.id for row in batch.rows]))
        cursor = cursor_of(batch.next)
    return found


def test_objects_and_shops_come_in_turn_oldest_change_first(engine):
    put(engine, visit("v1"), customer("k2"), customer("k1"), customer("k3"))
    put(engine, customer("k9"), shop="dab")
    assert walk(engine, job()) == [
        ("partners", "dab", ["k9"]),
        ("partners", "lipa", ["k2", "k1"]),
        ("partners", "lipa", ["k3"]),
        ("activities", "lipa", ["v1"]),
    ]
    assert walk(engine, job("activities")) == [("activities", "lipa", ["v1"])]


def test_what_waited_comes_before_what_changed_and_the_refused_only_in_a_whole_job(engine):
    put(engine, *[customer(f"k{no}") for no in range(6)])
    noted = {f"k{no}": Note(State.WAITING, "") for no in range(3)} | {"k3": Note(State.REFUSED, "")}
    with writing(engine) as database:
        marks.set_mark(database, "main", Way.IMPORT, "partners", "5", "lipa")
        unsent.note(database, "main", "customers", "lipa", noted | {"z": Note(State.WAITING, "")})
    asked = job("partners")
    assert [ids for _object, _shop, ids in walk(engine, asked)] == [["k0", "k1"], ["k2"], ["k5"]]
    with reading(engine) as database:
        assert read(database, asked, FIRST).place.total == 4
        assert import_batches.ahead(database, job(is_whole=True), "partners", "lipa") == 6
    whole = [ids for _object, _shop, ids in walk(engine, job("partners", is_whole=True))]
    assert whole == [["k0", "k1"], ["k2", "k3"], ["k4", "k5"]]


def test_notes_of_removed_rows_are_told_as_gone(engine):
    put(engine, customer("k1"))
    with writing(engine) as database:
        unsent.note(database, "main", "customers", "lipa", {"gone": Note(State.WAITING, "")})
        batch = read(database, job(), FIRST)
    assert (batch.rows, batch.gone) == ([], ["gone"])


def test_removed_rows_do_not_move(engine):
    put(engine, customer("k1"), customer("k2"), customer("k3"))
    with writing(engine) as database:
        data_rows.bury_all(database, "customers", "lipa", ["k1", "k2"])
    assert walk(engine, job()) == [("partners", "lipa", ["k3"])]


def test_a_step_carries_only_so_many_bytes_of_files(engine, monkeypatch):
    monkeypatch.setattr(import_batches, "ROWS_MAX", 5)
    monkeypatch.setattr(import_batches, "BYTES_MAX", 2000)
    put(engine, *[file(f"a{no}", size=1000) for no in range(4)])
    found = [ids for _object, _shop, ids in walk(engine, job())]
    assert found == [["a0"], ["a1"], ["a2"], ["a3"]]
    monkeypatch.setattr(import_batches, "BYTES_MAX", 1)
    assert [len(ids) for _object, _shop, ids in walk(engine, job())] == [1, 1, 1, 1]


def test_a_job_of_nothing_has_no_batch(engine):
    with reading(engine) as database:
        assert read(database, job(), FIRST) is None
