from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from backoffice import sales
from backoffice.periods import period
from backoffice.rights import Role
from backoffice.sales import Total
from backoffice.web.filters import Filters
from backoffice.web.sales_pages import Line, _classed, compared, days

MARCH = "/sales?first=2026-03-01&last=2026-03-02"
TODAY = date(2026, 3, 26)


@pytest.mark.parametrize("by", sales.BYS)
def test_each_way_to_sum_has_plot_table_and_file(browser, sold, by):
    page = browser.get(f"{MARCH}&by={by}")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "style=" not in page.text
    rows = list(
        csv.reader(io.StringIO(browser.get(f"{MARCH}&by={by}&format=csv").text), delimiter=";")
    )
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_what_was_rejected_is_not_sold(browser, sold):
    text = browser.get(f"{MARCH}&by=terminal").text
    row = text.split(f">{sold}</th>")[1].split("</tr>")[0]
    assert "12,34\u00a0zł" in row


def test_wrong_choices_are_said(browser):
    page = browser.get("/sales?by=moon&period=eternity&first=x")
    assert page.status_code == 422


def test_days_without_sales_say_what_to_do(browser):
    assert (
        "Wybierz inne dni" in browser.get("/sales?first=2001-01-01&last=2001-01-01&by=product").text
    )


def test_whoever_sees_one_shop_sees_no_other(browser_as, sold):
    stranger = browser_as(Role.MANAGER, {"dab"})
    assert sold not in stranger.get(f"{MARCH}&by=terminal").text
    assert stranger.get(f"{MARCH}&shop=lipa").status_code == 404


def test_the_form_shows_the_days_that_are_meant():
    filters = Filters({"period": "week"})
    now, then = days(filters, TODAY)
    assert (now.first, now.last) == (date(2026, 3, 23), TODAY)
    assert then.first == date(2026, 3, 16)
    assert filters.typed["first"] == "2026-03-23"
    now, _ = days(Filters({"first": "2026-01-05"}), TODAY)
    assert now.days == 1
    assert days(Filters({}), TODAY)[0].first == TODAY


def test_days_stand_beside_days_and_the_gone_are_shown(monkeypatch):
    now, then = (
        period("own", TODAY, date(2026, 3, 2), date(2026, 3, 3)),
        period("own", TODAY, date(2026, 2, 28), date(2026, 3, 1)),
    )
    sold = {
        "2026-03-02": {
            "day": [Total("2026-03-03", "", 1, 0, 50)],
            "hour": [Total("09", "09:00", 1, 0, 50)],
            "product": [Total("1", "Mleko", 1, 0, 50)],
        },
        "2026-02-28": {
            "day": [Total("2026-02-28", "", 1, 0, 70)],
            "hour": [Total("11", "11:00", 1, 0, 70)],
            "product": [Total("2", "Chleb", 1, 0, 70)],
        },
    }
    monkeypatch.setattr(sales, "totals", lambda _d, _s, first, _last, by: sold[first][by])

    def pairs(by):
        lines = compared(None, None, now, then, by)
        return [(it.total.key, it.total.gross_gr, it.before.gross_gr) for it in lines]

    assert pairs("day") == [("2026-03-02", 0, 70), ("2026-03-03", 50, 0)]
    assert pairs("hour") == [("09", 50, 0), ("10", 0, 0), ("11", 0, 70)]
    assert pairs("product") == [("1", 50, 0), ("2", 0, 70)]


def test_goods_are_classed_by_what_they_bring():
    worth = [70, 15, 8, 5, 2, 0]
    lines = [
        Line(Total(str(n), "", 1, 0, gr), "", Total("", "", 0, 0, 0), 0)
        for n, gr in enumerate(worth)
    ]
    assert "".join(line.letter for line in _classed(lines, 100)) == "AABBCC"


def test_a_change_from_nothing_is_no_percentage():
    nothing, some = Total("", "", 0, 0, 0), Total("", "", 1, 0, 150)
    assert Line(some, "", nothing, 0).change_bp is None
    assert Line(some, "", Total("", "", 1, 0, 100), 0).change_bp == 5000
