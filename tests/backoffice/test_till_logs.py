from __future__ import annotations

import pytest

from backoffice import errands, till_logs
from backoffice.errors import NotFound, TooLarge
from backoffice.store.engine import reading, writing
from terminal.sync import wire


@pytest.fixture
def asked(engine, till, clock):
    with writing(engine) as database:
        return errands.ask(database, till, "send_log", "", "Ewa", clock())


def keep(engine, clock, errand, log="line\n", terminal="K1", checks="ok"):
    with writing(engine) as database:
        return till_logs.keep(database, terminal, errand, wire.TillLog(checks, log), clock())


def log_of(engine, clock, errand, terminal="K1"):
    with reading(engine) as database:
        return till_logs.log_of(database, terminal, errand, clock()).log


def test_a_log_is_kept_for_two_weeks_and_sent_again_replaced(engine, clock, till, asked):
    assert keep(engine, clock, asked).until == "2026-03-15T12:00:00.000+00:00"
    keep(engine, clock, asked, "line\0\nmore\n")
    assert log_of(engine, clock, asked) == "line\N{REPLACEMENT CHARACTER}\nmore\n"
    with reading(engine) as database:
        assert till_logs.kept_of(database, till, clock()) == {
            asked: "2026-03-01T12:00:00.000+00:00"
        }
    clock.push(days=14)
    with pytest.raises(NotFound):
        log_of(engine, clock, asked)
    with reading(engine) as database:
        assert till_logs.kept_of(database, till, clock()) == {}


def test_an_old_one_goes_when_a_new_one_comes(engine, clock, till, asked):
    keep(engine, clock, asked)
    clock.push(days=15)
    with writing(engine) as database:
        newer = errands.ask(database, till, "send_log", "", "Ewa", clock())
    keep(engine, clock, newer)
    clock.moment = clock.moment.replace(day=2)
    with pytest.raises(NotFound):
        log_of(engine, clock, asked)


def test_only_the_till_that_was_asked_sends_its_log(engine, clock, till, asked):
    with writing(engine) as database:
        lock = errands.ask(database, till, "lock", "", "Ewa", clock())
    for errand, terminal in ((asked, "K2"), (lock, till), ("0" * 36, till)):
        with pytest.raises(NotFound):
            keep(engine, clock, errand, terminal=terminal)
    keep(engine, clock, asked)
    with pytest.raises(NotFound):
        log_of(engine, clock, asked, "K2")


def test_a_log_that_is_too_long_is_refused(engine, clock, till, asked):
    keep(engine, clock, asked, "x" * wire.LOG_BYTES_MAX)
    with pytest.raises(TooLarge):
        keep(engine, clock, asked, "x" * (wire.LOG_BYTES_MAX + 1))
    with pytest.raises(TooLarge):
        keep(engine, clock, asked, checks="ż" * (wire.LOG_BYTES_MAX // 2 + 1))
