from __future__ import annotations

import pytest

from terminal.errors import Code, Rejected
from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store.sales import Sale

LINE = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000)
AT = "2026-11-22T12:0{}:00+01:00"


def bill(no, made_good=0):
    at, way = AT.format(no), "Rachunek"
    return Sale(f"b{no}", 0, at, "Anna", 648, way, True, False, "", bill_no=no, made_good=made_good)


@pytest.fixture
def billed(till):
    till.shelf.sold = [bill(8), bill(7, made_good=31)]
    paid = (Payment("bill", "Rachunek", "other", 648),)
    for rid in ("b7", "b8"):
        receipt = Receipt(rid, "", "u1", "Anna", State.BILL, (LINE,), paid, discount_gr=50)
        till.shelf.receipts[rid] = receipt
    return till


async def test_the_list_tells_bills_apart_and_which_wait(billed, sale):
    sale.keys("f10", "5")
    text = await sale.until("Transactions", "bill, no receipt")
    rows = text.splitlines()[2:4]
    assert "8" in rows[0]
    assert "bill, no receipt" in rows[0]
    assert "bill, receipt 31" in rows[1]


async def test_3_makes_the_receipt_and_shows_it(billed, sale, till):
    sale.keys("f10", "5", "enter")
    await sale.until("Bill no. 8, total 6,48 zł", "Mleko", "-0,50", "waits for its receipt")
    sale.keys("3")
    await sale.true(lambda: till.receipt.makes_good == "b8", "the receipt of the bill")
    await sale.until("Sale", "6,98 A", "Discount -0,50")
    assert till.calls[-1] == ("receipt_from_bill", "b8")


async def test_a_bill_that_was_made_good_makes_no_receipt(billed, sale, till):
    sale.keys("f10", "5", "down", "enter")
    text = await sale.until("Bill no. 7", "Made good by receipt no. 31", "Mleko")
    assert "make a receipt" not in text
    sale.keys("3")
    sale.keys("esc")
    await sale.until("Transactions")
    assert ("receipt_from_bill", "b7") not in till.calls


async def test_what_is_refused_is_said(billed, sale, till):
    till.refuse_bill = Rejected(Code.RECEIPT_OPEN)
    sale.keys("f10", "5", "enter", "3")
    await sale.until("E-49", "Bill no. 8")
