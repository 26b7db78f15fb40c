from __future__ import annotations

import pytest
from sqlalchemy import func, insert, select

from backoffice.errors import NotFound
from backoffice.jobs import book, tidying
from backoffice.office import Office
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import exchange_seen, job_log, job_record, job_step
from tests.backoffice.jobs.asking import wanted


def ask(engine, clock, *, is_cancelled):
    with writing(engine) as database:
        one = book.ask(database, "Ewa", clock(), **wanted())
        told = {"object": "articles", "id": "1", "fate": "done", "reason": "", "where": ""}
        database.execute(insert(job_record).values(job=one, no=1, **told))
        database.execute(insert(job_step).values(job=one, no=0, step="", at=""))
        seen = {"job": one, "set_name": "products", "step": 0, "ids": "[]"}
        database.execute(insert(exchange_seen).values(**seen))
        book.say(database, one, clock(), "begun")
        if is_cancelled:
            book.cancel(database, one, "Ewa", clock())
    return one


def test_what_ended_long_ago_is_forgotten_in_each_company(engine, clock):
    other = of_company(engine, "other")
    old = [ask(each, clock, is_cancelled=True) for each in (engine, other)]
    waiting = ask(engine, clock, is_cancelled=False)
    clock.push(days=80)
    young = ask(engine, clock, is_cancelled=True)
    clock.push(days=11)
    office = Office(engine, clock=clock)
    assert tidying.forget(office, clock()) == 2
    assert tidying.forget(office, clock()) == 0
    with reading(engine) as database:
        assert {it.id for it in book.jobs(database)} == {waiting, young}
        for table in (job_record, job_step, job_log, exchange_seen):
            counted = select(func.count(table.c.job.distinct()))
            assert database.scalar(counted) == 2
    with reading(other) as database, pytest.raises(NotFound):
        book.job(database, old[1])
