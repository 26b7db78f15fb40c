"""Rounding, held against the printer maker's own sample printouts (POT-I-DEV-37)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import EXEMPT, INACTIVE, PercentMode
from terminal.sale import money


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [
        (999, 800, 74),
        (200, 800, 15),
        (1000, 2300, 187),
        (2975, 2300, 556),
        (80, 2300, 15),
        (160, 800, 12),
        (100, 2300, 19),
        (800, 2300, 150),
        (9876, 800, 732),
        (350, 800, 26),
        (1020, 2300, 191),
        (2000, 800, 148),
        (150, 800, 11),
    ],
)
def test_tax_as_on_sample_printouts(gross: int, rate: int, tax: int) -> None:
    assert money.tax_of(gross, rate) == tax


@pytest.mark.parametrize("marker", [EXEMPT, INACTIVE])
def test_exempt_letters_hold_no_tax(marker: int) -> None:
    assert money.tax_of(10_000, marker) == 0


@pytest.mark.parametrize(
    ("totals", "discount", "after"),
    [
        ((1000, 1000, 1000, 0, 0, 0, 0), 100, (966, 967, 967, 0, 0, 0, 0)),
        ((1000, 500, 0, 0, 0, 0, 0), 50, (966, 484, 0, 0, 0, 0, 0)),
        ((333, 333, 334, 0, 0, 0, 0), 1, (332, 333, 334, 0, 0, 0, 0)),
        ((100, 200, 300, 0, 0, 0, 0), -7, (101, 202, 304, 0, 0, 0, 0)),
    ],
)
def test_spread_as_the_printer_does(totals, discount, after) -> None:
    assert money.spread(totals, discount) == after


def test_spread_refuses_to_leave_nothing() -> None:
    with pytest.raises(ValueError, match="discount 100 of 100"):
        money.spread((100, 0, 0, 0, 0, 0, 0), 100)


@pytest.mark.parametrize(
    ("price", "qty", "value"),
    [(349, 2500, 873), (199, 333, 66), (245, 1000, 245), (1, 499, 0), (1, 500, 1)],
)
def test_line_value_rounds_half_up(price: int, qty: int, value: int) -> None:
    assert money.line_value(price, qty) == value


@pytest.mark.parametrize(
    ("amount", "percent", "value_first", "discount_first"),
    [
        (1350, 1500, 202, 203),
        (111, 1000, 11, 11),
        (1200, 1500, 180, 180),
        (3500, 1500, 525, 525),
        (100, 2000, 20, 20),
        (200, 2000, 40, 40),
        (1, 5000, 0, 1),
        (349, 9999, 349, 349),
        (0, 1500, 0, 0),
    ],
)
def test_percent_in_both_ways(amount, percent, value_first, discount_first) -> None:
    assert money.percent_off(amount, percent, PercentMode.VALUE_FIRST) == value_first
    assert money.percent_off(amount, percent, PercentMode.DISCOUNT_FIRST) == discount_first


def test_a_percent_comes_off_each_letter() -> None:
    totals = (100, 200, 0, 0, 0, 0, 1350)
    ways = {mode: money.percent_off_letters(totals, 2000, mode) for mode in PercentMode}
    assert ways[PercentMode.VALUE_FIRST] == (80, 160, 0, 0, 0, 0, 1080)
    assert money.percent_off_letters(totals, 1500, PercentMode.VALUE_FIRST)[6] == 1148
    assert money.percent_off_letters(totals, 1500, PercentMode.DISCOUNT_FIRST)[6] == 1147


@given(st.integers(0, 10**10), st.integers(0, 9999))
def test_both_ways_differ_by_a_grosz_at_most_and_never_go_wrong(amount, percent) -> None:
    first, second = (money.percent_off(amount, percent, mode) for mode in PercentMode)
    assert 0 <= second - first <= 1
    for off in (first, second):
        assert 0 <= off <= amount
        assert abs(off * 10_000 - amount * percent) <= 5_000


def test_an_amount_in_a_sentence() -> None:
    assert [money.show_gr(n) for n in (0, 5, 123456, -50)] == ["0,00", "0,05", "1234,56", "-0,50"]


amounts = st.integers(0, 10_000_000)


@given(st.tuples(*[amounts] * 7).filter(any), st.data())
def test_spread_keeps_the_sum_and_the_direction(totals, data) -> None:
    discount = data.draw(st.integers(0, sum(totals) - 1))
    after = money.spread(totals, discount)
    assert sum(after) == sum(totals) - discount
    assert all(new <= old for new, old in zip(after, totals, strict=True))


@given(amounts, st.integers(0, 9999))
def test_tax_is_part_of_gross(gross: int, rate: int) -> None:
    tax = money.tax_of(gross, rate)
    assert 0 <= tax <= gross
    # Half up to the grosz: the exact value is at most half a grosz away.
    assert abs(tax * (10_000 + rate) - gross * rate) * 2 <= 10_000 + rate


def test_by_letter_and_differences() -> None:
    totals = money.by_letter([("A", 100), ("G", 5), ("A", 1)])
    assert totals == (101, 0, 0, 0, 0, 0, 5)
    assert money.minus(totals, (1, 0, 0, 0, 0, 0, 5)) == (100, 0, 0, 0, 0, 0, 0)
    assert money.plus(totals, totals) == (202, 0, 0, 0, 0, 0, 10)
