from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

from openpyxl import load_workbook


def test_rejected_documents_are_shown_and_may_be_judged_again(browser, sold):
    page = browser.get("/rejected")
    assert f'<th scope="row" data-name="Kasa">{sold}</th>' in page.text
    assert "suma pozycji różni się od kwoty paragonu: 10,00" in page.text
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)[1]
    form = {"terminal": sold, "epoch": "1", "seq": "2"}
    assert browser.post("/rejected", data=form).status_code == 403
    answer = browser.post("/rejected", data={**form, "_csrf_token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/rejected")
    gone = browser.post("/rejected", data={**form, "seq": "99", "_csrf_token": token})
    assert gone.status_code == 404


def test_rejected_documents_are_a_file_for_a_spreadsheet(browser, sold):
    assert 'href="/rejected?format=xlsx"' in browser.get("/rejected").text
    text = browser.get("/rejected?format=csv").text
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";")
    found = next(row for row in rows if row["Kasa"] == sold)
    assert found["Rodzaj"] == "paragon"
    assert "suma pozycji różni się od kwoty paragonu" in found["Powód"]
    sheet = load_workbook(BytesIO(browser.get("/rejected?format=xlsx").content)).active
    assert sold in [cell.value for cell in sheet["A"]]
    assert browser.get("/rejected?format=doc").status_code == 400
