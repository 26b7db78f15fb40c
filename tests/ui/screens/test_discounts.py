from __future__ import annotations

import pytest

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
    text = await sale.until("Discounts of the shop: choose one", "> Końcówka serii   -0,50 zł")
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
    await sale.until("Discount", "-0,35", "DUE")
    assert till.calls[-1] == ("give_discount", "tenth", None)


@pytest.mark.usefixtures("offered")
async def test_the_way_back_gives_none(sale, till):
    sale.keys("1", "enter", "f5", "enter")
    await sale.until("Discounts of the shop")
    assert isinstance(sale.app.desk.page, Discounts)
    sale.keys("esc")
    await sale.until("Discount (%) on Mleko")
    assert till.receipt.total_gr == 349


async def test_a_shop_without_discounts_wants_one_typed(sale, till):
    sale.keys("1", "enter", "f5", "enter")
    await sale.until("E-18")
    assert till.receipt.total_gr == 349
