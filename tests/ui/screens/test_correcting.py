from __future__ import annotations

from tests.ui.screens.test_sale_details import put, receipt


async def test_a_sale_closed_as_cash_becomes_one_by_card(till, sale):
    put(till, receipt())
    sale.keys("f10", "5")
    await sale.until("15,21")
    sale.keys("enter", "2")
    await sale.until("How was it really paid?", "1 Karta")
    assert "Gotówka" not in sale.text.split("How was")[1]
    sale.keys("1")
    await sale.until("Was 15,21 zł really taken by Karta?")
    sale.keys("enter")
    await sale.until("Payment correction 1/T1 is written down")
    assert till.calls[-1] == ("correct", "card")


async def test_a_sale_by_card_is_refused(till, sale):
    put(till, receipt("card"))
    sale.keys("f10", "5")
    await sale.until("15,21")
    sale.keys("enter", "2", "1", "enter")
    await sale.until("E-130")
