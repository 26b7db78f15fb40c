from __future__ import annotations

import pytest
from msgspec.structs import replace

from terminal.sync.wire import Discount
from ui.screens.discounts import Discounts

ON_LINE = Discount("off", "Końcówka serii", "line", amount_gr=50)
MORE = Discount("more", "Uszkodzone", "line", percent_bp=2500)
ON_ALL = Discount("tenth", "Stały klient", "receipt", percent_bp=1000)


@pytest.fixture
def offered(till):
    till.shelf.offered = [ON_LINE, MORE, ON_ALL]


@pytest.mark.usefixtures("offered")
async def test_nothing_typed_opens_the_list_for_a_line(sale, till):
    sale.keys("1", "enter", "f5", "enter")
    text = await sale.until(
        "Discounts and mark-ups of the shop: choose one", "> Końcówka serii   -0,50 zł"
    )
    assert "Uszkodzone   -25 %" in text
    assert "Stały klient" not in text
    sale.keys("down", "enter")
    await sale.until("-0,87", "Code: _")
    assert till.calls[-1] == ("give_discount", "more", 0)


@pytest.mark.usefixtures("offered")
async def test_and_for_the_whole_receipt(sale, till):
    sale.keys("1", "enter", "enter", "#", "enter")
    text = await sale.until("> Stały klient   -10 %")
    assert "Uszkodzone" not in text
    sale.keys("enter")
    await sale.until("Stały klient 10 %", "-0,35", "DUE")
    assert till.calls[-1] == ("give_discount", "tenth", None)


@pytest.mark.usefixtures("offered")
async def test_the_way_back_gives_none(sale, till):
    sale.keys("1", "enter", "f5", "enter")
    await sale.until("Discounts and mark-ups")
    assert isinstance(sale.app.desk.page, Discounts)
    sale.keys("esc")
    await sale.until("Discount (%) on Mleko")
    assert till.receipt.total_gr == 349


async def test_a_shop_without_discounts_wants_one_typed(sale, till):
    sale.keys("1", "enter", "f5", "enter")
    await sale.until("E-18")
    assert till.receipt.total_gr == 349


async def test_the_star_goes_on_to_mark_ups(sale, till):
    sale.keys("1", "enter", "f5")
    await sale.until("Discount (%) on Mleko")
    sale.keys("*", "*")
    await sale.until("Mark-up (%) on Mleko")
    sale.keys("1", "0", "enter")
    await sale.until("Mark-up 10 %", "0,35")
    sale.keys("f5", "*", "*", "*")
    await sale.until("Mark-up in zł on Mleko")
    sale.keys("5", "1", "enter")
    await sale.true(lambda: till.receipt.total_gr == 400)


async def test_a_mark_up_on_the_receipt_and_one_of_the_shop(sale, till):
    till.shelf.offered = [replace(ON_ALL, is_markup=True, name="Nocna")]
    sale.keys("1", "enter", "enter", "#", "*", "*", "2", "0", "enter")
    await sale.until("Mark-up 20 %", "0,70", "(Enter = 4,19)")
    sale.keys("#", "enter")
    await sale.until("> Nocna   +10 %")
    sale.keys("enter")
    await sale.until("Nocna 10 %", "(Enter = 3,84)")
    assert till.receipt.discount_id == "tenth"
