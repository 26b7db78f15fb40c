from __future__ import annotations

from backoffice.exchange import seen
from backoffice.store.engine import writing


def test_what_each_step_saw_is_put_together_for_its_job_and_set(engine):
    with writing(engine) as database:
        seen.note(database, "j1", "products", 1, ["a", "b"])
        seen.note(database, "j1", "products", 2, ["b", "ż"])
        seen.note(database, "j1", "products", 2, ["b", "ż"])
        seen.note(database, "j1", "barcodes", 1, ["x"])
        seen.note(database, "j2", "products", 1, ["y"])
        assert seen.ids(database, "j1", "products") == {"a", "b", "ż"}
        seen.forget(database, "j1")
        assert seen.ids(database, "j1", "products") == set()
        assert seen.ids(database, "j2", "products") == {"y"}


def test_what_went_over_there_is_added_to_each_list_that_is_compared(engine):
    with writing(engine) as database:
        seen.note(database, "j1", "customers", 0, ["a"])
        seen.note(database, "j2", "products", 0, ["x"])
        seen.add(database, "customers", ["b"])
        seen.add(database, "customers", ["c"])
        seen.add(database, "customers", [])
        assert seen.ids(database, "j1", "customers") == {"a", "b", "c"}
        assert seen.ids(database, "j2", "customers") == set()
        assert seen.ids(database, "j2", "products") == {"x"}
