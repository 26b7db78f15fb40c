from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest

from terminal.sync import wire
from tests.backoffice.test_judge_cash import closed
from tests.backoffice.test_shift_history import opening

PAGES = ["/", "/reports", "/shifts", "/rejected"]


class Page(HTMLParser):
    """What a browser would run or load, and whether the tags close."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self, text) -> None:
        super().__init__()
        self.open, self.inline, self.loaded, self.lang = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.loaded += [given[name] for name in ("src", "href", "action") if name in given]
        if tag in {"script", "style"}:
            self.inline.append(tag)
        if tag == "html":
            self.lang = given.get("lang")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def sold(http, new_till, books):
    """A till with two receipts, the second wrong, and a report; gives its id."""
    name, device = new_till()
    journal = books(name)
    journal.add(journal.receipt(1, 1234, nip="1234563218"))
    journal.add(journal.receipt(2, 1000, total_gr=900))
    journal.add(journal.report(1, 2234))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    path = f"/v1/terminals/{name}"
    http.post(f"{path}/journal", auth=device, content=body).raise_for_status()
    beat = wire.Heartbeat("0.1.0", 2, "2026-03-01T12:00:00+01:00", "OPEN", "<b>ok</b>", "1")
    content = msgspec.json.encode(beat)
    http.post(f"{path}/heartbeat", auth=device, content=content).raise_for_status()
    return name


@pytest.mark.parametrize(
    "path", ["/", "/?before=5", "/receipts/1", "/reports", "/shifts", "/rejected"]
)
def test_nobody_sees_a_page_without_signing_in(http, path):
    answer = http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    http.cookies.set("office", "made-up")
    assert http.get(path).status_code == 303


def test_the_overview_shows_terminals_and_receipts(browser, sold):
    text = browser.get("/").text
    assert sold in text
    assert "przed chwilą" in text
    assert "12,34\u00a0zł" in text
    assert "Anna" in text
    assert "otwarty" in text
    assert "Gotówka" in text
    assert "suma pozycji różni się od kwoty paragonu: 10,00\u00a0zł ≠ 9,00\u00a0zł" in text
    assert "&lt;b&gt;ok&lt;/b&gt;" in text
    assert "<b>ok" not in text


def test_a_receipt_shows_lines_rates_and_payments(browser, sold):
    overview = browser.get("/").text
    rows = re.findall(r'href="(/receipts/\d+)">(\d+)<', overview)
    path = next(path for path, number in rows if number == "1")
    text = browser.get(path).text
    for word in ("Mleko świeże 3,2% 1 l", "C 5%", "0,59\u00a0zł", "17,34\u00a0zł", "1234563218"):
        assert word in text
    assert browser.get("/receipts/999999").status_code == 404
    assert "Nie ma takiej strony" in browser.get("/receipts/999999").text


def test_reports_show_both_totals(browser, sold):
    text = browser.get("/reports").text
    assert sold in text
    assert text.count("22,34\u00a0zł") >= 2


def test_shifts_show_what_was_expected_and_counted(browser, http, new_till, books):
    name, device = new_till()
    journal = books(name)
    journal.add(opening(journal))
    journal.add(journal.receipt(1, 349, shift="s1"))
    journal.add(journal.cash(amount_gr=500, shift="s1", reason="coins"))
    journal.add(closed(rid="d1", terminal=name, reason="wrong_change"))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    text = browser.get("/shifts").text
    for shown in ("208,49\u00a0zł", "208,00\u00a0zł", "−0,49\u00a0zł", "źle wydana reszta"):
        assert shown in text
    assert "drobne na wydawanie" in text
    assert "różni się" not in text


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


def test_alarms_are_shown(browser, http, new_till, books):
    name, device = new_till()
    for _ in range(2):
        journal = books(name)
        journal.add(journal.cash())
        body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
        http.post(f"/v1/terminals/{name}/journal", auth=device, content=body)
    assert f"rozgałęziony dziennik</strong>: kasa {name}" in browser.get("/").text


@pytest.mark.parametrize("path", [*PAGES, "/receipts/1", "/sign-in", "/nothing"])
def test_pages_are_polish_and_load_nothing_from_elsewhere(browser, sold, path):
    page = Page(browser.get(path).text)
    assert page.lang == "pl"
    assert page.open == []
    assert page.inline == []
    assert all(it.startswith("/") and not it.startswith("//") for it in page.loaded)


@pytest.mark.parametrize("path", [*PAGES, "/receipts/1", "/sign-in"])
def test_pages_hold_no_secrets(running, browser, sold, path):
    text = browser.get(path).text
    assert running.admin_token not in text
    assert browser.cookies["office"] not in text
    assert "scrypt" not in text
    assert "token_hash" not in text


def test_pages_are_not_compressed_beside_a_form_token(browser):
    assert "content-encoding" not in browser.get("/").headers


def test_the_style_sheet_knows_phones_and_printers(http):
    css = http.get("/static/office.css")
    assert css.headers["content-type"].startswith("text/css")
    assert "@media print" in css.text
    assert "@media (max-width" in css.text
    assert "url(" not in css.text
    assert http.get("/static/..%2fpages.py").status_code in {400, 404}


def test_invoices_and_bills_have_pages_of_their_own(http, new_till, books, browser):
    name, device = new_till()
    journal = books(name)
    euro = wire.PaymentDoc("e", "Euro", "currency", 1000, symbol="EUR", foreign=200, rate_e4=50_000)
    buyer = {"nip": "5260250274", "buyer_name": "Lipa <b>", "buyer_address": "Polna 1"}
    sold = journal.receipt(1, 1000, document="invoice", invoice_no=7, payments=[euro], **buyer)
    journal.add(sold)
    bill = wire.BillDoc(
        "bill-1", name, sold.shop, sold.opened_at, sold.closed_at, "1", 3, 1000, sold.lines,
        [wire.PaymentDoc("r", "Rachunek", "other", 1000)],
    )  # fmt: skip
    journal.add(bill)
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    home = browser.get("/").text
    pages = [browser.get(found).text for found in re.findall(r'href="(/receipts/\d+)"', home)]
    bill_page, invoice_page = pages[:2]
    for text in ("Faktura 7", "Lipa &lt;b&gt;, Polna 1", "2,00\u00a0EUR × 5,0000"):
        assert text in invoice_page
    assert "Rachunek niefiskalny 3" in bill_page
    assert "nie jest dokumentem fiskalnym" in bill_page
    assert "<h2>Podatek</h2>" not in bill_page
