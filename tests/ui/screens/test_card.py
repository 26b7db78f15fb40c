from __future__ import annotations

import pytest

from terminal.sale.receipt import CardStatus
from terminal.sync.wire import PaymentMethod


@pytest.fixture
async def asking(sale, till):
    till.shelf.methods.append(PaymentMethod("t", "Terminal", "card", 3, uses_terminal=True))
    sale.app.desk.look()
    sale.keys("1", "enter", "enter")
    await sale.until("DUE", "Terminal")
    sale.keys("*", "*", "enter")
    await sale.until("Key this amount in at the payment terminal", "3  Not known")
    return sale


async def test_the_amount_is_shown_and_nothing_is_printed(asking, till):
    assert till.printed == 0
    asking.keys("esc")
    await asking.until("Answer first: 1, 2 or 3")
    asking.scan("5900000000001")
    await asking.until("was ignored")


async def test_an_approved_card_pays_with_its_reference(asking, till):
    asking.keys("1", *"123456", "enter")
    await asking.until("Last receipt: no. 1")
    assert ("answer_card", CardStatus.APPROVED, "123456") in till.calls


async def test_the_reference_may_be_left_out(asking, till):
    asking.keys("1", "enter")
    await asking.until("Last receipt: no. 1")
    assert ("answer_card", CardStatus.APPROVED, "") in till.calls


async def test_a_declined_card_says_so_and_another_way_pays(asking, till):
    asking.keys("2")
    await asking.until("E-31", "DUE")
    asking.keys("*", "enter")
    await asking.until("Last receipt: no. 1")
    assert till.shelf.receipts["r1"].payments[0].kind == "cash"


async def test_what_nobody_knows_is_asked_again_and_never_charged_again(asking, till):
    asking.keys("3")
    await asking.until("Nobody knows whether the card was charged", "Do not charge it again")
    asking.keys("esc")
    await asking.until("TOTAL")
    asking.keys("enter")
    await asking.until("Nobody knows whether the card was charged")
    assert [call[0] for call in till.calls].count("pay") == 1
    asking.keys("1", "enter")
    await asking.until("Last receipt: no. 1")


async def test_a_charged_card_is_taken_back_after_a_question(asking, till):
    till.prints = "fails"
    asking.keys("1", "enter")
    await asking.until("NOT printed")
    asking.keys("esc")
    await asking.until("was charged: take it back at the payment terminal first", "been done?")
    asking.keys("esc")
    assert till.receipt.payments
    asking.keys("esc", "enter")
    await asking.until("DUE")
    assert till.receipt.payments == ()
