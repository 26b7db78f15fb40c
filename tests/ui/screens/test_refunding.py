from __future__ import annotations

import pytest

from tests.ui.screens.test_sale_details import put, receipt


async def until_refund(till, sale, *keys, kind="cash"):
    put(till, receipt(kind))
    sale.keys("f10", "5")
    await sale.until("15,21")
    sale.keys("enter", *keys)
    await sale.until("To be given back")
    return sale


RETURN = ("1", "#", "enter", "1", "enter")


def ways(till):
    return [call[2] for call in till.calls if call[0] == "enter"]


async def test_a_card_may_get_cash_instead(till, sale):
    await until_refund(till, sale, *RETURN, kind="card")
    await sale.until("> Karta 15,21", "  Gotówka 15,21")
    sale.keys("*")
    await sale.until("> Gotówka 15,21")
    sale.keys("enter")
    await sale.until("is written down")
    assert ways(till) == [1]


async def test_cash_knows_no_other_way(till, sale):
    await until_refund(till, sale, *RETURN)
    assert "another way" not in sale.text
    sale.keys("*", "enter")
    await sale.until("is written down")
    assert ways(till) == [0]


async def test_enter_twice_gives_back_once(till, sale):
    await until_refund(till, sale, *RETURN)
    sale.keys("enter")
    await sale.until("is written down")
    sale.keys("enter")
    await sale.until("Receipt no. 2")
    assert len(ways(till)) == 1


async def test_a_complaint_may_be_settled_with_less(till, sale):
    await until_refund(till, sale, "6", "1", "enter", "enter", "1", "enter")
    sale.type("200").keys("enter")
    await sale.until("To be given back: 2,00 zł", "> Gotówka 2,00", "no money is given back")
    sale.keys("enter")
    await sale.until("Complaint 1/T1 is written down")


async def test_a_complaint_above_what_is_left_is_refused(till, sale):
    await until_refund(till, sale, "6", "1", "enter", "enter", "1", "enter")
    sale.type("99999").keys("enter")
    await sale.until("E-127", "6,98")


@pytest.mark.parametrize("key", ["esc", "5"])
async def test_a_mistake_needs_no_money_and_no_name(till, sale, key):
    await until_refund(till, sale, "6", "2", "enter", "enter", "1")
    await sale.until("> no money is given back")
    sale.keys("enter")
    await sale.until("Obvious mistake 1/T1 is written down")
    sale.keys(key)
    await sale.until("Receipt no. 2" if key == "esc" else "is written down")
