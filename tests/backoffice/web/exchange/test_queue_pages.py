from __future__ import annotations

import pytest

from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.jobs import book, schedules
from backoffice.store.engine import reading, writing
from tests.backoffice.web.exchange.test_order_pages import ARTICLES, EXPORT
from tests.backoffice.web.pressing import press, row_of, words

QUEUES, SCHEDULES = "/exchange/queues", "/exchange/schedules"


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


@pytest.fixture
def channel(running):
    """A channel of its own, so that its queues are nobody else's."""
    with writing(running.office.engine) as database:
        channels.put_channel(database, Channel("q", "Mobile sellers"))
    return "q"


def queue(running, channel, name):
    with reading(running.office.engine) as database:
        return next(it for it in book.queues(database, channel) if it.name == name)


def test_a_queue_is_made_changed_paused_and_goes_on(english, running, channel):
    form = {"channel": channel, "name": "night-pages"}
    press(english, QUEUES, act="save", at_once="3", **form)
    assert queue(running, channel, "night-pages").at_once == 3
    press(english, QUEUES, act="pause", **form)
    assert queue(running, channel, "night-pages").is_paused
    assert "night-pages Save 0 0 is paused Go on night-pages" in row_of(
        english.get(QUEUES), "night-pages"
    )
    press(english, QUEUES, act="go", **form)
    assert not queue(running, channel, "night-pages").is_paused
    assert "changed a queue" in words(english.get("/audit"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"at_once": "0"}, "1 to 16 jobs"), ({"at_once": "x"}, "whole number"),
     ({"name": "No Way"}, "small letters")],
)  # fmt: skip
def test_what_is_no_queue_comes_back(english, channel, wrong, said):
    form = {"act": "save", "channel": channel, "name": "day", "at_once": "1", **wrong}
    page = press(english, QUEUES, **form)
    assert page.status_code == 422
    assert said in words(page)


def test_a_queue_that_is_not_there_is_not_paused(english, channel):
    form = {"channel": channel, "name": "nobody", "act": "pause"}
    assert press(english, QUEUES, **form).status_code == 404


def test_a_job_goes_into_the_chosen_queue(english, running, channel):
    press(english, QUEUES, act="save", channel=channel, name="night", at_once="1")
    page = english.get(f"{EXPORT}?channel={channel}")
    assert '<option value="night"' in page.text
    press(english, EXPORT, act="run", **{**ARTICLES, "channel": channel, "queue": "night"})
    assert queue(running, channel, "night").waiting == 1


def test_a_schedule_is_turned_off_on_and_removed(english, running, channel):
    form = {**ARTICLES, "channel": channel, "act": "schedule", "clock": "every", "every": "20"}
    press(english, EXPORT, **form)
    with reading(running.office.engine) as database:
        (made,) = schedules.schedules(database, channel)
    assert "every 20 minutes" in words(english.get(SCHEDULES))
    where = f"{SCHEDULES}/{made.id}"
    for act, is_on in (("off", False), ("on", True)):
        press(english, SCHEDULES, where, act=act)
        with reading(running.office.engine) as database:
            (kept,) = schedules.schedules(database, channel)
        assert (kept.is_on, kept.every_min, kept.what) == (is_on, 20, made.what)
    assert press(english, SCHEDULES, where, act="eat").status_code == 400
    press(english, SCHEDULES, where, act="remove")
    with reading(running.office.engine) as database:
        assert schedules.schedules(database, channel) == []
    assert "removed a schedule" in words(english.get("/audit"))
