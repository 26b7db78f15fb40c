from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import select, update

from backoffice.jobs import book, queues, schedules
from backoffice.jobs.work import Fate, Way
from backoffice.jobs.worker import Worker
from backoffice.moments import now
from backoffice.store.company import SERVER
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job, job_worker
from tests.backoffice.jobs.asking import until, wanted
from tests.backoffice.jobs.counting import QUICK


def test_a_job_is_done_and_its_progress_can_be_read(counted, ask_for, working, ended, engine):
    one = ask_for()
    working()
    state = ended(one)
    assert (state.state, state.total, state.reason) == ("done", 9, "")
    assert state.counts[Fate.DONE] == 9
    assert state.began_at
    assert state.ended_at
    assert set(counted().values()) == {1}
    assert len(counted()) == 9
    with reading(engine) as database:
        assert [no for no, _outcome in book.records(database, one)] == list(range(1, 10))
        assert [it.text for it in book.log(database, one)] == ["step 0", "step 1", "step 2"]


def test_a_step_that_fails_is_tried_again_and_then_is_a_dead_letter(
    counted, ask_for, working, ended, counting, engine, office
):
    one = ask_for(options={"fails": 1})
    working()
    state = ended(one)
    assert (state.state, state.reason) == ("dead", "their program is down (given up after 4 tries)")
    assert [no for _job, no in counting.fetched] == [0, 1, 1, 1, 1], "the first step stays done"
    with writing(engine) as database:
        database.execute(update(job).values(options="{}"))
        book.send_on(database, one, "Ewa", office.clock())
    assert ended(one).state == "done"
    assert set(counted().values()) == {1}
    assert len(counted()) == 9


def test_what_no_repetition_helps_is_dead_at_once(counted, ask_for, working, ended, counting):
    never, broken = ask_for(options={"never": 0}), ask_for(options={"breaks": 2})
    working()
    assert ended(never).reason == "they do not know us"
    assert ended(broken).reason == "unexpected: ZeroDivisionError: a fault of ours"
    assert {ended(it).state for it in (never, broken)} == {"dead"}
    assert len(counted()) == 6


def test_a_running_job_is_cancelled_between_steps(
    counted, ask_for, working, ended, engine, state_of, office
):
    one = ask_for(options={"steps": 1000, "pause_s": 0.02})
    working()
    until(lambda: state_of(one).counts[Fate.DONE])
    with writing(engine) as database:
        book.cancel(database, one, "Ewa", office.clock())
    state = ended(one)
    assert state.state == "cancelled"
    assert len(counted()) == state.counts[Fate.DONE]


def test_a_paused_queue_begins_nothing_and_another_goes_on(
    counted, ask_for, working, ended, engine, state_of
):
    with writing(engine) as database:
        queues.pause(database, "main", "main", True)
    held, free = ask_for(), ask_for(queue="other", what=["partners"])
    working()
    assert ended(free).state == "done"
    assert state_of(held).state == "waiting"
    with writing(engine) as database:
        queues.pause(database, "main", "main", False)
    assert ended(held).state == "done"


def test_a_schedule_has_its_job_done(counted, working, engine):
    moment = now() - timedelta(minutes=5)
    with writing(engine) as database:
        schedules.put_schedule(database, moment, **wanted(), every_min=2)
    working()

    def done():
        with reading(engine) as database:
            return book.jobs(database, state="done")

    until(done)
    assert len(counted()) == 9


def test_it_ends_when_it_is_idle_and_its_name_is_gone(counted, office, working, ended, ask_for):
    one = ask_for()
    worker = working(idle_s=0.3)
    assert ended(one).state == "done"

    def is_gone():
        with reading(office.of(SERVER).engine) as database:
            return not list(database.scalars(select(job_worker.c.id)))

    until(is_gone)
    assert worker.name


def test_it_stops_between_steps_and_the_next_one_goes_on(
    counted, office, counting, ask_for, ended, state_of
):
    one = ask_for(options={"steps": 20, "pause_s": 0.1})
    for is_last in (False, True):
        stopped = threading.Event()
        worker = Worker(office, dict.fromkeys(Way, counting), "1.0", QUICK)
        thread = threading.Thread(target=worker.run, args=(stopped,))
        thread.start()
        if is_last:
            assert ended(one).state == "done"
        else:
            until(lambda: state_of(one).counts[Fate.DONE])
        stopped.set()
        thread.join()
        assert state_of(one).state == ("done" if is_last else "running")
    assert set(counted().values()) == {1}
    assert len(counted()) == 60
