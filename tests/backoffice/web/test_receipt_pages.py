from __future__ import annotations

import re

import msgspec

from terminal.sync import wire


def only(browser, asked):
    """The page of the only document that fits."""
    (path,) = re.findall(
        r'href="(/receipts/\d+)"', browser.get(f"/transactions?first=&{asked}").text
    )
    return path


def test_a_receipt_shows_lines_rates_and_payments(browser, sold):
    overview = browser.get(f"/transactions?first=&terminal={sold}").text
    rows = re.findall(r'href="(/receipts/\d+)">(\d+)<', overview)
    path = next(path for path, number in rows if number == "1")
    text = browser.get(path).text
    for word in ("Mleko świeże 3,2% 1 l", "C 5%", "0,59\u00a0zł", "17,34\u00a0zł", "1234563218"):
        assert word in text
    assert "<dt>Sklep</dt><dd>Sklep Pod Lipą</dd>" in text
    assert f'href="/terminals/{sold}"' in text
    report = re.search(r'href="(/reports/\d+)"', text)[1]
    assert sold in browser.get(report).text
    assert browser.get("/receipts/999999").status_code == 404
    assert "Nie ma takiej strony" in browser.get("/receipts/999999").text


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
    bill_page, invoice_page = (
        browser.get(only(browser, f"terminal={name}&document={it}")).text
        for it in ("bill", "invoice")
    )
    for text in ("Faktura 7", "Lipa &lt;b&gt;, Polna 1", "2,00\u00a0EUR × 5,0000"):
        assert text in invoice_page
    assert "Rachunek niefiskalny 3" in bill_page
    assert "nie jest dokumentem fiskalnym" in bill_page
    assert "<h2>Podatek</h2>" not in bill_page
