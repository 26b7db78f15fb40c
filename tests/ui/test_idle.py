from __future__ import annotations

import pytest

from terminal.people.rights import Operator
from terminal.sync.wire import Settings
from tests.ui.conftest import running
from ui.idle import Idle
from ui.known import Known
from ui.screens.closing import Closing
from ui.screens.login import Login
from ui.screens.payment import Payment
from ui.screens.selling import Selling

ANNA = Operator("u1", "1", "Anna", "", frozenset(), "")


class Hand:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def hand():
    return Hand()


def known(minutes: int, operator: Operator | None = ANNA) -> Known:
    return Known(operator=operator, settings=Settings("settings", idle_lock_min=minutes))


@pytest.mark.parametrize(
    ("minutes", "passed_s", "locks"),
    [(5, 299.0, False), (5, 300.0, True), (0, 1e6, False), (1, 60.0, True)],
)
def test_after_as_many_minutes_as_the_shop_says(hand, minutes, passed_s, locks):
    idle = Idle(hand)
    hand.now_s += passed_s
    assert idle.wants_lock(known(minutes), []) is locks
    assert not idle.wants_lock(known(minutes), [])


def test_each_touch_begins_anew(hand):
    idle = Idle(hand)
    hand.now_s += 59
    idle.touched()
    hand.now_s += 59
    assert not idle.wants_lock(known(1), [])


def test_nobody_and_nothing_known_are_not_locked(hand):
    idle = Idle(hand)
    hand.now_s += 1e6
    assert not idle.wants_lock(known(1, None), [])
    assert not idle.wants_lock(Known(operator=ANNA), [])


async def test_the_receipt_stays_and_payment_keeps_the_till_awake(till, hand):
    till.settings = Settings("settings", language="en", idle_lock_min=2)
    async with running(till) as screen:
        desk = screen.app.desk
        desk.idle = Idle(hand)
        await screen.log_in()
        screen.keys("1", "enter", "enter")
        await screen.true(lambda: isinstance(desk.page, Payment))
        hand.now_s += 1000
        desk.rest()
        assert till.operator is not None
        screen.keys("esc")
        await screen.true(lambda: isinstance(desk.page, Selling))
        desk.rest()
        assert till.operator is not None
        desk.open(Closing(desk))
        hand.now_s += 1000
        desk.rest()
        desk.close(desk.page)
        assert till.operator is not None
        desk.rest()
        await screen.until("An open receipt is kept, lines: 1")
        assert isinstance(desk.page, Login)
        await screen.log_in()
        await screen.until("Mleko")
