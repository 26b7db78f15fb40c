"""Who comes in, who goes, and what one operator lends another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.errors import Code
from terminal.people.rights import lent
from terminal.sync.wire import Right
from tests.shop import WAIT_S
from tests.terminal.desk import CASHIER, MANAGER, NOBODY, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def test_logging_in_and_locking_are_told_and_written_down(shop: Desk) -> None:
    since = shop.heard.mark()
    operator = shop.do(shop.till.login, CASHIER)
    assert (operator.name, operator.rights) == ("Anna", frozenset({Right.SELL, Right.VOID_LINE}))
    assert shop.heard.wait(events.OperatorChanged, since).operator == operator
    assert shop.view().operator == operator
    since = shop.heard.mark()
    shop.do(shop.till.lock)
    assert shop.heard.wait(events.OperatorChanged, since).operator is None
    names = [(document["name"], document["operator"]) for document in shop.documents("event")]
    assert names == [("login", "Marek"), ("login", "Anna"), ("lock", "Anna")]


def test_locking_an_empty_till_is_no_news(shop: Desk) -> None:
    shop.do(shop.till.lock)
    count = len(shop.documents())
    shop.do(shop.till.lock)
    assert len(shop.documents()) == count


def test_the_receipt_waits_behind_the_lock_for_whoever_comes(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.lock)
    assert len(shop.receipt().lines) == 1
    assert shop.code(shop.till.pay, "cash") is Code.NOT_LOGGED_IN
    shop.do(shop.till.login, CASHIER)
    assert isinstance(shop.pay(), events.ReceiptPrinted)


def test_a_wrong_identifier_leaves_who_is_there(shop: Desk) -> None:
    assert shop.code(shop.till.login, "77") is Code.WRONG_PIN
    assert shop.view().operator.name == "Marek"


def test_another_operator_lends_a_right_for_one_verb(shop: Desk) -> None:
    shop.do(shop.till.login, CASHIER)
    shop.do(shop.till.sell, "1")
    call = shop.till.engine.call(shop.till.set_price, 0, 300)
    assert call.exception(WAIT_S).right is Right.CHANGE_PRICE
    approval = shop.do(shop.till.approve, Right.CHANGE_PRICE, MANAGER, "")
    call.again(lent(approval)).result(WAIT_S)
    (line,) = shop.receipt().live_lines
    assert (line.name, line.qty_milli, line.price_gr) == ("Mleko 1 l", 1000, 300)
    assert shop.receipt().operator == "Anna"
    assert shop.code(shop.till.set_price, 0, 200) is Code.NO_RIGHT
    (told,) = shop.named("approved")
    assert told["operator"] == "Anna"
    assert told["detail"] == {"right": "change_price", "by": "Marek", "user": "u2"}


def test_what_is_lent_goes_with_the_verb_from_thread_to_thread(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.login, CASHIER)
    call = shop.till.close_day()
    assert call.exception(WAIT_S).right is Right.CLOSE_DAY
    approval = shop.do(shop.till.approve, Right.CLOSE_DAY, MANAGER, "")
    since = shop.heard.mark()
    call.again(lent(approval)).result(WAIT_S)
    assert shop.heard.wait(events.DayClosed, since)
    assert [one["operator"] for one in shop.documents("report")] == ["Anna"]


def test_what_was_lent_to_one_is_nothing_to_the_next(shop: Desk) -> None:
    shop.do(shop.till.login, CASHIER)
    approval = shop.do(shop.till.approve, Right.CLOSE_DAY, MANAGER, "")
    shop.do(shop.till.login, NOBODY)
    with lent(approval):
        assert shop.code(shop.till.close_day) is Code.NO_RIGHT
    shop.do(shop.till.lock)
    assert shop.code(shop.till.approve, Right.CLOSE_DAY, MANAGER, "") is Code.NOT_LOGGED_IN
