"""Price, weight and age, asked before an article is sold."""

from __future__ import annotations

import pytest

from terminal.errors import Code, Rejected
from ui.screens.asking import AgeCheck, Weigh
from ui.screens.selling import Selling


@pytest.fixture
def scale(till):
    till.gear.scale = object()
    return till.gear.weights


async def test_the_scale_is_asked_at_once(sale, till, scale):
    sale.keys("3", "enter")
    await sale.until("Weight of Ser gouda in kg", "Waiting for the scale", "sold by weight")
    scale[0].set_result(1250)
    await sale.until("1,25 kg × 32,90", "41,13")
    assert isinstance(sale.app.desk.page, Selling)


async def test_a_scale_that_waits_is_asked_again_by_enter(sale, till, scale):
    sale.keys("3", "enter")
    await sale.true(lambda: len(scale) == 1)
    scale[0].set_exception(Rejected(Code.SCALE_WAITS, reason="nothing lies on it"))
    await sale.until("E-94", "nothing lies on it")
    sale.keys("enter")
    await sale.true(lambda: len(scale) == 2)
    scale[1].set_result(300)
    await sale.until("0,3 kg")


async def test_a_dead_scale_leaves_the_weight_to_the_cashier(sale, till, scale):
    sale.keys("3", "enter")
    await sale.true(lambda: len(scale) == 1)
    scale[0].set_exception(Rejected(Code.NO_SCALE))
    await sale.until("E-93")
    sale.type("0,5").keys("enter")
    await sale.until("0,5 kg × 32,90")


async def test_a_weight_that_was_typed_is_not_sold_twice(sale, till, scale):
    sale.keys("3", "enter")
    await sale.true(lambda: len(scale) == 1)
    sale.type("0,5").keys("enter")
    await sale.until("0,5 kg")
    scale[0].set_result(1250)
    sale.keys("1", "enter")
    await sale.until("2 items")
    assert [line.qty_milli for line in till.receipt.lines] == [500, 1000]


async def test_whoever_has_left_sells_nothing(sale, till, scale):
    sale.keys("3", "enter")
    await sale.true(lambda: len(scale) == 1)
    sale.keys("esc")
    await sale.until("Code: _")
    scale[0].set_result(1250)
    sale.keys("1", "enter")
    await sale.until("1 item")
    assert till.receipt.lines[0].name.startswith("Mleko")


async def test_without_a_scale_the_weight_is_typed(sale, till):
    sale.scan("5900000000003")
    await sale.until("Weight of Ser gouda")
    assert isinstance(sale.app.desk.page, Weigh)
    sale.keys("enter")
    await sale.until("E-18")
    sale.type("1,5").keys("enter")
    await sale.until("1,5 kg")


async def test_a_quantity_before_the_code_is_a_weight(sale, till):
    sale.type("0,75*3").keys("enter")
    await sale.until("0,75 kg")


async def test_the_age_is_asked_once_a_receipt_with_its_day(sale, till):
    sale.keys("7", "enter")
    text = await sale.until("18 or older", "2008-11-26 or before")
    assert "Age of the buyer" in text
    assert isinstance(sale.app.desk.page, AgeCheck)
    assert not till.receipt.lines
    sale.keys("enter")
    await sale.until("Wódka", "1 item")
    sale.keys("2", "*", "7", "enter")
    await sale.until("2 items")
    assert [call for call in till.calls if "age" in call[0]] == [("confirm_age", 18)]


async def test_a_buyer_who_is_too_young_gets_nothing(sale, till):
    sale.scan("5900000000007")
    await sale.until("18 or older")
    sale.keys("n")
    await sale.true(lambda: ("refuse_age", 18) in till.calls)
    assert not till.receipt.lines
    sale.keys("7", "enter")
    await sale.until("18 or older")


async def test_a_scan_does_not_answer_for_the_cashier(sale, till):
    sale.keys("7", "enter")
    await sale.until("18 or older")
    sale.scan("5900000000001")
    await sale.until("Answer first")
    assert not till.receipt.lines
