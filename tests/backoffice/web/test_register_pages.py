from __future__ import annotations

import uuid
from io import BytesIO

import msgspec
import pytest
from openpyxl import load_workbook

from terminal.sync import wire
from tests.backoffice.test_register_rules import correction_of, entry_on
from tests.backoffice.web.test_pages import Page


@pytest.fixture
def kept(http, new_till, books):
    """A till that took back one receipt and corrected another; gives its id."""
    name, device = new_till()
    journal = books(name)
    first, second = journal.receipt(1), journal.receipt(2)
    who = {"terminal": name, "rid": str(uuid.uuid4())}
    for document in (
        *(first, second),
        entry_on(books, first, customer="<b>Jan</b>", **who),
        correction_of(second, **{**who, "rid": str(uuid.uuid4())}),
    ):
        journal.add(document)
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    found = http.get(f"/v1/terminals/{name}/receipts/{wire.code_of(first.rid)}", auth=device)
    assert len(found.json()["entries"]) == 1
    missing = http.get(f"/v1/terminals/{name}/receipts/98000000000000000005", auth=device)
    assert missing.status_code == 404
    return name


@pytest.mark.parametrize(
    "path", ["/registers/returns", "/registers/entries/1", "/registers.csv?month=2026-03"]
)
def test_nobody_sees_a_register_without_signing_in(http, path):
    assert http.get(path).headers["location"] == "/sign-in"


def test_a_register_leads_to_its_protocol_and_to_the_receipt(browser, kept):
    page = browser.get("/registers/returns")
    assert not Page(page.text).inline
    assert f"1/{kept}" in page.text
    link = page.text.split(f">1/{kept}<")[0].rpartition('href="')[2].rstrip('"')
    protocol = browser.get(link)
    assert not Page(protocol.text).inline
    for part in ("Mleko", "uszkodzone", "&lt;b&gt;Jan", "Podpis nabywcy", "0,48"):
        assert part in protocol.text, part
    sale = protocol.text.split('href="/receipts/')[1].partition('"')[0]
    receipt = browser.get(f"/receipts/{sale}")
    assert "Po sprzedaży" in receipt.text
    assert f"1/{kept}" in receipt.text


def test_corrections_are_a_register_of_their_own(browser, kept):
    assert "Gotówka → Karta" in browser.get("/registers/corrections").text
    assert f"1/{kept}" not in browser.get("/registers/mistakes").text
    assert browser.get("/registers/others").status_code == 404


def test_a_month_is_a_file_for_a_spreadsheet(browser, kept):
    answer = browser.get("/registers.csv?month=2026-03")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="ewidencje-2026-03.csv"' in answer.headers["content-disposition"]
    assert f"1/{kept}" in answer.text
    assert browser.get("/registers.csv?month=all").status_code == 400
    # Digits, but none that the name of a file could have.
    assert browser.get("/registers.csv?month=٢٠٢٦-11").status_code == 400


def test_a_register_is_a_file_for_a_spreadsheet(browser, kept):
    page = browser.get("/registers/returns").text
    for kind in ("csv", "xlsx"):
        assert f'href="/registers/returns?format={kind}"' in page
    text = browser.get("/registers/returns?format=csv").text
    heading, row = (line.split(";") for line in text.removeprefix("\ufeff").splitlines()[:2])
    told = dict(zip(heading, row, strict=True))
    assert told["Numer"] == f"1/{kept}"
    assert (told["Towary"], told["Ocena"]) == ("Mleko", "przyjęty")
    assert "," in told["Kwota"]
    answer = browser.get("/registers/corrections?format=xlsx")
    assert 'filename="corrections.xlsx"' in answer.headers["content-disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert f"1/{kept}" in [cell.value for cell in sheet["A"]]
    assert browser.get("/registers/returns?format=doc").status_code == 400
