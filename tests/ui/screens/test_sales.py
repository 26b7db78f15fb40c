from __future__ import annotations

import pytest

from terminal.errors import Code, SyncError
from terminal.events import UnsentChanged
from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store.outbox import Unsent
from terminal.store.sales import Filter, Sale
from terminal.sync.wire import Right
from ui.screens.sale_details import SaleDetails
from ui.screens.sales import PAGE_SALES


def sale_no(no, *, is_sent=True, is_rejected=False, reason=""):
    at = f"2026-11-22T{no // 60:02}:{no % 60:02}:00+01:00"
    return Sale(f"r{no}", no, at, "Anna Nowak", 100 * no, "Gotówka", is_sent, is_rejected, reason)


LINE = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 1000)


@pytest.fixture
def sold(till):
    till.shelf.sold = [
        sale_no(3, is_sent=False),
        sale_no(2, is_rejected=True, reason="unknown product"),
        sale_no(1),
    ]
    paid = (Payment("cash", "Gotówka", "cash", 500),)
    receipt = Receipt("r2", "", "u1", "Anna", State.FISCAL, (LINE,), paid, nip="5260250274")
    till.shelf.receipts["r2"] = receipt
    return till


async def test_signs_and_words_tell_what_is_sent(sold, sale):
    sale.keys("f10", "5")
    text = await sale.until("Transactions", "Gotówka")
    by_no = {line.split()[0].lstrip(">"): line for line in text.splitlines()[2:5]}
    rows = text.splitlines()[2:5]
    assert by_no
    assert "☁ unsent" in rows[0]
    assert "☁ rejected" in rows[1]
    assert "sent" not in rows[2]
    assert "11-22 00:03" in rows[0]


async def test_details(sold, sale):
    sale.keys("f10", "5", "down", "enter")
    text = await sale.until("Receipt no. 2, total 2,00 zł", "unknown product", "Mleko")
    assert "Mleko" in text
    assert "NIP 5260250274" in text
    assert "1,51" in text
    sale.keys("esc")
    await sale.until("Transactions")


async def test_refresh(sold, sale, till):
    sale.keys("f10", "5")
    await sale.until("☁ unsent", "☁ rejected")
    till.shelf.sold = [sale_no(4)]
    sale.keys("f5")
    text = await sale.until("3 documents sent", "     4 ")
    assert "☁" not in text
    assert till.calls == [("push",)]


async def test_refresh_without_the_office_shows_what_is_here(sold, sale, till):
    till.refuse_push = SyncError(Code.NO_NETWORK)
    sale.keys("f10", "5")
    await sale.until("☁ rejected")
    till.shelf.sold = []
    sale.keys("f5")
    await sale.until("E-50", "No transactions yet")


async def test_a_cloud_goes_by_itself_when_its_receipt_has_arrived(sold, sale, till):
    sale.keys("f10", "5")
    await sale.until("☁ unsent")
    till.shelf.sold = [sale_no(3)]
    till.engine.tell(UnsentChanged(Unsent(0, "", 0)))
    await sale.true(lambda: "☁" not in sale.text, "no cloud")


async def test_more_are_fetched_near_the_end(sale, till):
    till.shelf.sold = [sale_no(no) for no in range(120, 0, -1)]
    sale.keys("f10", "5")
    await sale.until("120")
    page = sale.app.desk.page
    assert page.count == PAGE_SALES
    sale.keys(*["page_down".replace("_", "")] * 5)
    await sale.true(lambda: page.count == 2 * PAGE_SALES)
    sale.keys(*["pagedown"] * 10)
    await sale.true(lambda: page.count == 120)
    sale.keys(*["pagedown"] * 10)
    await sale.until(">     1")


async def test_a_long_receipt_scrolls(sale, till):
    till.shelf.sold = [sale_no(1)]
    till.shelf.receipts["r1"] = Receipt("r1", "", "u1", "A", State.FISCAL, (LINE,) * 60)
    sale.keys("f10", "5", "enter")
    await sale.until("1 Mleko")
    sale.keys(*["pagedown"] * 9)
    await sale.until("60 Mleko")
    assert isinstance(sale.app.desk.page, SaleDetails)


async def test_the_filter_goes_round_and_says_what_it_is(sold, sale, till):
    sale.keys("f10", "5")
    await sale.until("Transactions: all")
    for word in ("today", "not sent", "rejected", "cashier Anna Nowak", "bills without", "all"):
        sale.keys("#")
        await sale.until(f"Transactions: {word}")
    asked = [wanted for wanted, _ in till.shelf.asked]
    assert [one.filter for one in asked] == [*list(Filter)[:6], Filter.ALL]
    assert asked[1].value == till.now().date().isoformat()


async def test_a_typed_number_finds_its_receipt(sold, sale):
    sale.keys("f10", "5", "2", "enter")
    text = await sale.until("Transactions: number 2")
    assert "     3 " not in text
    sale.keys("#")
    await sale.until("Transactions: all", "     3 ")


async def test_who_may_not_see_others_asks_for_his_own(sold, screen, till):
    till.rights = frozenset({Right.SELL})
    sale = await screen.log_in()
    sale.keys("f10", "5")
    await sale.until("☁ unsent")
    assert till.shelf.asked[-1][1] == "u1"
