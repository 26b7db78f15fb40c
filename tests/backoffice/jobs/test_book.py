from __future__ import annotations

import pytest
from sqlalchemy import update

from backoffice.errors import BadRequest, Conflict, NotFound
from backoffice.jobs import book
from backoffice.jobs.work import Fate, Way
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job
from tests.backoffice.jobs.asking import wanted


@pytest.fixture
def ask(engine, clock):
    def asked(**changes):
        with writing(engine) as database:
            return book.ask(database, "Ewa", clock(), **wanted(**changes))

    return asked


def test_what_was_asked_for_can_be_read_again(engine, ask, clock):
    one = ask(what=["articles", "basic_data"], options={"confirm": True})
    with reading(engine) as database:
        state = book.job(database, one)
    assert (state.way, state.channel, state.queue) == (Way.EXPORT, "main", "main")
    assert state.what == ("basic_data", "articles"), "in the order of references"
    assert (state.state, state.is_open, state.asked_by) == ("waiting", True, "Ewa")
    assert state.options == {"confirm": True}
    assert state.counts == dict.fromkeys(Fate, 0)
    assert (state.asked_at, state.total) == ("2026-03-01T12:00:00.000+00:00", None)


def test_jobs_are_listed_newest_first_and_page_by_page(engine, ask, clock):
    ids = []
    for way in ("export", "import") * 3:
        ids.append(ask(way=way, what=["partners"]))
        clock.push(seconds=len(ids) // 2)
    with reading(engine) as database:
        listed = [it.id for it in book.jobs(database)]
        assert set(listed) == set(ids)
        first = [it.id for it in book.jobs(database, limit=2)]
        rest = [it.id for it in book.jobs(database, before=first[-1])]
        assert first + rest == listed
        assert {it.way for it in book.jobs(database, way="import")} == {"import"}
        assert book.jobs(database, state="done") == []
        assert book.jobs(database, channel="other") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"way": "sideways"},
        {"what": []},
        {"what": ["secrets"]},
        {"way": "import", "what": ["articles"]},
        {"channel": ""},
        {"queue": "x" * 65},
    ],
)
def test_words_that_mean_nothing_are_refused(ask, engine, changes):
    with pytest.raises(BadRequest):
        ask(**changes)
    with reading(engine) as database:
        assert book.jobs(database) == []


def test_nobody_sees_the_jobs_of_another_company(engine, ask):
    one = ask()
    with reading(of_company(engine, "other")) as database:
        assert book.jobs(database) == []
        with pytest.raises(NotFound):
            book.job(database, one)


def test_a_waiting_job_is_cancelled_at_once_and_goes_on_when_it_is_sent(engine, ask, clock):
    one = ask()
    with writing(engine) as database:
        book.cancel(database, one, "Ewa", clock())
        assert book.job(database, one).state == "cancelled"
        with pytest.raises(Conflict):
            book.cancel(database, one, "Ewa", clock())
        book.send_on(database, one, "Jan", clock())
        assert book.job(database, one).state == "waiting"
        with pytest.raises(Conflict):
            book.send_on(database, one, "Jan", clock())
        assert [it.text for it in book.log(database, one)] == [
            "cancelled by Ewa",
            "sent on by Jan",
        ]


def test_a_running_job_is_told_to_stop(engine, ask, clock):
    one = ask()
    with writing(engine) as database:
        database.execute(update(job).values(state="running"))
        book.cancel(database, one, "Ewa", clock())
        state = book.job(database, one)
    assert (state.state, state.is_to_stop) == ("running", True)


def test_the_log_goes_on_where_somebody_read_it(engine, ask, clock):
    one = ask()
    with writing(engine) as database:
        book.say(database, one, clock(), "a", "b")
        book.say(database, one, clock(), "c")
        read = book.log(database, one, limit=2)
        assert [it.text for it in read] == ["a", "b"]
        assert [it.text for it in book.log(database, one, after=read[-1].no)] == ["c"]
        book.say(database, one, clock())


def test_there_are_no_records_of_a_job_that_did_nothing(engine, ask):
    one = ask()
    with reading(engine) as database:
        assert book.records(database, one, fate="refused") == []
