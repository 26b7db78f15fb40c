from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from terminal.sync.wire import Currency, Stock
from tests.ui.fake_till import ARTICLES
from ui.screens.price_check import PriceCheck


async def test_a_scan_is_checked_not_sold(sale, till):
    sale.keys("f2")
    await sale.until("Price check: nothing is sold")
    sale.scan("5900000000001")
    text = await sale.until("Mleko ŁACIATE", "3,49 zł / szt")
    assert "VAT A" in text
    assert not till.calls
    sale.keys("2", "enter")
    await sale.until("Chleb")


@pytest.mark.parametrize(
    ("passed", "qty_milli", "shown"),
    [
        ({"minutes": 1, "seconds": 30}, 24_000, "in stock 24 szt   counted"),
        ({"minutes": 1, "seconds": 30}, 24_000, "(1 minute ago)"),
        ({"hours": 13, "minutes": 30}, 24_000, "(13 hours ago)"),
        ({"days": 3, "hours": 1}, 24_000, "(3 days ago)"),
        ({"minutes": -5}, 24_000, "(0 minutes ago)"),
        ({"minutes": 1}, -2000, "in stock -2 szt"),
    ],
)
async def test_stock_has_its_age(sale, till, passed, qty_milli, shown):
    counted = datetime.now(UTC) - timedelta(**passed)
    till.shelf.stocks["p1"] = Stock("p1", qty_milli, counted.isoformat())
    sale.keys("f2", "1", "enter")
    await sale.until("Mleko ŁACIATE", shown)
    sale.keys("2", "enter")
    await sale.until("Chleb")
    assert "in stock" not in sale.text


async def test_a_price_is_shown_in_foreign_currencies(sale, till):
    till.shelf.rates = [Currency("CHF", "Frank", 45_000), Currency("EUR", "Euro", 42_650)]
    sale.keys("f2", "1", "enter")
    await sale.until("3,49 zł / szt", "0,78 CHF   0,82 EUR")
    sale.keys("4", "enter")
    await sale.until("price asked at the sale")
    assert "EUR" not in sale.text


async def test_unknown_code_and_the_way_back(sale, till):
    sale.keys("f2", "7", "7", "enter")
    await sale.until("E-01")
    assert isinstance(sale.app.desk.page, PriceCheck)
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_an_open_price_says_so(sale):
    sale.keys("f2", "4", "enter")
    await sale.until("price asked at the sale")


async def test_refresh_fetches_and_looks_again(sale, till, monkeypatch):
    sale.keys("f2", "f5")
    await sale.until("added 17")
    sale.keys("1", "enter")
    await sale.until("3,49 zł / szt")
    dearer = [replace(ARTICLES[0], price_gr=399)]
    monkeypatch.setattr(till.shelf, "find", lambda code: dearer)
    sale.keys("f5")
    await sale.until("3,99 zł / szt", "added 17")
    assert till.calls == [("pull", "all"), ("pull", "all")]


async def test_refresh_after_a_scan_looks_the_scan_up_again(sale, till, monkeypatch):
    sale.keys("f2").scan("5900000000001")
    await sale.until("3,49 zł / szt")
    dearer = [replace(ARTICLES[0], price_gr=399)]
    monkeypatch.setattr(till.shelf, "find", lambda code: dearer)
    sale.keys("f5")
    await sale.until("3,99 zł / szt")
