from __future__ import annotations

import re
from html import unescape

import pytest

from tests.backoffice.web.exchange.test_order_pages import ARTICLES, EXPORT
from tests.backoffice.web.pressing import press, words


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


@pytest.fixture
def begun(english):
    """The page of a job that waits."""
    return press(english, EXPORT, act="run", **ARTICLES).headers["location"]


def id_of(page):
    return page.rpartition("/")[2]


def test_the_list_by_state(english, begun, happen):
    happen(id_of(begun), "dead", refused=2)
    assert begun in english.get("/exchange/jobs?state=dead&way=export&channel=main").text
    assert begun not in english.get("/exchange/jobs?state=done").text
    assert begun not in english.get("/exchange/jobs?way=import").text
    assert english.get("/exchange/jobs?state=eaten").status_code == 422


def test_older_jobs_are_on_the_next_page(english, begun):
    latest = [press(english, EXPORT, act="run", **ARTICLES) for _round in range(51)]
    page = english.get("/exchange/jobs").text
    assert latest[-1].headers["location"] in page
    assert latest[0].headers["location"] not in page
    before = page.rpartition("before=")[2].partition('"')[0]
    assert latest[0].headers["location"] in english.get(f"/exchange/jobs?before={before}").text
    assert english.get("/exchange/jobs?before=nobody").status_code == 200


def test_the_list_renews_itself_when_something_happened(english, begun, happen):
    page = english.get("/exchange/jobs?way=export")
    part = unescape(re.search(r'hx-get="([^"]+)"', page.text)[1])
    assert "way=export" in part
    assert english.get(part).status_code == 204
    happen(id_of(begun), total=4, done=1)
    fresh = english.get(part)
    assert "1 of 4" in words(fresh)
    assert "<html" not in fresh.text
    # What comes in its place asks for the same list.
    again = unescape(re.search(r'hx-get="([^"]+)"', fresh.text)[1])
    assert (again != part, english.get(again).status_code) == (True, 204)
    happen(id_of(begun), total=4, done=2)
    assert "2 of 4" in words(english.get(again))


def test_a_list_in_which_all_has_ended_does_not_renew_itself(english, begun, happen):
    happen(id_of(begun), "done", done=1)
    assert "data-live" not in english.get("/exchange/jobs?state=done").text
