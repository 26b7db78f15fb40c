from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from backoffice import errands, fleet, publish, receive, tills
from backoffice.errors import NotFound
from backoffice.store.engine import reading, writing
from backoffice.tills import Level, Trouble
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half

FINE = wire.Heartbeat("1", 0, "", "OPEN", "ready", "Anna", 10, 900, 9000)


def enrolled(engine, clock, name, shop="lipa"):
    with writing(engine) as database:
        code = fleet.invite(database, name, shop, clock())
        fleet.enrol(database, wire.EnrolRequest(code, "1", public_half(new_key())), clock())


@pytest.fixture
def beat(engine, till, clock):
    """The till tells how it is."""

    def tell(name=till, **changes):
        fields = {it: getattr(FINE, it) for it in FINE.__struct_fields__}
        with writing(engine) as database:
            fleet.beat(database, name, wire.Heartbeat(**{**fields, **changes}), clock())

    return tell


@pytest.fixture
def seen(engine, till, clock):
    def look():
        with reading(engine) as database:
            return tills.one_till(database, till, clock())

    return look


def test_a_till_that_is_well_has_no_troubles(beat, seen):
    beat()
    known = seen()
    assert (known.is_online, known.troubles, known.level) == (True, {}, Level.NONE)
    assert (known.reports_left, known.behind, known.clock_off_s) == (900, None, None)


@pytest.mark.parametrize(
    ("changes", "trouble", "level"),
    [
        ({"unsent": 2, "oldest_unsent_at": "2026-03-01T12:00:00+01:00"}, "unsent", Level.ODD),
        ({"unsent": 2, "oldest_unsent_at": "2026-02-28T12:00:00+01:00"}, "unsent", Level.BAD),
        ({"printer": "no_paper"}, "printer", Level.BAD),
        ({"day": "DUE"}, "day", Level.ODD),
        ({"day": "OVERDUE"}, "day", Level.BAD),
        ({"reports_left": 59}, "memory", Level.ODD),
        ({"reports_left": 9}, "memory", Level.BAD),
        ({"disk_free_mib": 499}, "disk", Level.ODD),
        ({"disk_free_mib": 0}, "disk", Level.BAD),
        ({"at": "2026-03-01T13:01:00+01:00"}, "clock", Level.ODD),
        ({"at": "2026-03-01T12:55:00+01:00"}, "clock", Level.BAD),
    ],
)
def test_what_it_tells_is_judged(beat, seen, changes, trouble, level):
    beat(**changes)
    assert seen().troubles == {Trouble(trouble): level}


@pytest.mark.parametrize(
    "changes",
    [
        {"unsent": 2, "oldest_unsent_at": "2026-03-01T12:30:00+01:00"},
        {"unsent": 2, "oldest_unsent_at": "who knows"},
        {"unsent": 0, "oldest_unsent_at": "2026-02-01T12:30:00+01:00"},
        {"reports_left": 60, "disk_free_mib": 500, "at": "2026-03-01T13:00:59+01:00"},
        {"reports_left": None, "disk_free_mib": None},
    ],
)
def test_what_is_within_the_limits_is_none(beat, seen, changes):
    beat(**changes)
    assert seen().troubles == {}


def test_a_till_that_is_silent_with_an_open_day_is_looked_for(beat, seen, clock):
    beat()
    clock.push(minutes=4)
    assert (seen().is_online, seen().troubles) == (False, {})
    clock.push(minutes=11)
    assert seen().troubles == {Trouble.SILENT: Level.ODD}
    clock.push(days=1)
    assert seen().troubles == {Trouble.SILENT: Level.BAD}


def test_a_till_that_closed_its_day_may_be_off(beat, seen, clock):
    beat(day="EMPTY")
    clock.push(days=3)
    assert seen().troubles == {}
    beat(day="EMPTY", unsent=1, oldest_unsent_at="2026-03-04T12:59:00+01:00")
    clock.push(minutes=20)
    assert seen().troubles == {Trouble.SILENT: Level.ODD}


def test_what_the_office_knows_besides(engine, clock, till, books, beat, seen):
    beat()
    journal = books(till)
    journal.add(journal.report(receipts=0))
    journal.add(journal.receipt(total_gr=1))
    event = {"rid": str(uuid.uuid4()), "terminal": till, "shop": "lipa", "operator": ""}
    at = "2026-03-01T22:00:00+01:00"
    detail = {"version": "1.1.0", "why": "x"}
    journal.add(wire.EventDoc(**event, at=at, name="update_rolled_back", detail=detail))
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    with writing(engine) as database:
        errands.ask(database, till, "lock", "", "Ewa", clock())
        receive.journal.raise_alarm(database, till, 1, 9, "chain", "", clock().isoformat())
    known = seen()
    assert known.troubles == {
        Trouble.ALARM: Level.BAD,
        Trouble.REJECTED: Level.ODD,
        Trouble.UPDATE: Level.ODD,
    }
    assert (known.rejected, known.alarms, known.waiting) == (1, 1, 1)
    assert known.reported_at == "2026-03-01T21:00:00+01:00"
    clock.push(days=8)
    assert Trouble.ALARM not in seen().troubles


def test_which_data_are_not_the_newest_there(engine, beat, seen):
    with writing(engine) as database:
        publish.put(database, "units", "lipa", [{"id": "kg", "name": "kg"}])
        publish.put(database, "price_lists", "lipa", [{"id": "a", "name": "A", "position": 1}])
    beat(sets={"units": 1})
    assert seen().behind == ("price_lists",)
    beat(sets={"units": 1, "price_lists": 1})
    assert seen().behind == ()


def test_the_one_that_needs_somebody_most_comes_first(engine, clock, till, beat):
    for name in ("K2", "K3", "K4", "K5"):
        enrolled(engine, clock, name)
        beat(name)
    beat("K4", printer="cover", reports_left=5)
    beat("K3", printer="cover")
    beat("K5", day="DUE")
    beat("K2", printer="cover")
    with writing(engine) as database:
        fleet.invite(database, "A0", "lipa", clock())
        fleet.block(database, "K2", is_blocked=True)
    with reading(engine) as database:
        found = tills.all_tills(database, clock())
    assert [it.id for it in found] == ["K4", "K3", "K5", "K1", "A0", "K2"]
    assert found[-1].troubles == {}
    assert [*found[0].troubles] == [Trouble.PRINTER, Trouble.MEMORY]


def test_only_the_shops_asked_for(engine, clock, till):
    enrolled(engine, clock, "K2", "debowa")
    with reading(engine) as database:
        assert [it.id for it in tills.all_tills(database, clock(), {"debowa"})] == ["K2"]
        assert tills.all_tills(database, clock(), ()) == []
        with pytest.raises(NotFound):
            tills.one_till(database, "K9", clock())


def test_a_till_that_is_not_in_use_is_not_judged(seen, clock, beat):
    beat(printer="cover")
    assert dict(tills.troubles(replace(seen(), epoch=0), clock())) == {}
    assert dict(tills.troubles(replace(seen(), is_blocked=True), clock())) == {}
    assert dict(tills.troubles(seen(), clock())) == {Trouble.PRINTER: Level.BAD}
