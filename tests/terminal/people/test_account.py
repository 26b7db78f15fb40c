"""Accounts that are switched off while their owner is at the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code
from terminal.events import Failed, OperatorChanged, Pulled
from terminal.sync.wire import User
from tests.terminal.desk import CASHIER, MANAGER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFF = User("u1", CASHIER, "Anna", CASHIER, is_active=False)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start(login=CASHIER)


def pulled(shop: Desk, *users: User) -> None:
    shop.publish("users", *users)
    shop.context.tell(Pulled("users", 9, 1, 0))
    shop.settle()


def refused(shop: Desk) -> list[str]:
    return [one.error.code for one in shop.heard.events if isinstance(one, Failed)]


def test_between_receipts_it_is_at_once(shop: Desk) -> None:
    pulled(shop, OFF)
    assert shop.view().operator is None
    assert refused(shop) == [Code.USER_OFF]
    assert shop.named("lock")[-1]["operator"] == "Anna"
    assert shop.code(shop.till.login, CASHIER) is Code.WRONG_PIN


def test_an_open_receipt_is_finished_first(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    pulled(shop, OFF)
    assert shop.view().operator is not None
    assert shop.pay("2").receipt_no == 1
    shop.heard.wait(Failed)
    assert shop.view().operator is None
    assert refused(shop) == [Code.USER_OFF]


def test_who_took_over_goes_on(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    pulled(shop, OFF)
    shop.do(shop.till.login, MANAGER)
    shop.pay("2")
    shop.settle()
    assert shop.view().operator.name == "Marek"
    assert refused(shop) == []


def test_an_identifier_that_is_somebody_elses_now_is_another_account(shop: Desk) -> None:
    pulled(shop, OFF, User("u9", CASHIER, "Nowa", CASHIER))
    assert shop.view().operator is None


def test_other_changes_of_users_change_nothing_now(shop: Desk) -> None:
    since = shop.heard.mark()
    pulled(shop, User("u1", CASHIER, "Anna K.", MANAGER), User("u2", MANAGER, "M", MANAGER))
    assert shop.view().operator.name == "Anna"
    assert not [one for one in shop.heard.events[since:] if isinstance(one, OperatorChanged)]
