from __future__ import annotations

import pytest

from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store.sales import Sale
from terminal.sync.wire import code_of
from tests.ui.fake_returns import case_of

MILK = Line("p1", "1", "5900000000001", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000)
CHEESE = Line("p3", "3", "", "Ser gouda", "kg", 3, "C", 500, 3290, 3290, 250)
RID = "0f3e2d1c-5b6a-4978-8796-a5b4c3d2e1f0"


def receipt(kind: str = "cash", rid: str = RID) -> Receipt:
    paid = (Payment(kind, {"cash": "Gotówka", "card": "Karta"}[kind], kind, 1521),)
    return Receipt(rid, "", "u1", "Anna", State.FISCAL, (MILK, CHEESE), paid)


def put(till, sold: Receipt) -> None:
    till.shelf.receipts[sold.rid] = sold
    at = "2026-11-22T12:02:00+01:00"
    row = Sale(sold.rid, 2, at, "Anna Nowak", sold.total_gr, "", True, False, "")
    till.shelf.sold = [row]


@pytest.fixture
async def details(till, sale):
    put(till, receipt())
    sale.keys("f10", "5")
    await sale.until("Transactions")
    sale.keys("enter")
    await sale.until("Receipt no. 2, total 15,21 zł", "Ser gouda")
    return sale


async def test_all_of_the_receipt_is_there(details):
    for part in ("Mleko", "A 23%  of which tax 1,31", "C 5%  of which tax 0,39", "Gotówka"):
        assert part in details.text, part


async def test_enter_and_1_begin_a_return(details):
    details.keys("enter")
    await details.until("Return: what comes back?", "Mleko")
    details.keys("esc")
    await details.until("Receipt no. 2")
    details.keys("1")
    await details.until("Return: what comes back?")


async def test_6_asks_what_happened(details):
    details.keys("6")
    await details.until("1 Complaint", "2 Obvious mistake")
    details.keys("2")
    await details.until("Obvious mistake: what was entered wrongly?")


async def test_a_copy_is_shown(details, till):
    details.keys("4")
    await details.until("Copy of a receipt", "Copy no. 1", "NOT A FISCAL DOCUMENT")
    assert till.calls[-1] == ("copy", RID)
    details.keys("esc")
    await details.until("Receipt no. 2")


async def test_5_sends_now(details, till):
    details.keys("5")
    await details.until("Synchronise transactions")


async def test_what_came_back_stands_below(details):
    details.keys("1", "enter", "enter", "1", "enter")
    await details.until("To be given back: 6,98")
    details.keys("enter")
    await details.until("is written down")
    details.keys("enter")
    await details.until("Receipt no. 2", "Return 1/T1", "-6,98")


async def test_a_scanned_receipt_opens_on_the_selling_screen(sale, till):
    foreign = receipt(rid="11111111-2222-4333-8444-555555555555")
    code = code_of(foreign.rid)
    till.returns.foreign[code] = case_of(foreign)
    sale.scan(code)
    await sale.until("Receipt no. 2, total 15,21 zł", "T1", "Ser gouda")
    sale.keys("esc")
    await sale.until("TOTAL")
    sale.type(code).keys("enter")
    await sale.until("Receipt no. 2, total 15,21 zł")
    sale.keys("1")
    await sale.until("Return: what comes back?")


async def test_a_receipt_that_nobody_knows_is_refused(sale):
    sale.scan(code_of("22222222-2222-4333-8444-555555555555"))
    await sale.until("E-128")
