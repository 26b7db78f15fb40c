"""Orders and quotes: found, read, sold, turned, cancelled."""

from __future__ import annotations

from tests.ui.fake_field import document
from ui.screens.selling import Selling


async def test_newest_first_found_by_number_or_customer(sale, till):
    till.shelf.documents = [document(2, customer="c2"), document(1), document(3, "OS")]
    sale.keys("f10", "9", "2")
    text = await sale.until("ZS/T1/2", "ZS/T1/1", "Jan Dąb", "2026-11-22")
    assert text.index("ZS/T1/2") < text.index("ZS/T1/1")
    assert "OS/T1/3" not in text
    sale.type("lipa")
    await sale.true(lambda: "ZS/T1/2" not in sale.text and "ZS/T1/1" in sale.text)
    sale.type("x")
    await sale.until("Nothing here")


async def test_a_page_of_fifty_and_the_next(sale, till):
    till.shelf.documents = [document(no) for no in range(120, 0, -1)]
    sale.keys("f10", "9", "2")
    await sale.until("ZS/T1/120")
    page = sale.app.desk.page
    sale.keys(*["pagedown"] * 5)
    await sale.true(lambda: page.count == 100)
    sale.keys(*["pagedown"] * 5)
    await sale.true(lambda: page.count == 120)
    sale.keys(*["pagedown"] * 3)
    await sale.until("> ZS/T1/1 ")


async def test_an_order_goes_onto_the_receipt(sale, till):
    till.shelf.documents = [document(1)]
    sale.keys("f10", "9", "2")
    await sale.until("ZS/T1/1")
    sale.keys("enter")
    await sale.until("Mleko", "6,98 zł", "what to do")
    sale.keys("enter", "1")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))
    await sale.until("TOTAL", "2 szt × 3,49")
    assert ("sell", "d1") in till.calls


async def test_a_quote_becomes_an_order(sale, till):
    till.shelf.documents = [document(1, "OS")]
    sale.keys("f10", "9", "3")
    await sale.until("OS/T1/1")
    sale.keys("enter", "enter", "1")
    await sale.until("Order (ZS) ZS/T1/2", "Made of a quote", "Written down: ZS/T1/2")
    sale.keys("esc")
    await sale.until("OS/T1/1", "done")


async def test_one_that_is_cancelled_can_only_be_read(sale, till):
    till.shelf.documents = [document(1, note="Brama B")]
    sale.keys("f10", "9", "2")
    await sale.until("ZS/T1/1")
    sale.keys("enter", "enter", "3")
    await sale.until("Reason")
    sale.keys("enter")
    await sale.until("cancelled")
    assert till.calls[-1] == ("cancel_document", "d1", "")
    sale.keys("enter")
    await sale.until("Brama B")
    sale.keys("enter")
    await sale.until("1 Notes and attachments")
    assert "Sell it" not in sale.text


async def test_a_number_and_enter_at_once_open_what_the_number_finds(sale, till):
    till.shelf.documents = [document(no) for no in range(60, 0, -1)]
    sale.keys("f10", "9", "2").type("T1/17").keys("enter", "enter", "1")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))
    await sale.true(lambda: ("sell", "d17") in till.calls)
