"""Vectors of the vendor's sample printouts, as pure functions (§11)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.posnet.arithmetic import (
    exchanged,
    half_up,
    line_value,
    percent_off,
    percent_on,
    spread,
    vat_of,
)


@pytest.mark.parametrize(
    ("gross", "percent", "vat"),
    [
        (999, 8, 74),
        (200, 8, 15),
        (1000, 23, 187),
        (2975, 23, 556),
        (80, 23, 15),
        (160, 8, 12),
        (100, 23, 19),
        (800, 23, 150),
        (9876, 8, 732),
        (350, 8, 26),
        (1020, 23, 191),
        (2000, 8, 148),
        (150, 8, 11),
    ],
)
def test_vat(gross, percent, vat):
    assert vat_of(gross, percent * 100) == vat


@pytest.mark.parametrize("rate", [0, 10_000, 10_100])
def test_no_vat(rate):
    assert vat_of(1000, rate) == 0


@pytest.mark.parametrize(
    ("value", "percent", "discount_first", "discount"),
    [
        (1350, 1500, False, 202),
        (1350, 1500, True, 203),
        (111, 1000, False, 11),
        (1200, 1500, False, 180),
        (3500, 1500, False, 525),
        (100, 2000, False, 20),
        (200, 2000, False, 40),
    ],
)
def test_percent_off(value, percent, discount_first, discount):
    assert percent_off(value, percent, discount_first=discount_first) == discount


def test_percent_on():
    assert percent_on(1350, 1500) == 203


@pytest.mark.parametrize(
    ("totals", "delta", "after"),
    [
        ([1000, 1000, 1000], -100, [966, 967, 967]),
        ([1000, 500], -50, [966, 484]),
        ([333, 333, 334], -1, [332, 333, 334]),
        ([100, 200, 300], +7, [101, 202, 304]),
        ([999, 1], -10, [989, 1]),
        ([1000, 2500], -525, [850, 2125]),
    ],
)
def test_spread(totals, delta, after):
    assert spread(totals, delta) == after


@given(st.lists(st.integers(0, 10**7), min_size=7, max_size=7), st.data())
def test_spread_shares_out_exactly_and_never_the_wrong_way(totals, data):
    total = sum(totals)
    if not total:
        return
    delta = data.draw(st.integers(1 - total, 10**7))
    after = spread(totals, delta)
    assert sum(after) == total + delta
    for old, new in zip(totals, after, strict=True):
        assert (new - old) * delta >= 0
        assert old or not new


@pytest.mark.parametrize(
    ("price", "quantity", "value"),
    [(349, "2.5", 873), (199, "0.333", 66), (245, "1", 245), (1, "0.5", 1), (1, "0.4", 0)],
)
def test_line_value(price, quantity, value):
    assert line_value(price, Decimal(quantity)) == value


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_half_up_is_the_nearest_and_up_from_the_middle(numerator, denominator):
    off = 2 * (half_up(numerator, denominator) * denominator - numerator)
    assert -denominator < off <= denominator


@pytest.mark.parametrize(
    ("amount", "rate", "value"),
    [(10, 40_000, 40), (27, 37_214, 100), (1, 5_000, 1), (1, 4_999, 0), (250, 40_000, 1000)],
)
def test_exchanged(amount, rate, value):
    assert exchanged(amount, rate) == value


@given(st.integers(0, 10**10), st.integers(0, 9999))
def test_tax_is_the_nearest_grosz_of_the_formula(gross, rate):
    exact = Fraction(gross * rate, 10_000 + rate)
    assert abs(vat_of(gross, rate) - exact) <= Fraction(1, 2)


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(0, 9999))
def test_more_sale_never_holds_less_tax(one, other, rate):
    smaller, bigger = sorted((one, other))
    assert vat_of(smaller, rate) <= vat_of(bigger, rate)


@given(st.integers(1, 10**10), st.decimals("0.001", "999.999", places=3))
def test_a_line_value_is_the_nearest_grosz(price, quantity):
    assert abs(line_value(price, quantity) - price * Fraction(quantity)) <= Fraction(1, 2)
