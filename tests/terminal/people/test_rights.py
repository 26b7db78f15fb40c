from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from terminal.errors import Code, Rejected
from terminal.people.rights import NAMES, Approval, NoRight, Operator, lent, operator_of, require
from terminal.sync.wire import Right, Role, User

ADA = User("u1", "11", "Ada", "r", language="en")


def operator(*rights: Right) -> Operator:
    return Operator("u1", "11", "Ada", "Kasjer", frozenset(rights), "en")


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("held", Right)
def test_only_a_held_right_lets_pass(right: Right, held: Right) -> None:
    someone = operator(held)
    if right is held:
        assert require(someone, right) is someone
        return
    with pytest.raises(Rejected) as caught:
        require(someone, right)
    assert caught.value.code is Code.NO_RIGHT
    assert NAMES[right] in caught.value.sentence()


@pytest.mark.parametrize("right", Right)
def test_nobody_may_nothing(right: Right) -> None:
    with pytest.raises(Rejected) as caught:
        require(None, right)
    assert caught.value.code is Code.NOT_LOGGED_IN


def test_an_operator_has_the_rights_of_the_role_that_we_know() -> None:
    role = Role("r", "Kasjer", ["sell", "discount", "fly", "SELL", ""])
    assert operator_of(ADA, role) == operator(Right.SELL, Right.DISCOUNT)


def test_without_a_role_nothing_is_allowed() -> None:
    assert operator_of(ADA, None) == Operator("u1", "11", "Ada", "", frozenset(), "en")


def test_an_operator_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        operator().rights = frozenset(Right)  # type: ignore[misc]


def test_every_right_has_a_name() -> None:
    assert list(NAMES) == list(Right)
    assert len(set(NAMES.values())) == len(NAMES)


# --- lent by another -----------------------------------------------------------------------------


def test_what_is_lent_may_be_done_within_and_no_longer() -> None:
    cashier = operator(Right.SELL)
    with lent(Approval(Right.CASH, cashier, "Marek")):
        assert require(cashier, Right.CASH) is cashier
        with lent(Approval(Right.DRAWER, cashier, "Ewa")):
            assert require(cashier, Right.CASH) is require(cashier, Right.DRAWER)
        with pytest.raises(NoRight):
            require(cashier, Right.DRAWER)
    with pytest.raises(NoRight) as caught:
        require(cashier, Right.CASH)
    assert caught.value.right is Right.CASH


def test_what_is_lent_is_for_one_operator_only() -> None:
    with lent(Approval(Right.CASH, operator(Right.SELL), "Marek")):
        with pytest.raises(NoRight):
            require(operator(), Right.CASH)
        with pytest.raises(Rejected) as caught:
            require(None, Right.CASH)
    assert caught.value.code is Code.NOT_LOGGED_IN
