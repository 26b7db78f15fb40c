from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from backoffice.jobs import admission, book, queues
from backoffice.jobs.admission import Given
from backoffice.store.company import MAIN, of_all, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job
from tests.backoffice.jobs.asking import wanted


@pytest.fixture
def ask(engine, clock):
    def asked(company=MAIN, **changes):
        clock.push(seconds=1)
        with writing(of_company(engine, company)) as database:
            return book.ask(database, "Ewa", clock(), **wanted(**changes))

    return asked


@pytest.fixture
def admit(engine, clock):
    def given(channel="main", worker="w", most=8):
        with writing(engine) as database:
            return admission.admit(database, channel, worker, most, clock())

    return given


def finish(engine, job_id):
    with writing(engine) as database:
        database.execute(update(job).where(job.c.id == job_id).values(state="done"))


def test_of_a_queue_one_runs_at_a_time_the_oldest_first(engine, ask, admit):
    first, second = ask(), ask(what=["partners"])
    assert admit() == [Given(MAIN, first, 1, 0)]
    assert admit() == []
    finish(engine, first)
    assert admit() == [Given(MAIN, second, 1, 0)]
    with reading(engine) as database:
        state = book.job(database, second)
        assert (state.state, state.worker) == ("running", "w")


def test_a_worker_takes_no_more_than_it_has_room_for(engine, ask, admit):
    with writing(engine) as database:
        queues.put_queue(database, "main", "main", 9)
    ids = [ask(what=[each]) for each in ("articles", "partners", "categories")]
    assert [it.job for it in admit(most=2)] == ids[:2]
    assert [it.job for it in admit(most=2)] == ids[2:]


def test_two_that_would_move_the_same_do_not_run_side_by_side(engine, ask, admit):
    """Not from two queues either; imports of a channel never do."""
    ask(what=["articles", "partners"], is_whole=False)
    ask(what=["partners"], queue="b")
    third = ask(what=["categories"], queue="c")
    inward = ask(way="import", what=["partners"], queue="d")
    ask(way="import", what=["documents"], queue="e")
    begun = [it.job for it in admit()]
    assert begun[1:] == [third, inward]
    assert len(begun) == 3


def test_an_import_and_an_export_that_compares_do_not_run_side_by_side(engine, ask, admit):
    """What is sent after the list was read would look as if it were gone over there."""
    whole = ask(what=["partners", "articles"])
    inward = ask(way="import", what=["partners", "documents"], queue="b")
    assert [it.job for it in admit()] == [whole]
    finish(engine, whole)
    others = ask(what=["attachments"], queue="c"), ask(what=["partners"], queue="d", is_whole=False)
    ask(what=["documents"], queue="e")
    assert [it.job for it in admit()] == [inward, *others]


def test_a_paused_queue_is_not_due_and_gives_nothing(engine, ask, admit, clock):
    ask()
    with writing(engine) as database:
        queues.pause(database, "main", "main", True)
    with reading(of_all(engine)) as database:
        assert admission.due(database, clock()) == []
    assert admit() == []


def test_what_is_due_is_found_in_every_company_and_not_too_early(engine, ask, clock):
    ask()
    ask("other", channel="field")
    put_off = ask(channel="late")
    with writing(engine) as database:
        later = (clock() + timedelta(hours=1)).isoformat(timespec="milliseconds")
        database.execute(update(job).where(job.c.id == put_off).values(next_try_at=later))
    with reading(of_all(engine)) as database:
        assert set(admission.due(database, clock())) == {(MAIN, "main"), ("other", "field")}


def test_workers_that_look_at_the_same_time_get_no_job_twice(engine, ask, admit):
    with writing(engine) as database:
        queues.put_queue(database, "main", "main", 3)
    for each in ("articles", "partners", "categories", "price_lists"):
        ask(what=[each])
    found, both = [], threading.Barrier(4)

    def look(name):
        both.wait()
        found.extend(admit(worker=name))

    threads = [threading.Thread(target=look, args=(f"w{no}",)) for no in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == 3


def test_one_that_is_cancelled_while_it_is_looked_at_is_not_begun(
    engine, ask, admit, clock, monkeypatch
):
    """On PostgreSQL a clerk's transaction may end between the two looks of a worker."""
    given_up, other = ask(queue="own"), ask(what=["partners"])
    known = queues.queues

    def looked(database, channel):
        book.cancel(database, given_up, "Ewa", clock())
        return known(database, channel)

    monkeypatch.setattr(queues, "queues", looked)
    assert [it.job for it in admit()] == [other]
    with reading(engine) as database:
        assert book.job(database, given_up).state == book.CANCELLED


def test_one_that_is_cancelled_after_both_looks_is_not_begun_either(
    engine, ask, admit, clock, monkeypatch
):
    given_up = ask()
    known = queues.queues

    def looked(database, channel):
        found = known(database, channel)
        book.cancel(database, given_up, "Ewa", clock())
        return found

    monkeypatch.setattr(queues, "queues", looked)
    assert admit() == []
    with reading(engine) as database:
        assert book.job(database, given_up).state == book.CANCELLED


def test_a_job_is_taken_over_by_one(engine, ask, admit):
    one = ask()
    admit(worker="dead")
    given = Given(MAIN, one, 1, 0)
    with writing(engine) as database:
        assert admission.claim(database, given, "dead", "a")
        assert not admission.claim(database, given, "dead", "b")
        assert not admission.claim(database, Given(MAIN, one, 2, 0), "a", "b")
    with reading(of_all(engine)) as database:
        assert admission.running(database) == [(given, "a")]


def test_a_job_that_ended_is_not_begun_anew(engine, ask, admit):
    one = ask()
    admit()
    with writing(engine) as database:
        assert admission.begin_anew(database, Given(MAIN, one, 1, 0), "b") == Given(MAIN, one, 2, 0)
        assert admission.begin_anew(database, Given(MAIN, one, 1, 0), "b") is None
    finish(engine, one)
    with writing(engine) as database:
        assert admission.begin_anew(database, Given(MAIN, one, 2, 0), "b") is None
