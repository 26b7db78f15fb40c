from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync.wire import EMPTY, row_number, turned
from tests.backoffice.waiting import until_somebody_waits


def store(engine, bodies, shop="lipa"):
    with writing(engine) as database:
        data_rows.lock(database, "units", shop)
        return data_rows.store(database, "units", shop, bodies)


def digest(rows):
    """What it must be, counted anew."""
    found = EMPTY
    for row_id, body in rows:
        found = turned(found, row_number(row_id, body))
    return found


def digest_of(engine, shop="lipa"):
    with reading(engine) as database:
        return data_rows.counters(database, shop)["units"].digest


def test_rows_get_consecutive_revisions_in_their_order(engine):
    assert store(engine, {"b": "1", "a": "2"}) == 2
    with reading(engine) as database:
        rows = data_rows.changes(database, "units", "lipa", 0, 10)
    assert [(row.revision, row.id, row.body) for row in rows] == [(1, "b", "1"), (2, "a", "2")]


def test_storing_nothing_keeps_the_revision(engine):
    store(engine, {"a": "1"})
    assert store(engine, {}) == 1


def test_living_rows_are_counted_through_every_change(engine):
    def counted():
        with reading(engine) as database:
            counter = data_rows.counters(database, "lipa")["units"]
            return counter.revision, counter.rows

    store(engine, {"a": "1", "b": "1"})
    assert counted() == (2, 2)
    with writing(engine) as database:
        assert data_rows.bury(database, "units", "lipa", "a") == 3
    assert counted() == (3, 1)
    store(engine, {"a": "2", "b": "2", "c": "2"})
    assert counted() == (6, 3)


def test_many_rows_go_in_one_call(engine):
    count = 2 * data_rows.IDS_MAX + 1
    store(engine, {f"{number:05d}": "x" for number in range(count)})
    assert store(engine, {f"{number:05d}": "y" for number in range(count)}) == 2 * count
    with reading(engine) as database:
        counter = data_rows.counters(database, "lipa")["units"]
        assert (counter.revision, counter.rows) == (2 * count, count)
        assert counter.digest == digest((f"{number:05d}", "y") for number in range(count))


def test_tombstones_are_changes_but_not_alive(engine):
    store(engine, {"a": "1"})
    with writing(engine) as database:
        data_rows.bury(database, "units", "lipa", "a")
        assert data_rows.living(database, "units", "lipa") == []
        assert data_rows.body_of(database, "units", "lipa", "a") is None
        rows = data_rows.changes(database, "units", "lipa", 1, 10)
    assert [(row.id, row.is_removed) for row in rows] == [("a", True)]


def test_shops_are_those_with_data(engine):
    store(engine, {"a": "1"}, shop="b")
    store(engine, {"a": "1"}, shop="a")
    with reading(engine) as database:
        assert data_rows.shops(database) == ["a", "b"]
        assert data_rows.revision_of(database, "units", "c") == 0


def test_the_digest_follows_every_change_and_is_that_of_the_living_rows(engine):
    dice, living = random.Random(7), {}
    for _ in range(40):
        if living and dice.random() < 0.3:
            gone = dice.choice(sorted(living))
            del living[gone]
            with writing(engine) as database:
                data_rows.bury(database, "units", "lipa", gone)
        else:
            fresh = {dice.choice("abcdef"): str(dice.randrange(3)) for _ in range(3)}
            living |= fresh
            store(engine, fresh)
        assert digest_of(engine) == digest(living.items())


def test_each_shop_has_a_digest_of_its_own(engine):
    store(engine, {"a": "1"}, shop="a")
    store(engine, {"a": "1"}, shop="b")
    store(engine, {"a": "2"}, shop="b")
    assert digest_of(engine, "a") == digest([("a", "1")])
    assert digest_of(engine, "b") == digest([("a", "2")])


def test_a_database_that_was_put_back_runs_ahead_of_every_till(engine, clock):
    def counted():
        with reading(engine) as database:
            return data_rows.counters(database, "lipa")

    def run_ahead():
        with writing(engine) as database:
            data_rows.run_ahead(database, clock())

    store(engine, {"kg": "1"})
    with writing(engine) as database:
        data_rows.lock(database, "roles", "lipa")
    before = counted()
    run_ahead()
    after = counted()
    first = after["units"].revision
    assert first == int(clock().timestamp()) * 1_000_000
    assert (after["units"].rows, after["units"].digest) == (1, before["units"].digest)
    assert after["roles"] == before["roles"]
    with reading(engine) as database:
        assert data_rows.changes(database, "units", "lipa", before["units"].revision, 9) == []
    # A clock that was set back does not bring the counter back.
    clock.push(days=-1)
    run_ahead()
    assert store(engine, {"l": "2"}) == first + 1


def test_a_set_that_was_empty_in_the_copy_runs_ahead_with_its_first_row(engine, clock):
    """Or every till that had rows of it would refuse the office for as many changes."""
    store(engine, {"kg": "1"})
    with writing(engine) as database:
        data_rows.run_ahead(database, clock())
        ahead = data_rows.revision_of(database, "units", "lipa")
        for row_id in ("a", "b"):
            data_rows.lock(database, "discounts", "lipa")
            newest = data_rows.store(database, "discounts", "lipa", {row_id: "1"})
        assert newest == ahead + 2
        assert data_rows.counters(database, "lipa")["discounts"].rows == 2


def test_two_that_write_a_set_for_the_first_time_wait_for_one_another(engine):
    def also():
        with writing(engine) as database:
            data_rows.lock(database, "roles", "lipa")
            return data_rows.store(database, "roles", "lipa", {"b": "2"})

    store(engine, {"kg": "1"})
    with ThreadPoolExecutor() as other, writing(engine) as database:
        data_rows.lock(database, "units", "lipa")
        waiting = other.submit(also)
        until_somebody_waits(engine)
        data_rows.lock(database, "roles", "lipa")
        assert data_rows.store(database, "roles", "lipa", {"a": "1"}) == 1
    assert waiting.result() == 2
