"""Workers killed in the middle lose nothing and double nothing; others go on with their jobs."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from backoffice.jobs import book, queues
from backoffice.jobs.patience import Patience
from backoffice.jobs.work import Fate
from backoffice.moments import now
from backoffice.store.company import SERVER, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job_step, job_worker
from tests.backoffice.jobs.asking import until
from tests.backoffice.jobs.counting import QUICK
from tests.backoffice.jobs.processes import Crew

CHANNELS = ("main", "field", "fair")


@pytest.fixture
def crew(db_url):
    hired = Crew(db_url)
    yield hired
    hired.dismiss()


def check_exactly_once(engine, counted, ids, steps, objects):
    counts = counted()
    doubled = {place: number for place, number in counts.items() if number != 1}
    assert not doubled
    assert len(counts) == len(ids) * steps * objects
    with reading(engine) as database:
        for each in ids:
            state = book.job(database, each)
            assert (state.state, state.counts[Fate.DONE]) == ("done", steps * objects)
            numbers = [no for no, _it in book.records(database, each, limit=10_000)]
            assert numbers == list(range(1, steps * objects + 1))
        noted = database.execute(select(job_step.c.job, job_step.c.no)).all()
    assert len(noted) == len(ids) * steps


def done(engine, ids):
    with reading(engine) as database:
        return sum(book.job(database, each).state == "done" for each in ids)


def test_another_worker_finishes_what_killed_ones_began(engine, counted, ask_for, crew):
    """The takers are of a newer release; the killed are not begun again."""
    options = {"steps": 12, "objects": 3, "pause_s": 0.05}
    ids = [ask_for(options=options, channel=each) for each in CHANNELS for _ in range(2)]
    seed = random.Random(7)
    victims = [crew.hire("1.0") for _ in range(2)]
    for victim in victims:
        victim.wait_until_ready()
    crew.hire("2.0")
    until(counted)
    for victim in victims:
        time.sleep(seed.uniform(0.1, 0.6))
        crew.kill(victim)
    until(lambda: done(engine, ids) == len(ids))
    check_exactly_once(engine, counted, ids, 12, 3)


def test_a_newer_release_finishes_the_jobs_of_an_older_one(engine, counted, ask_for, crew):
    one = ask_for(options={"steps": 10, "pause_s": 0.1})
    old = crew.hire("1.0")
    until(counted)
    crew.kill(old)
    before = len(counted())
    assert before < 30
    new = crew.hire("2.0").wait_until_ready()
    until(lambda: done(engine, [one]))
    check_exactly_once(engine, counted, [one], 10, 3)
    with reading(engine) as database:
        assert book.job(database, one).worker == new.name
        assert any("taken over" in it.text for it in book.log(database, one))
    with reading(of_company(engine, SERVER)) as database:
        assert "2.0" in set(database.scalars(select(job_worker.c.release)))


def test_the_engines_own_books_may_be_lost(engine, counted, ask_for, crew, db_url):
    """Ours say where the job stands, whatever the engine remembers of it."""
    one = ask_for(options={"steps": 10, "pause_s": 0.1})
    first = crew.hire()
    until(counted)
    crew.kill(first)
    if engine.dialect.name == "sqlite":
        for each in Path(make_url(db_url).database).parent.glob("*.jobs*"):
            each.unlink()
    else:
        with writing(engine) as database:
            database.execute(text("DROP SCHEMA office_jobs CASCADE"))
    crew.hire()
    until(lambda: done(engine, [one]))
    check_exactly_once(engine, counted, [one], 10, 3)


def test_a_worker_that_was_only_frozen_writes_nothing_twice(engine, counted, ask_for, crew):
    one = ask_for(options={"steps": 15, "think_s": 0.3})
    frozen = crew.hire().wait_until_ready()
    until(counted)
    crew.hire().wait_until_ready()
    frozen.signal(signal.SIGSTOP)
    # On SQLite it may hold the lock of the file: then nobody writes until it goes on.
    time.sleep(5)
    frozen.signal(signal.SIGCONT)
    until(lambda: done(engine, [one]))
    check_exactly_once(engine, counted, [one], 15, 3)
    with reading(engine) as database:
        assert book.job(database, one).worker != frozen.name


def test_a_worker_told_to_end_leaves_its_job_to_the_next_at_once(engine, counted, ask_for, crew):
    one = ask_for(options={"steps": 30, "pause_s": 0.1})
    deaf = replace(QUICK, silence_s=600)
    first = crew.hire(patience=deaf)
    until(counted)
    assert crew.end(first) == 0
    assert not done(engine, [one])
    crew.hire(patience=deaf)
    until(lambda: done(engine, [one]))
    check_exactly_once(engine, counted, [one], 30, 3)


def test_as_many_of_a_queue_run_as_may_whoever_they_are_done_by(engine, counted, ask_for, crew):
    with writing(engine) as database:
        queues.put_queue(database, "main", "wide", 2)
    options = {"steps": 3, "pause_s": 0.05}
    what = ["basic_data", "partners", "categories", "articles", "availability", "attachments"]
    ids = [ask_for(options=options, queue="wide", what=[each]) for each in what]
    for _ in range(3):
        crew.hire()
    seen = set()

    def all_done():
        with reading(engine) as database:
            (wide,) = [it for it in queues.queues(database, "main") if it.name == "wide"]
            seen.add(wide.running)
        return done(engine, ids) == len(ids)

    until(all_done)
    assert max(seen) == 2, "two at once, and no more"
    check_exactly_once(engine, counted, ids, 3, 3)


@pytest.mark.torture
def test_with_the_patience_of_the_real_thing_another_takes_over_within_a_minute(
    engine, counted, ask_for, crew
):
    one = ask_for(options={"steps": 10, "think_s": 0.5})
    victim = crew.hire(patience=Patience()).wait_until_ready()
    until(counted)
    crew.hire(patience=Patience()).wait_until_ready()
    crew.kill(victim)
    before, killed = len(counted()), time.monotonic()
    until(lambda: len(counted()) > before)
    assert time.monotonic() - killed < 60
    until(lambda: done(engine, [one]))
    check_exactly_once(engine, counted, [one], 10, 3)


@pytest.mark.torture
@pytest.mark.timeout(1500)
def test_a_day_of_jobs_with_a_hundred_kills(engine, counted, ask_for, crew):
    """Three workers at a time; whoever is killed stays dead, and a new one is hired elsewhere."""
    kills, seed = 100, random.Random(2026)
    options = {"steps": 8, "objects": 5, "pause_s": 0.1}
    ids, began = [], now()
    workers = [crew.hire().wait_until_ready() for _ in range(3)]
    while kills:
        open_ones = len(ids) - done(engine, ids)
        ids += [ask_for(options=options, channel=each) for each in CHANNELS if open_ones < 9]
        time.sleep(seed.uniform(0.0, 1.0))
        crew.kill(workers.pop(seed.randrange(len(workers))))
        kills -= 1
        # Some are killed while they start.
        workers.append(crew.hire(f"1.{kills}"))
        if kills % 3:
            workers[-1].wait_until_ready()
    last = time.monotonic()
    until(lambda: done(engine, ids) == len(ids))
    rest = time.monotonic() - last
    check_exactly_once(engine, counted, ids, 8, 5)
    with reading(engine) as database:
        taken = sum("taken over" in it.text for each in ids for it in book.log(database, each))
    length = now() - began
    told = f"{len(ids)} jobs, {len(counted())} objects, {taken} taken over, {length}, {rest:.1f} s"
    print(told)  # noqa: T201
