from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice import contacts, dashboard, fleet, receive
from backoffice.contacts import Contact
from backoffice.dashboard import Hour, SoFar
from backoffice.moments import ZONE, stamp
from backoffice.sales import Total
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half


@pytest.fixture
def sell(engine, till, books, clock):
    """Sells for so much at these times of the shop."""
    journal, numbers = books(till), iter(range(1, 1000))

    def sold(*at, gross_gr=1000, **changes):
        for one in at:
            times = {"opened_at": one, "closed_at": one}
            journal.add(journal.receipt(next(numbers), gross_gr, **times, **changes))
        push = wire.JournalPush(1, journal.entries[-len(at) :])
        receive.receive(engine, till, push, clock())

    return sold


def sales_at(engine, clock, shops=None):
    with reading(engine) as database:
        return dashboard.sales_now(database, shops, clock().astimezone(ZONE))


def mark(engine, clock):
    with reading(engine) as database:
        return dashboard.mark(database, clock())


def test_today_is_held_against_the_same_day_last_week_up_to_the_minute(engine, sell, clock):
    # It is 13:00 in the shops.
    week_ago = "2026-02-22T{}+01:00"
    sell(
        *(week_ago.format(it) for it in ("09:00:00", "13:00:59", "13:01:00", "19:00:00")),
        "2026-02-28T09:00:00+01:00",
        gross_gr=400,
    )
    sell("2026-03-01T09:00:00+01:00", "2026-03-01T12:59:00+01:00", gross_gr=1000)
    found = sales_at(engine, clock)
    assert found.today == SoFar(2, 2000)
    assert found.today.average_gr == 1000
    assert found.before == SoFar(2, 800)
    assert found.change_bp == 15_000
    assert found.hours[0] == Hour("09", 1000, 400)
    assert found.hours[-1] == Hour("19", 0, 400)
    assert len(found.hours) == 11
    assert [(it.key, it.gross_gr) for it in found.shops] == [("lipa", 2000)]
    assert [(it.label, it.qty_milli) for it in found.goods] == [("Mleko świeże 3,2% 1 l", 2000)]
    assert [(it.label, it.gross_gr) for it in found.payments] == [("Gotówka", 2000)]


def test_what_does_not_count_and_other_shops_are_not_in_it(engine, sell, clock):
    sell("2026-03-01T09:00:00+01:00")
    sell("2026-03-01T10:00:00+01:00", total_gr=1)
    assert sales_at(engine, clock).today == SoFar(1, 1000)
    assert sales_at(engine, clock, {"dab"}).today == SoFar(0, 0)
    assert sales_at(engine, clock, {"dab"}).hours == ()
    assert sales_at(engine, clock, ()).today == SoFar(0, 0)


def test_without_anything_to_compare_nothing_is_compared(engine, till, clock):
    found = sales_at(engine, clock)
    assert (found.today.average_gr, found.change_bp, found.hours) == (0, None, ())


def test_the_day_is_that_of_the_shops(engine, sell, clock):
    sell("2026-03-02T00:10:00+01:00")
    clock.push(hours=11, minutes=30)
    assert sales_at(engine, clock).today == SoFar(1, 1000)


def test_hours_between_are_there_though_nothing_was_sold():
    total = {"receipts": 1, "qty_milli": 0}
    today = [Total(key="08", label="", gross_gr=5, **total)]
    before = [Total(key="10", label="", gross_gr=7, **total)]
    assert dashboard.hours(today, before) == (Hour("08", 5, 0), Hour("09", 0, 0), Hour("10", 0, 7))


def test_the_mark_is_another_one_when_a_till_was_heard_or_a_minute_has_passed(engine, clock, till):
    first = mark(engine, clock)
    assert mark(engine, clock) == first
    clock.push(seconds=20)
    assert mark(engine, clock) == first
    with writing(engine) as database:
        contacts.note(database, till, Contact.PUSH, stamp(clock()), rows=1)
    second = mark(engine, clock)
    assert second != first
    clock.push(seconds=10)
    with writing(engine) as database:
        contacts.note(database, till, Contact.PUSH, stamp(clock()), rows=1)
    third = mark(engine, clock)
    assert third != second
    clock.push(seconds=40)
    assert mark(engine, clock) != third


def test_what_needs_somebody(engine, clock, till, sell):
    def enrolled(name, shop):
        code = fleet.invite(database, name, shop, clock())
        fleet.enrol(database, wire.EnrolRequest(code, "1", public_half(new_key())), clock())

    old = (clock() - timedelta(hours=3)).isoformat()
    with writing(engine) as database:
        enrolled("K2", "lipa")
        enrolled("K3", "dab")
        fleet.invite(database, "K4", "lipa", clock())
        fine = wire.Heartbeat("1", 0, "", "OPEN", "ready", "")
        fleet.beat(database, "K3", fine, clock())
        fleet.beat(database, till, wire.Heartbeat("1", 2, old, "OPEN", "ready", ""), clock())
        fleet.beat(database, "K2", wire.Heartbeat("1", 3, old, "OPEN", "cover", ""), clock())
        receive.journal.raise_alarm(database, "K3", 1, 9, "chain", "", stamp(clock()))
    sell("2026-03-01T10:00:00+01:00", total_gr=1)
    with reading(engine) as database:
        found = dashboard.attention(database, None, clock())
        lipa = dashboard.attention(database, {"lipa"}, clock())
    assert [it.id for it in found.tills] == ["K2", "K3", "K1"]
    assert (found.in_use, found.online, found.unsent, found.rejected) == (3, 3, 5, 1)
    assert [it.terminal for it in found.alarms] == ["K3"]
    assert ([it.id for it in lipa.tills], lipa.in_use, lipa.alarms) == (["K2", "K1"], 2, [])
