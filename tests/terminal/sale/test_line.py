"""One line: its worth, its discount, its limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.fiscal import PercentMode
from terminal.errors import Code, Rejected
from terminal.sale.line import Line, Reduction, check, discounted, recounted, take_off

CHEESE = Line("cheese", "2", "", "Ser", "kg", 3, "A", 2300, 2990, 2990, 250)
VALUE, DISCOUNT = PercentMode.VALUE_FIRST, PercentMode.DISCOUNT_FIRST


def test_worth() -> None:
    assert (CHEESE.value_gr, CHEESE.gross_gr) == (748, 748)
    assert replace(CHEESE, discount_gr=48).gross_gr == 700
    assert replace(CHEESE, discount_gr=48, is_void=True).gross_gr == 0


def test_a_discount_is_an_amount_or_a_percent() -> None:
    assert discounted(CHEESE, Reduction(48, None), VALUE) == replace(CHEESE, discount_gr=48)
    tenth = discounted(CHEESE, Reduction(None, 1000), VALUE)
    assert tenth == replace(CHEESE, discount_gr=75, percent_bp=1000)
    assert discounted(tenth, Reduction(None, 0), VALUE) == CHEESE
    assert discounted(tenth, Reduction(None, None), VALUE) == CHEESE


def test_only_percents_are_recounted() -> None:
    bread = replace(CHEESE, price_gr=1350, qty_milli=1000)
    off = discounted(bread, Reduction(None, 1500), VALUE)
    assert (off.discount_gr, recounted(off, DISCOUNT).discount_gr) == (202, 203)
    amount = discounted(bread, Reduction(202, None), VALUE)
    assert recounted(amount, DISCOUNT) is amount


@pytest.mark.parametrize(
    ("amount_gr", "percent_bp"),
    [(748, None), (-9_999_999_999, None), (None, 10_000), (None, -10_000), (9, 20_000)],
)
def test_a_discount_leaves_something(amount_gr, percent_bp) -> None:
    with pytest.raises(Rejected) as caught:
        take_off(748, Reduction(amount_gr, percent_bp), VALUE)
    assert caught.value.code is Code.DISCOUNT_TOO_BIG


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"price_gr": 0}, Code.BAD_AMOUNT),
        ({"qty_milli": 0}, Code.BAD_AMOUNT),
        ({"price_gr": 1, "qty_milli": 1}, Code.BAD_AMOUNT),
        ({"precision": 0}, Code.NOT_A_WHOLE),
        ({"discount_gr": 748}, Code.DISCOUNT_TOO_BIG),
    ],
)
def test_a_line_that_cannot_be_sold(change, code) -> None:
    assert check(CHEESE) is CHEESE
    with pytest.raises(Rejected) as caught:
        check(replace(CHEESE, **change))
    assert caught.value.code is code
