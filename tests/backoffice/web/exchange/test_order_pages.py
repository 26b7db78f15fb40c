from __future__ import annotations

import re
import time

import pytest

from backoffice.exchange import acts, channels
from backoffice.exchange.channels import Channel
from backoffice.jobs import book, schedules
from backoffice.jobs.work import NotNowError, Way
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from tests.backoffice.web.pressing import press, row_of, words

EXPORT, IMPORT = "/exchange/export", "/exchange/import"
CHOSEN = {"channel": "main", "queue": "main", "since": "last"}
ARTICLES = {**CHOSEN, "what": ["articles", "availability"]}


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


@pytest.fixture
def job_of(running):
    def found(answer):
        job_id = answer.headers["location"].rpartition("/")[2]
        with reading(running.office.engine) as database:
            return book.job(database, job_id)

    return found


def ticked(page):
    return re.findall(r'name="what" value="(\w+)" id="[\w-]+" checked', page.text)


def test_all_nine_exports_are_offered_and_ticked(english):
    page = english.get(EXPORT)
    assert ticked(page) == [
        *("basic_data", "representatives", "partners", "categories", "articles"),
        *("availability", "price_lists", "documents", "attachments"),
    ]
    assert "Channel article categories" in words(page)


def test_the_four_imports_with_their_options(english):
    page = english.get(IMPORT)
    assert ticked(page) == ["partners", "documents", "attachments", "activities"]
    assert "Confirm warnings in advance" in words(page)
    assert "Block: refuse the record" in words(page)


def test_ticking_all_and_none_needs_no_script_and_keeps_the_rest(english):
    page = press(english, EXPORT, act="none", **{**ARTICLES, "since": "any"})
    assert ticked(page) == []
    assert 'id="since-any" checked' in page.text
    assert len(ticked(press(english, EXPORT, act="all", **CHOSEN))) == 9


def test_a_preview_counts_and_asks_for_no_job(english, running, stand):
    before = jobs_of(running)
    page = press(english, EXPORT, act="preview", **ARTICLES)
    assert row_of(page, "Articles") == "Articles 3 2 0 1"
    assert ticked(page) == ["articles", "availability"]
    assert stand.jobs[0].what == ("articles", "availability")
    assert not stand.jobs[0].is_whole
    assert jobs_of(running) == before


def jobs_of(running):
    with reading(running.office.engine) as database:
        return [it.id for it in book.jobs(database)]


def test_a_program_that_is_down_is_said_so_and_the_form_stays(english, stand):
    stand.fault = NotNowError("the program erp does not answer")
    page = press(english, EXPORT, act="preview", **ARTICLES)
    assert page.status_code == 409
    assert "It cannot be counted now: the program erp does not answer" in words(page)
    assert ticked(page) == ["articles", "availability"]


def test_a_preview_that_takes_too_long_is_given_up(english, stand, monkeypatch):
    monkeypatch.setattr(acts, "PREVIEW_MAX_S", 0.01)
    stand.preview = lambda office, job: time.sleep(0.5)
    page = press(english, EXPORT, act="preview", **ARTICLES)
    assert "counting takes too long" in words(page)


def test_run_asks_for_the_job_as_it_was_chosen(english, job_of):
    answer = press(english, EXPORT, act="run", **{**ARTICLES, "since": "any"})
    assert answer.status_code == 303
    job = job_of(answer)
    assert (job.way, job.channel, job.queue) == (Way.EXPORT, "main", "main")
    assert job.what == ("articles", "availability")
    assert job.is_whole
    assert job.state == "waiting"


def test_an_import_takes_its_options_along(english, job_of):
    form = {**CHOSEN, "what": "partners", "confirm": "yes", "duplicates": "block"}
    job = job_of(press(english, IMPORT, act="run", **form))
    assert job.options == {"confirm": True, "duplicates": "block"}
    assert not job.is_whole


def test_the_audit_says_who_began_it(english):
    press(english, EXPORT, act="run", **ARTICLES)
    assert "began a job of the exchange" in words(english.get("/audit"))


def test_nothing_ticked_is_refused_at_its_place(english):
    page = press(english, EXPORT, act="run", **CHOSEN)
    assert page.status_code == 422
    assert 'id="error-what">Choose at least one' in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"queue": "night"}, "Choose one of the list"),
        ({"since": "never"}, "Choose one of the list"),
        ({"act": "schedule", "clock": "at", "at": "25:00", "days": "1"}, "such as 22:00"),
        ({"act": "schedule", "clock": "at", "at": "06:00"}, "Choose at least one day"),
        ({"act": "schedule", "clock": "every", "every": "0"}, "From 1 to 10080 minutes"),
        ({"act": "schedule", "clock": "every", "every": "soon"}, "whole number"),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason(english, running, wrong, said):
    before = jobs_of(running)
    page = press(english, EXPORT, **{"act": "run", **ARTICLES, **wrong})
    assert page.status_code == 422
    assert said in words(page)
    assert jobs_of(running) == before


def test_a_schedule_keeps_what_was_chosen(english, running):
    form = {**ARTICLES, "act": "schedule", "clock": "at", "at": "6.30", "days": ["1", "5"]}
    answer = press(english, EXPORT, **form)
    assert answer.headers["location"] == "/exchange/schedules"
    with reading(running.office.engine) as database:
        (kept,) = [it for it in schedules.schedules(database, "main") if it.at == "06:30"]
    assert (kept.at, kept.days, kept.what) == ("06:30", "15", ("articles", "availability"))
    assert "Monday, Friday at 06:30" in words(english.get("/exchange/schedules"))


def test_whoever_has_one_shop_of_the_channel_starts_nothing_in_it(browser_as, running):
    with writing(running.office.engine) as database:
        channels.put_channel(database, Channel("own", "Own"))
        shops = channels.shops_of(database, "main")
    stranger = browser_as(Role.MANAGER, {"elsewhere"}, language="en")
    assert shops
    assert "There is no sales channel all of whose shops are yours" in words(stranger.get(EXPORT))
    assert stranger.get(f"{EXPORT}?channel=main").status_code == 404
    assert press(stranger, EXPORT, act="run", **ARTICLES).status_code == 404


def test_a_clerk_moves_no_documents(browser_as, english):
    clerk = browser_as(Role.CLERK, language="en")
    assert "documents" not in ticked(clerk.get(EXPORT))
    form = {**CHOSEN, "what": ["articles", "documents"]}
    made = press(clerk, EXPORT, act="run", **form).headers["location"]
    assert "Sales documents" not in clerk.get(made).text.partition("<main")[2]
    theirs = press(english, IMPORT, act="run", **CHOSEN, what="documents").headers["location"]
    assert clerk.get(theirs).status_code == 404
    assert theirs not in clerk.get("/exchange/jobs").text


def test_a_channel_that_is_off_begins_nothing(english, running):
    with writing(running.office.engine) as database:
        channels.put_channel(database, Channel("off", "Shut", is_active=False))
    page = press(english, EXPORT, act="run", **{**ARTICLES, "channel": "off"})
    assert page.status_code == 409
    assert "This channel is off" in words(page)
