from __future__ import annotations

import pytest

from terminal.errors import Code, Rejected
from terminal.people.rights import Approval
from terminal.sync.wire import Right
from tests.ui.conftest import running
from ui.screens.approve import Approve, at_hand
from ui.screens.closing import Closing
from ui.screens.menu import Menu

CASHIER = frozenset({Right.SELL})
PRICED = ("1", "enter", "#", "#", *"500", "enter")


@pytest.fixture
async def sale(till):
    till.rights = CASHIER
    async with running(till) as screen:
        yield await screen.log_in()


async def test_another_operator_approves_and_the_verb_is_done(sale, till):
    sale.keys(*PRICED)
    text = await sale.until("Another operator approves", "E-48 No permission: changing a price")
    assert "Identifier: _" in text
    sale.keys("2", "enter").type("2222")
    assert "2222" not in await sale.until("Identifier: 2", "PIN: ****_")
    sale.keys("enter")
    await sale.until("5,00", "TOTAL")
    assert till.operator.rights == CASHIER
    assert ("approve", Right.CHANGE_PRICE, "2") in till.calls


async def test_the_next_one_asks_again(sale):
    sale.keys(*PRICED)
    await sale.until("Another operator approves")
    sale.keys("2", "enter", *"2222", "enter")
    await sale.until("5,00", "TOTAL")
    sale.keys("#", "#", *"600", "enter")
    await sale.until("Another operator approves")


async def test_without_one_it_is_refused_as_ever(sale, till):
    sale.keys(*PRICED)
    await sale.until("Another operator approves")
    sale.keys("2", "enter", "esc")
    await sale.until("Identifier: _")
    sale.keys("esc")
    await sale.until("! E-48 No permission: changing a price", "3,49")
    assert not [call for call in till.calls if call[0] == "approve"]


@pytest.mark.parametrize(
    ("error", "stays"),
    [
        (Rejected(Code.WRONG_PIN), True),
        (Rejected(Code.LOCKED_OUT, seconds=30), True),
        (Rejected(Code.CANNOT_APPROVE, name="Ewa", right="x"), True),
        (Rejected(Code.NOT_LOGGED_IN), False),
    ],
)
async def test_who_cannot_approve_is_told_why_and_another_may_try(sale, till, error, stays):
    def approve(right, identifier, pin):
        raise error

    till.approve = approve
    sale.keys(*PRICED)
    await sale.until("Another operator approves")
    sale.keys("3", "enter", *"1111", "enter")
    await sale.until(f"! {error.code} ")
    assert isinstance(sale.app.desk.page, Approve) is stays


async def test_keys_typed_ahead_are_nobodys_pin(sale):
    desk = sale.app.desk
    sale.keys("1", "enter")
    await sale.until("Mleko")
    desk.call(desk.till.set_price, 0, 500)
    for key in "123":
        desk.press(key)
    await sale.until("Another operator approves", "Identifier: _")


async def test_a_locked_entry_is_approved_at_its_door_and_not_asked_again_inside(sale, till):
    sale.keys("f10", "3")
    await sale.until("Another operator approves", "E-48 No permission: daily report")
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Menu))
    sale.keys("3")
    await sale.until("Another operator approves")
    sale.keys("2", "enter", *"2222", "enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Closing))
    assert sale.app.desk.page.approval.right is Right.CLOSE_DAY
    sale.keys("enter")
    await sale.until("Daily report no. 7 is made")
    assert [call[0] for call in till.calls] == ["approve", "close_day"]


async def test_only_help_opens_above_the_question(sale):
    sale.keys("f10", "3")
    await sale.until("Another operator approves")
    sale.keys("f10", "f2")
    await sale.until("Another operator approves")
    sale.keys("f1")
    await sale.until("Help: Another operator approves")


async def test_locking_takes_the_question_away(sale, till):
    sale.keys(*PRICED)
    await sale.until("Another operator approves")
    till.lock()
    await sale.until("logged out", "Identifier: _", "An open receipt is kept")


async def test_what_was_approved_at_the_door_is_used_up_once(sale, till):
    page = sale.app.desk.page
    page.approval = Approval(Right.CASH, till.operator, "Marek")
    assert at_hand([page], Right.DRAWER) is None
    assert at_hand([page], Right.CASH) is not None
    assert at_hand([page], Right.CASH) is None
