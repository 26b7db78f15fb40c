from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from backoffice.jobs import admission, book
from backoffice.jobs.admission import Given
from backoffice.jobs.doing import Doing
from backoffice.jobs.work import Fate, NeverError, NotNowError, Outcome, Step, Way
from backoffice.office import Office
from backoffice.store.company import MAIN
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job
from tests.backoffice.jobs.asking import wanted
from tests.backoffice.jobs.counting import QUICK


@pytest.fixture
def doing(engine, clock, counting):
    return Doing(Office(engine, clock=clock), dict.fromkeys(Way, counting), QUICK, "w")


@pytest.fixture
def given(engine, clock):
    def begun(**options):
        with writing(engine) as database:
            one = book.ask(database, "Ewa", clock(), **wanted(options=options))
            admission.admit(database, "main", "w", 1, clock())
        return Given(MAIN, one, 1, 0)

    return begun


def test_a_step_that_was_done_is_not_done_again(counted, doing, given, counting, state_of):
    it = given()
    assert doing.step(it, 0) == 1
    assert doing.step(it, 0) == 1, "after a power cut before the engine knew"
    assert len(counting.fetched) == 1
    assert doing.step(it, 1) == 2
    assert doing.step(it, 2) is None
    assert doing.step(it, 2) is None
    assert state_of(it.job).state == "done"
    assert set(counted().values()) == {1}


def test_the_second_of_two_at_the_same_step_writes_nothing(counted, doing, given, counting):
    it = given()

    def other_is_quicker(office, asked, cursor):
        counting.fetch = fetch
        assert doing.step(it, 0) == 1
        return fetch(office, asked, cursor)

    fetch, counting.fetch = counting.fetch, other_is_quicker
    assert doing.step(it, 0) == 1
    assert set(counted().values()) == {1}
    assert len(counted()) == 3


def test_what_a_step_wrote_goes_when_it_fails_and_its_note_too(
    counted, doing, given, counting, state_of
):
    it, apply = given(), counting.apply

    def fail_after(connection, asked, cursor, fetched):
        apply(connection, asked, cursor, fetched)
        raise NotNowError

    counting.apply = fail_after
    assert doing.step(it, 0) is None
    state = state_of(it.job)
    assert (state.state, state.attempt, state.counts[Fate.DONE]) == ("waiting", 1, 0)
    assert counted() == {}


def test_it_is_put_off_as_long_as_the_other_side_asks(doing, given, counting, state_of):
    def busy(office, asked, cursor):
        reason = "too many requests"
        raise NotNowError(reason, after_s=600)

    counting.fetch = busy
    it = given()
    assert doing.step(it, 0) is None
    state = state_of(it.job)
    assert state.next_try_at == "2026-03-01T12:10:00.000+00:00"
    assert (state.reason, state.worker) == ("too many requests", "")


def test_a_database_that_is_locked_is_no_fault_of_the_job(doing, given, counting, state_of):
    fault = OperationalError("UPDATE", {}, Exception("database is locked"))

    def locked(*_):
        raise fault

    counting.apply = locked
    it = given()
    assert doing.step(it, 0) is None
    assert state_of(it.job).state == "waiting"
    assert "database is locked" in state_of(it.job).reason


def test_a_run_that_is_over_does_and_writes_nothing(counted, doing, given, engine, state_of):
    it = given()
    with writing(engine) as database:
        admission.begin_anew(database, it, "b")
    assert doing.step(it, 0) is None
    doing.put_off(it, 0, "late")
    assert counted() == {}
    assert state_of(it.job).state == "running"


def test_it_says_where_the_job_is_done(counted, doing, given, engine, state_of):
    it = given()
    with writing(engine) as database:
        database.execute(update(job).values(worker="dead"))
    doing.step(it, 0)
    assert state_of(it.job).worker == "w"


def test_records_are_counted_and_cut_to_what_fits(doing, given, counting, engine, state_of):
    outcomes = [Outcome("articles", "x" * 300, Fate.REFUSED, "no price", "a.csv:7")]
    outcomes += [Outcome("articles", str(no), Fate.SAME) for no in range(600)]
    counting.apply = lambda *_: Step(None, outcomes)
    it = given()
    assert doing.step(it, 0) is None
    state = state_of(it.job)
    assert (state.counts[Fate.REFUSED], state.counts[Fate.SAME], state.total) == (1, 600, None)
    with reading(engine) as database:
        ((no, refused),) = book.records(database, it.job, fate="refused")
        assert (no, len(refused.id), refused.reason, refused.where) == (
            1,
            200,
            "no price",
            "a.csv:7",
        )
        assert len(book.records(database, it.job, after=400)) == 200
        assert book.records(database, it.job, after=600)[0][1].id == "599"


def test_what_no_database_can_store_spoils_no_job(doing, given, counting, state_of, engine):
    it, odd = given(), "'1\ud800' is not a number\0"

    def apply(connection, asked, cursor, fetched):
        one = Outcome("articles", odd, Fate.REFUSED, odd, odd)
        return Step(None, [one], said=[odd])

    counting.apply = apply
    assert doing.step(it, 0) is None
    assert state_of(it.job).state == "done"
    with reading(engine) as database:
        ((_no, told),) = book.records(database, it.job)
    assert "is not a number" in told.reason
    assert told.where.isprintable()


@pytest.mark.parametrize("kind", [NeverError, NotNowError])
def test_a_reason_that_no_database_can_store_is_told_as_far_as_it_can(
    doing, given, counting, state_of, kind
):
    def fail(*_told):
        reason = "it sends us to \ud800/x"
        raise kind(reason)

    it, counting.fetch = given(), fail
    assert doing.step(it, 0) is None
    assert state_of(it.job).reason == "it sends us to ?/x"


def test_records_without_end_are_counted_and_not_kept(
    doing, given, counting, state_of, engine, monkeypatch
):
    monkeypatch.setattr("backoffice.jobs.doing.KEPT_MAX", 3)
    fates = [Fate.DONE, Fate.SAME] * 3 + [Fate.REFUSED, Fate.WAITING] * 3
    outcomes = [Outcome("articles", str(no), fate) for no, fate in enumerate(fates)]
    counting.apply = lambda *_told: Step(None, outcomes)
    it = given()
    assert doing.step(it, 0) is None
    assert set(state_of(it.job).counts.values()) == {3}
    with reading(engine) as database:
        kept = book.records(database, it.job)
    assert [(no, told.id) for no, told in kept] == [
        (1, "0"), (2, "1"), (3, "2"), (7, "6"), (8, "7"), (9, "8")
    ]  # fmt: skip
