from __future__ import annotations

import threading
from collections import Counter

import pytest
from sqlalchemy import select

from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.jobs.worker import Worker
from backoffice.moments import now
from backoffice.office import Office
from backoffice.store.engine import reading, writing
from tests.backoffice.jobs.asking import until, wanted
from tests.backoffice.jobs.counting import QUICK, Counting, written


@pytest.fixture
def counted(engine):
    """Gives how often each object of each step of each job was written."""
    written.create(engine)

    def counts():
        with reading(engine) as database:
            rows = database.execute(select(written.c.job, written.c.step, written.c.object))
            return Counter(tuple(row) for row in rows)

    return counts


@pytest.fixture
def ask_for(engine):
    def asked(**changes):
        options = changes.pop("options", {})
        with writing(engine) as database:
            return book.ask(database, "Ewa", now(), **wanted(options=options, **changes))

    return asked


@pytest.fixture
def state_of(engine):
    def state(job_id):
        with reading(engine) as database:
            return book.job(database, job_id)

    return state


@pytest.fixture
def counting():
    return Counting()


@pytest.fixture
def office(engine):
    """An office with the clock of the machine: workers wait by it."""
    return Office(engine)


@pytest.fixture
def working(office, counting):
    """Begins a worker in a thread; DBOS allows one in a process."""
    stopped = threading.Event()
    threads = []

    def begin(**more):
        worker = Worker(office, dict.fromkeys(Way, counting), "1.0", QUICK, **more)
        threads.append(threading.Thread(target=worker.run, args=(stopped,)))
        threads[-1].start()
        return worker

    yield begin
    stopped.set()
    for thread in threads:
        thread.join()


@pytest.fixture
def ended(state_of):
    """Waits until a job has ended and gives it."""

    def wait(job_id):
        until(lambda: not state_of(job_id).is_open)
        return state_of(job_id)

    return wait
