from __future__ import annotations

import re
from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from backoffice.rights import Role


def first_report(browser, sold):
    text = browser.get(f"/reports?terminal={sold}").text
    return re.search(r'href="(/reports/\d+)"', text)[1]


def test_reports_show_both_totals(browser, sold):
    text = browser.get("/reports").text
    assert sold in text
    assert text.count("22,34\u00a0zł") >= 2


def test_a_report_stands_beside_what_the_office_holds(browser, sold):
    text = browser.get(first_report(browser, sold)).text
    assert "≠ 12,34\u00a0zł" in text
    assert "22,34\u00a0zł" in text
    assert "1 odrzucony" in text
    assert "<dt>Pierwszy i ostatni paragon</dt><dd>—</dd>" in text
    assert f'href="/terminals/{sold}"' in text


def test_a_report_is_a_pdf_in_polish(browser, sold):
    made = browser.get(f"{first_report(browser, sold)}?format=pdf")
    assert made.headers["content-type"] == "application/pdf"
    text = PdfReader(BytesIO(made.content)).pages[0].extract_text()
    assert "KOPIA – TO NIE JEST DOKUMENT FISKALNY" in text
    assert "ZBF 2301000001" in text


def test_a_month_has_a_page_and_files(browser, sold):
    path = f"/reports/months?month=2026-03&terminal={sold}"
    assert "22,34\u00a0zł" in browser.get(path).text
    text = PdfReader(BytesIO(browser.get(f"{path}&format=pdf").content)).pages[0].extract_text()
    assert "2026-03" in text
    sheet = load_workbook(BytesIO(browser.get(f"{path}&format=xlsx").content)).active
    assert sheet["H2"].value == 22.34
    assert "nie ma raportu" in browser.get("/reports/months?month=1999-01").text
    wrong = browser.get("/reports/months?month=marzec")
    assert wrong.status_code == 422
    assert 'value="marzec"' in wrong.text


def test_the_list_is_a_file_and_filters_narrow_it(browser, sold):
    assert sold in browser.get("/reports?format=csv").text
    assert sold not in browser.get("/reports?first=2026-03-02&format=csv").text


def test_whoever_sees_one_shop_sees_no_other(browser, browser_as, sold):
    path = first_report(browser, sold)
    stranger = browser_as(Role.ACCOUNTANT, {"dab"})
    assert stranger.get(path).status_code == 404
    assert sold not in stranger.get("/reports").text
    assert stranger.get("/reports?shop=lipa").status_code == 404
    assert sold not in stranger.get("/reports/months?month=2026-03").text
