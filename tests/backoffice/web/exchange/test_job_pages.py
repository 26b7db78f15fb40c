from __future__ import annotations

import io

import openpyxl
import pytest

from backoffice.jobs import book
from backoffice.store.engine import reading, writing
from backoffice.web.exchange import job_pages
from tests.backoffice.web.exchange.test_order_pages import ARTICLES, EXPORT
from tests.backoffice.web.pressing import press, row_of, words


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


@pytest.fixture
def begun(english):
    """The page of a job that waits."""
    return press(english, EXPORT, act="run", **ARTICLES).headers["location"]


def id_of(page):
    return page.rpartition("/")[2]


def test_a_job_shows_its_progress_and_the_ends_of_its_records(english, begun, happen):
    happen(id_of(begun), total=9, done=3, same=1, refused=2, waiting=1)
    page = english.get(begun)
    assert row_of(page, "Articles") == "Articles 3 1 2 1"
    assert row_of(page, "Article availability") == "Article availability 0 0 0 0"
    assert "7 of 9" in words(page)
    assert '<progress max="9" value="7"' in page.text
    assert "articles.csv, line 0" in words(page)


def test_only_the_records_of_one_fate(english, begun, happen):
    happen(id_of(begun), done=2, refused=1)
    page = words(english.get(f"{begun}?fate=refused"))
    assert "a-refused-0" in page
    assert "a-done-0" not in page
    assert english.get(f"{begun}?fate=eaten").status_code == 422


def test_records_come_page_by_page(english, begun, happen):
    happen(id_of(begun), "done", done=105)
    page = english.get(begun)
    assert "a-done-99" in page.text
    assert "a-done-100" not in page.text
    assert "after=100" in page.text
    assert "a-done-104" in english.get(f"{begun}?after=100").text


def test_the_file_of_refused_records_has_no_formula(english, begun, happen):
    happen(id_of(begun), "done", done=1, refused=1)
    answer = english.get(f"{begun}?fate=refused&format=csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert "'=SUM(A1) no such category" in answer.text
    assert "a-done-0" not in answer.text
    sheet = english.get(f"{begun}?format=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values)
    assert [row[2] for row in rows] == ["Record", "a-done-0", "a-refused-0"]


def test_the_part_that_renews_itself_says_nothing_while_nothing_happened(english, begun, happen):
    page = english.get(begun)
    part = page.text.partition('hx-get="')[2].partition('"')[0]
    assert english.get(part).status_code == 204
    happen(id_of(begun), total=4, done=1)
    fresh = english.get(part)
    assert (fresh.status_code, "1 of 4" in words(fresh)) == (200, True)
    assert "<html" not in fresh.text
    again = fresh.text.partition('hx-get="')[2].partition('"')[0]
    happen(id_of(begun), total=4, done=2)
    assert "2 of 4" in words(english.get(again))


def test_what_has_ended_does_not_renew_itself(english, begun, happen):
    happen(id_of(begun), "done", done=1)
    page = english.get(begun)
    assert "data-live" not in page.text
    assert "Cancel the job" not in page.text


def test_cancel_and_send_on(english, running, begun):
    assert press(english, begun, f"{begun}/cancel").status_code == 303
    assert state_of(running, begun) == "cancelled"
    press(english, begun, f"{begun}/cancel")
    assert "The job has ended already" in words(english.get(begun))
    press(english, begun, f"{begun}/on")
    assert state_of(running, begun) == "waiting"
    press(english, begun, f"{begun}/on")
    assert "The job goes on already" in words(english.get(begun))
    trail = words(english.get("/audit"))
    assert "cancelled a job" in trail
    assert "sent a job on" in trail


def state_of(running, page):
    with reading(running.office.engine) as database:
        return book.job(database, id_of(page)).state


def test_a_dead_job_says_why_and_may_be_sent_on(english, begun, happen):
    happen(id_of(begun), "dead", reason="the folder is gone")
    page = english.get(begun)
    assert "the folder is gone" in words(page)
    assert "Send on" in words(page)


def test_of_a_long_log_the_last_lines_are_shown(english, running, begun, monkeypatch):
    monkeypatch.setattr(job_pages, "_LOG_MAX", 2)
    with writing(running.office.engine) as database:
        moment = running.office.clock()
        book.say(database, id_of(begun), moment, "first line", "second line", "third line")
    page = words(english.get(begun))
    assert "first line" not in page
    assert "second line" in page
    assert "third line" in page
