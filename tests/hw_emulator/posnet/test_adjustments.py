"""Discounts and mark-ups, computed here once more by other means (§11)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.posnet.adjustments import Adjustment
from hw_emulator.posnet.codes import Refused

TOTALS = st.lists(st.integers(0, 10**7), min_size=7, max_size=7).filter(any)


def percent(value: int, *, markup: bool = False, check: int | None = None) -> Adjustment:
    return Adjustment(value, check, markup, "")


def amount(value: int, *, markup: bool = False) -> Adjustment:
    return Adjustment(None, value, markup, "")


def code(adjustment: Adjustment, base: int) -> int:
    with pytest.raises(Refused) as caught:
        adjustment.change_of(base, discount_first=False)
    return caught.value.code


def shared(adjustment: Adjustment, totals: list[int], *, discount_first=False) -> list[int] | int:
    """Totals afterwards, or the number of the refusal."""
    try:
        return adjustment.shared(totals, discount_first=discount_first)
    except Refused as refused:
        return refused.code


def half_up(value: Fraction) -> int:
    return (value + Fraction(1, 2)).__floor__()


@pytest.mark.parametrize(
    ("base", "hundredths", "discount_first", "change"),
    [
        (1350, 1500, False, -202),
        (1350, 1500, True, -203),
        (111, 1000, False, -11),
        (1200, 1500, False, -180),
        (3500, 1500, False, -525),
    ],
)
def test_vectors_of_the_vendor(base, hundredths, discount_first, change):
    assert percent(hundredths).change_of(base, discount_first=discount_first) == change


def test_what_is_refused():
    assert code(Adjustment(None, None, is_markup=False, name="x"), 100) == 2601
    assert code(amount(0), 100) == code(percent(0), 100) == 1984
    assert code(amount(100), 100) == code(amount(101), 100) == 1985
    assert code(percent(1000, check=9), 100) == 2801
    assert code(percent(1), 1) == 1984
    assert code(amount(9_999_999_999, markup=True), 1) == 1981


@given(TOTALS, st.integers(1, 9999), st.booleans())
def test_a_percent_works_on_each_rate_by_itself(totals, hundredths, discount_first):
    after = shared(percent(hundredths), totals, discount_first=discount_first)
    if isinstance(after, int):
        assert after in {1984, 1985}
        return
    for old, new in zip(totals, after, strict=True):
        exact = Fraction(old * (10_000 - hundredths), 10_000)
        assert abs(new - exact) <= Fraction(1, 2)
        assert 0 <= new <= old
        if discount_first:
            assert old - new == half_up(Fraction(old * hundredths, 10_000))
        else:
            assert new == half_up(exact)


@given(TOTALS, st.data())
def test_an_amount_is_shared_out_to_the_grosz_and_never_the_wrong_way(totals, data):
    is_markup = data.draw(st.booleans())
    value = data.draw(st.integers(1, 10**6 if is_markup else max(1, sum(totals) - 1)))
    if not is_markup and value >= sum(totals):
        return
    after = amount(value, markup=is_markup).shared(totals, discount_first=False)
    sign = 1 if is_markup else -1
    assert sum(after) == sum(totals) + sign * value
    assert all(sign * (new - old) >= 0 for old, new in zip(totals, after, strict=True))
    # Nobody gets more than a grosz away from his exact share.
    for old, new in zip(totals, after, strict=True):
        assert abs(new - Fraction(old * sum(after), sum(totals))) < 1


@given(TOTALS, st.integers(1, 5000), st.integers(1, 5000), st.booleans())
def test_a_bigger_discount_never_leaves_more(totals, one, other, discount_first):
    smaller, bigger = sorted((one, other))
    less = shared(percent(smaller), totals, discount_first=discount_first)
    more = shared(percent(bigger), totals, discount_first=discount_first)
    if isinstance(less, list) and isinstance(more, list):
        assert all(a >= b for a, b in zip(less, more, strict=True))


@given(TOTALS, st.integers(1, 9999))
def test_a_markup_is_rounded_half_up_per_rate(totals, hundredths):
    after = shared(percent(hundredths, markup=True), totals)
    if isinstance(after, int):
        assert after == 1984
        return
    parts = [half_up(Fraction(total * hundredths, 10_000)) for total in totals]
    assert after == [total + part for total, part in zip(totals, parts, strict=True)]
