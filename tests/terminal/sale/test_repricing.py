"""Prices that changed while a receipt lay aside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.errors import Code, Rejected
from terminal.sale.line import Line
from terminal.sale.receipt import Receipt
from terminal.sale.repricing import PriceChange, price_changes, repriced

MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 3000)
GIVEN = replace(MILK, price_gr=300)
TENTH = replace(MILK, percent_bp=1000, discount_gr=105)
GONE = replace(MILK, product="gone")
LINES = (MILK, GIVEN, TENTH, GONE, replace(MILK, is_void=True))
RECEIPT = Receipt("r1", "2026-11-23T10:00:00+01:00", "u1", "Anna", lines=LINES)
DEARER, SAME = {"milk": 379}.get, {"milk": 349}.get


def test_only_the_prices_of_the_shop_are_compared() -> None:
    assert price_changes(RECEIPT, DEARER) == (
        PriceChange(0, "Mleko", 349, 379),
        PriceChange(2, "Mleko", 349, 379),
    )
    assert price_changes(RECEIPT, SAME) == ()
    assert repriced(RECEIPT, SAME) is RECEIPT


def test_the_prices_of_today_with_their_discounts() -> None:
    new = repriced(RECEIPT, DEARER)
    assert [line.price_gr for line in new.lines] == [379, 300, 379, 349, 349]
    assert [line.list_price_gr for line in new.lines] == [379, 349, 379, 349, 349]
    assert new.lines[2].discount_gr == 114
    assert price_changes(new, DEARER) == ()


def test_a_discount_that_no_longer_fits_is_told() -> None:
    with pytest.raises(Rejected) as caught:
        repriced(replace(RECEIPT, lines=(replace(MILK, discount_gr=1000),)), {"milk": 1}.get)
    assert caught.value.code is Code.DISCOUNT_TOO_BIG
