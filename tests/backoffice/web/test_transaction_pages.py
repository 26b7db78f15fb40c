from __future__ import annotations

import csv
import io
from io import BytesIO

from openpyxl import load_workbook

from backoffice.rights import Role

ALL = "/transactions?first="


def test_receipts_are_listed_with_their_sum(browser, sold):
    page = browser.get(f"{ALL}&terminal={sold}")
    assert page.status_code == 200
    assert "12,34\u00a0zł" in page.text
    assert "odrzucony" in page.text
    assert 'href="/receipts/' in page.text


def test_the_usual_days_are_the_last_thirty(browser, sold):
    assert "12,34\u00a0zł" not in browser.get(f"/transactions?terminal={sold}").text


def test_filters_stay_in_the_form_and_in_the_links(browser, sold):
    text = browser.get(f"{ALL}&terminal={sold}&goods=mleko&least=12").text
    assert 'value="mleko"' in text
    assert "format=csv" in text
    assert f"terminal={sold}" in text
    assert "9,00\u00a0zł" not in text


def test_a_wrong_filter_is_said_and_what_was_typed_is_kept(browser, sold):
    page = browser.get("/transactions?least=dużo&first=jutro")
    assert page.status_code == 422
    assert 'value="dużo"' in page.text
    assert page.text.count('aria-invalid="true"') == 2


def test_an_empty_list_says_what_to_do(browser, sold):
    assert "Wybierz inne dni" in browser.get(f"{ALL}&goods=kalafior").text


def test_pages_follow_each_other(browser, sold, monkeypatch):
    text = browser.get(f"{ALL}&terminal={sold}&before=2026-03-01T12:00:00%2B01:00~0").text
    assert "Wybierz inne dni" in text


def test_the_list_is_a_file(browser, sold):
    made = browser.get(f"{ALL}&terminal={sold}&format=csv")
    assert made.headers["content-disposition"] == 'attachment; filename="transactions.csv"'
    rows = list(csv.reader(io.StringIO(made.text.lstrip("\ufeff")), delimiter=";"))
    assert [row[9] for row in rows[1:]] == ["9,00", "12,34"] or [row[9] for row in rows[1:]] == [
        "12,34",
        "9,00",
    ]
    sheet = load_workbook(BytesIO(browser.get(f"{ALL}&terminal={sold}&format=xlsx").content)).active
    assert {cell.value for cell in sheet["J"][1:]} == {12.34, 9}
    assert browser.get(f"{ALL}&format=exe").status_code == 400


def test_whoever_sees_one_shop_sees_no_other(browser_as, sold):
    stranger = browser_as(Role.MANAGER, {"dab"})
    assert sold not in stranger.get(ALL).text
    assert sold not in stranger.get(f"{ALL}&format=csv").text
    assert stranger.get(f"{ALL}&shop=lipa").status_code == 404
    assert browser_as(Role.CLERK).get(ALL).status_code == 403
