from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from backoffice.errors import BadRequest, NotFound
from backoffice.jobs import book, schedules
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job
from tests.backoffice.jobs.asking import wanted


@pytest.fixture
def put(engine, clock):
    def made(**changes):
        with writing(engine) as database:
            return schedules.put_schedule(database, clock(), **wanted(), **changes)

    return made


@pytest.fixture
def due(engine, clock):
    def asked():
        with writing(engine) as database:
            return schedules.ask_what_is_due(database, clock())

    return asked


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at", "days", "then"),
    [
        (utc(2026, 3, 1, 12), "21:30", "1234567", utc(2026, 3, 1, 20, 30)),
        (utc(2026, 7, 1, 12), "21:30", "1234567", utc(2026, 7, 1, 19, 30)),  # summer
        (utc(2026, 3, 1, 20, 30), "21:30", "1234567", utc(2026, 3, 2, 20, 30)),  # not twice
        (utc(2026, 3, 1, 23, 30), "00:15", "1", utc(2026, 3, 8, 23, 15)),  # Monday there already
        (utc(2026, 3, 28, 12), "02:30", "7", utc(2026, 3, 29, 1, 30)),  # the hour that is skipped
        (utc(2026, 10, 24, 12), "02:30", "7", utc(2026, 10, 25, 0, 30)),  # the hour that is twice
        (utc(2026, 10, 25, 0, 30), "02:30", "7", utc(2026, 11, 1, 1, 30)),  # only the first time
    ],
)
def test_the_hour_is_the_shops_own(now, at, days, then):
    assert schedules.following(now, at, 0, days) == then


def test_a_missed_time_is_made_up_for_once(engine, put, due, clock):
    one = put(every_min=10)
    clock.push(minutes=9)
    assert due() == []
    clock.push(minutes=96)
    (asked,) = due()
    with reading(engine) as database:
        state = book.job(database, asked)
        assert (state.schedule, state.asked_by, state.what) == (one, "", ("articles",))
        (known,) = schedules.schedules(database, "main")
        assert known.next_at == "2026-03-01T13:50:00.000+00:00"
    assert due() == []


def test_what_still_runs_is_not_asked_for_once_more(engine, put, due, clock):
    put(every_min=10)
    clock.push(minutes=10)
    assert len(due()) == 1
    clock.push(minutes=10)
    assert due() == []
    with writing(engine) as database:
        database.execute(update(job).values(state="dead"))
    clock.push(minutes=10)
    assert len(due()) == 1


def test_it_is_changed_switched_off_and_removed(engine, put, due, clock):
    one = put(at="18:00", days="15")
    assert put(at="19:00", schedule_id=one, is_on=False) == one
    with reading(engine) as database:
        (known,) = schedules.schedules(database)
        assert (known.at, known.days, known.is_on) == ("19:00", "1234567", False)
    clock.push(days=3)
    assert due() == []
    with writing(engine) as database:
        schedules.remove_schedule(database, one)
        assert schedules.schedules(database) == []
        with pytest.raises(NotFound):
            schedules.remove_schedule(database, one)
    with pytest.raises(NotFound):
        put(at="19:00", schedule_id=one)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"at": "25:00"},
        {"at": "8:00"},
        {"at": "08:00", "every_min": 5},
        {"every_min": -1},
        {"every_min": 20_000},
        {"at": "08:00", "days": ""},
        {"at": "08:00", "days": "88"},
        {"at": "08:00", "days": "21"},
        {"at": "08:00\n"},
        {"at": "08:00", "days": "1\n"},
    ],
)
def test_what_is_no_time_is_refused(put, changes):
    with pytest.raises(BadRequest):
        put(**changes)
