from __future__ import annotations

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


async def test_unknown_code_and_the_way_back(sale, till):
    sale.keys("f2", "7", "7", "enter")
    await sale.until("E-01")
    assert isinstance(sale.app.desk.page, PriceCheck)
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_an_open_price_says_so(sale):
    sale.keys("f2", "4", "enter")
    await sale.until("price asked at the sale")
