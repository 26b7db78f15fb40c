from __future__ import annotations

import re
from datetime import datetime

import msgspec
import pytest

from backoffice.moments import ZONE
from backoffice.rights import Role
from terminal.sync import wire
from tests.backoffice.web.pressing import words
from tests.backoffice.web.test_terminal_pages import beat, send


@pytest.fixture
def sold(http, new_till, books):
    """A till in a shop of its own that has sold for 12,34 today."""
    till = new_till("shop-of-the-dashboard")
    journal = books(till[0], "shop-of-the-dashboard")
    at = datetime.now(ZONE).replace(microsecond=0).isoformat()
    journal.add(journal.receipt(1, 1234, opened_at=at, closed_at=at))
    send(http, till, journal)
    beat(http, till)
    return till


def part_of(page):
    return re.search(r'hx-get="([^"]+)"', page.text)[1].replace("&amp;", "&")


def test_today_with_figures_for_who_may_see_them(browser_as, sold):
    page = browser_as(language="en").get("/")
    text = words(page)
    assert "Average receipt" in text
    assert "Mleko świeże 3,2% 1 l" in text
    assert "Gotówka" in text
    assert '<svg class="plot"' in page.text
    # Whatever is painted stands in a table as well.
    assert "Figures as a table" in text


def test_without_the_right_to_figures_there_are_none(browser_as, sold):
    for role in (Role.CLERK, Role.TECHNICIAN):
        text = words(browser_as(role, language="en").get("/"))
        assert "Tills online" in text
        assert "zł" not in text
        assert "Average" not in text
        assert "Gotówka" not in text


def test_only_figures_of_ones_own_shops(browser_as, sold):
    theirs = words(browser_as(Role.MANAGER, {"dab"}, language="en").get("/"))
    assert "Nothing has been sold today" in theirs
    ours = words(browser_as(Role.MANAGER, {"shop-of-the-dashboard"}, language="en").get("/"))
    assert "PLN" in ours or "12.34" in ours


def test_the_part_that_renews_itself_comes_only_when_something_is_new(http, browser_as, sold):
    browser = browser_as(language="en")
    fresh = browser.get("/now")
    assert fresh.status_code == 200
    assert "<html" not in fresh.text
    asked = part_of(fresh)
    for _ in range(20):  # a minute may have passed, or another test's till was heard
        again = browser.get(asked)
        if again.status_code == 204:
            break
        asked = part_of(again)
    assert (again.status_code, again.text) == (204, "")
    beat(http, sold, printer="no_paper")
    changed = browser.get(asked)
    assert changed.status_code == 200
    assert "printer: no paper" in changed.text
    assert part_of(changed) != asked


def test_it_asks_by_a_script_of_ours_and_has_a_link_for_who_runs_none(browser):
    page = browser.get("/")
    script = re.search(r'src="(/static/live[^"]+)"', page.text)[1]
    assert "document.hidden" in browser.get(script).text
    assert '<a href="/">' in page.text
    assert "onclick" not in page.text


def test_an_open_dashboard_is_nobodys_work(http):
    assert http.get("/now").status_code in {303, 401}
    answer = http.get("/now", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/sign-in"


def test_alarms_and_rejected_documents_are_shown(http, browser_as, new_till, books):
    till = new_till()
    for _ in range(2):
        journal = books(till[0])
        journal.add(journal.cash())
        body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
        http.post(f"/v1/terminals/{till[0]}/journal", auth=till[1], content=body)
    browser = browser_as(language="en")
    text = words(browser.get("/"))
    assert f"forked journal : till {till[0]}" in text
    assert f"Till {till[0]} : 1 alarm about its journal" in text
