"""The printer is asked about names before a receipt, once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt, Why
from drivers.fiscal import EXEMPT, Goods
from terminal import events
from terminal.errors import Code
from terminal.sale.receipt import State
from tests.terminal.desk import Desk, desk
from tests.terminal.fake_printer import no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MILK = "Mleko 1 l"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def again(shop: Desk) -> object:
    since = shop.heard.mark()
    shop.do(shop.till.print_receipt)
    return shop.ended(since)


def test_a_name_is_asked_about_once_and_then_known(shop: Desk) -> None:
    for _ in range(3):
        assert isinstance(shop.pay("1", "1", "3"), events.ReceiptPrinted)
    assert shop.printer.count("goods") == 2
    shop.restart()
    shop.pay("1")
    assert shop.printer.count("goods") == 2


@pytest.mark.parametrize(
    ("found", "is_refused"),
    [
        (Goods(None, is_locked=False), False),
        (None, False),
        (Goods(500, is_locked=True), False),
        (Goods(800, is_locked=True), False),
        (Goods(0, is_locked=True), True),
        (Goods(EXEMPT, is_locked=True), True),
        (Goods(0, is_locked=False), False),
    ],
)
def test_a_step_up_is_refused_before_anything_is_printed(
    shop: Desk, found: Goods | None, is_refused: bool
) -> None:
    shop.printer.remembers[MILK] = found
    told = shop.pay("1")
    if not is_refused:
        assert isinstance(told, events.ReceiptPrinted)
        return
    assert (told.reason.code, told.was_cancelled) == (Code.TAX_STEP, False)
    assert told.reason.params == {"name": MILK, "vat": "C"}
    assert shop.printer.count("print_receipt") == 0
    assert shop.view().blocked is None
    # The cashier takes it off and sells the rest.
    assert shop.receipt().state is State.PAID
    shop.do(shop.till.take_back_payments)
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.void_line, 0)
    assert isinstance(shop.pay(), events.ReceiptPrinted)


def test_a_name_that_is_none_to_the_printer_is_named(shop: Desk) -> None:
    shop.printer.fault("goods", refuse(no(Why.NAME, 2104)))
    told = shop.pay("1")
    assert (told.reason.code, told.reason.params["name"]) == (Code.NAME_REFUSED, MILK)
    assert isinstance(again(shop), events.ReceiptPrinted)


def test_a_printer_that_cannot_tell_is_not_in_the_way(shop: Desk) -> None:
    shop.printer.fault("goods", refuse(no()))
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_lost_answer_means_that_nothing_is_begun(shop: Desk) -> None:
    shop.printer.fault("goods", refuse(InDoubt("silence")))
    assert shop.pay("1").reason.code is Code.NO_PRINTER
    assert shop.sql("SELECT * FROM attempt") == []
    assert isinstance(again(shop), events.ReceiptPrinted)


def test_what_was_not_sold_is_not_known(shop: Desk) -> None:
    shop.printer.fault("print_receipt", refuse(no()))
    shop.pay("1")
    again(shop)
    assert shop.printer.count("goods") == 2
