"""Selling, changing and striking through, by the verbs of the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code
from tests.terminal.desk import CASHIER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def test_what_is_struck_through_is_told_with_its_value(shop: Desk) -> None:
    shop.do(shop.till.sell, "1", 2000)
    shop.do(shop.till.void_line, 0)
    (told,) = shop.named("line_voided")
    assert (told["detail"]["qty_milli"], told["detail"]["gross_gr"]) == (2000, 698)
    assert shop.receipt().is_empty


def test_a_price_of_ones_own_needs_the_right(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start(login=CASHIER)
        shop.do(shop.till.sell, "1")
        assert shop.code(shop.till.set_price, 0, 100) is Code.NO_RIGHT
        assert shop.receipt().lines[0].price_gr == 349
