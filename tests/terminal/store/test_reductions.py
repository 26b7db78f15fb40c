"""Discounts and mark-ups of a day by VAT letter, of lines and of whole receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.reductions import day_reductions
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def reductions(shop: Desk):
    return shop.do(day_reductions, shop.context.journal, 1)


def test_a_day_without_any_has_none(shop: Desk) -> None:
    shop.pay("1", "3")
    assert reductions(shop) == ((0,) * 7, (0,) * 7)


def test_lines_and_whole_receipts_are_added_by_letter(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, amount_gr=49)
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.discount_line, 1, amount_gr=-1)
    shop.pay()
    assert reductions(shop) == ((0, 0, 49, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0, 0))
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.discount_receipt, percent_bp=1000)
    receipt = shop.receipt()
    shop.pay()
    discounts, markups = reductions(shop)
    assert sum(discounts) == 49 + receipt.discount_gr
    assert discounts == (400, 0, 49 + receipt.discount_gr - 400, 0, 0, 0, 0)
    assert markups == (1, 0, 0, 0, 0, 0, 0)


def test_a_line_that_was_struck_through_and_another_day_do_not_count(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, amount_gr=49)
    shop.do(shop.till.void_line, 0)
    shop.pay("3")
    shop.close_day()
    shop.do(shop.till.login, "2")
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, amount_gr=10)
    shop.pay()
    assert reductions(shop) == ((0,) * 7, (0,) * 7)
