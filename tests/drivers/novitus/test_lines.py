"""What is left of a receipt's entries, to the grosz."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import Refused, Why
from drivers.fiscal import (
    VAT_LETTERS,
    Advance,
    Discount,
    Item,
    LineDiscount,
    Packaging,
    Promotion,
    RateDiscount,
    Subtotal,
)
from drivers.novitus.lines import change, lines_of
from terminal.sale.money import spread

MILK = Item("Mleko 2 %", "A", 349, 2500, 873)
BREAD = Item("Chleb żytni", "B", 500, 1000, 500, discount=Discount(50, "rabat"))
BEER = Item("Piwo", "A", 800, 3000, 2400)


def by_letter(lines) -> tuple[int, ...]:
    return tuple(
        sum(line.final_gr for line in lines if line.item.vat == letter) for letter in VAT_LETTERS
    )


def finals(*entries, discount=None) -> list[int]:
    return [line.final_gr for line in lines_of(entries, discount)]


def test_a_storno_leaves_no_trace():
    assert lines_of((MILK, BEER, replace(BEER, is_storno=True)), None) == lines_of((MILK,), None)
    assert lines_of((MILK, BREAD, replace(BREAD, is_storno=True)), None) == lines_of((MILK,), None)
    part = replace(BEER, qty_milli=1000, value_gr=800, is_storno=True)
    (left,) = lines_of((BEER, part), None)
    assert (left.qty_milli, left.value_gr) == (2000, 1600)
    last, *_ = lines_of((BEER, MILK, BEER, part, part), None)[::-1]
    assert last.qty_milli == 1000, "the last line that holds it"


@pytest.mark.parametrize(
    "storno",
    [
        replace(BEER, qty_milli=4000, value_gr=3200, is_storno=True),
        replace(BEER, vat="B", is_storno=True),
        replace(BEER, price_gr=801, is_storno=True),
        replace(BEER, name="Wino", is_storno=True),
        replace(BEER, discount=Discount(1), is_storno=True),
        replace(MILK, qty_milli=500, value_gr=175, is_storno=True),  # 2 × 3.49 is not 6.98 then
    ],
)
def test_a_storno_of_something_else(storno):
    sold = replace(MILK, value_gr=872)
    with pytest.raises(Refused, match="storno") as caught:
        lines_of((BEER, sold, storno), None)
    assert caught.value.item == storno.name


def test_a_discount_after_the_line():
    off = LineDiscount("Piwo", "A", 2400, Discount(100, "karta"))
    (beer, _) = lines_of((BEER, MILK, off), None)
    assert (beer.final_gr, beer.change_name) == (2300, "karta")
    assert finals(BEER, off, replace(off, is_storno=True, base_gr=2300)) == [2400]
    assert finals(BREAD, LineDiscount("Chleb żytni", "B", 450, Discount(10))) == [440]


@pytest.mark.parametrize(
    "off",
    [
        LineDiscount("Piwo", "A", 2399, Discount(1)),
        LineDiscount("Piwo", "B", 2400, Discount(1)),
        LineDiscount("Wino", "A", 2400, Discount(1)),
        LineDiscount("Piwo", "A", 2400, Discount(2401)),
    ],
)
def test_a_discount_after_another_line(off):
    with pytest.raises(Refused, match="the one the discount means"):
        finals(BEER, off)


def test_discounts_on_a_letter_and_on_all_so_far():
    assert finals(BEER, BREAD, RateDiscount("A", Discount(100))) == [2300, 450]
    assert finals(BEER, BREAD, Promotion("B", 50)) == [2400, 400]
    assert finals(BEER, BREAD, Promotion("B", 50), Promotion("B", 50, is_storno=True)) == [
        2400,
        450,
    ]
    assert finals(BEER, Subtotal(), BREAD) == [2400, 450]
    assert finals(BEER, Subtotal(Discount(240)), BREAD) == [2160, 450]


def test_the_first_name_stays_on_paper():
    (line,) = lines_of((BREAD, RateDiscount("B", Discount(10, "piątek"))), Discount(10, "karta"))
    assert (line.change_gr, line.change_name) == (-70, "rabat")
    (line,) = lines_of((MILK,), Discount(10, "karta"))
    assert line.change_name == "karta"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (RateDiscount("B", Discount(1)), Why.DISCOUNT),
        (RateDiscount("A", Discount(2401)), Why.DISCOUNT),
        (Promotion("A", 2401), Why.DISCOUNT),
        (Subtotal(Discount(2401)), Why.DISCOUNT),
        (Packaging(100, 1), Why.OTHER),
        (Advance("A", 1, 1), Why.OTHER),
    ],
)
def test_what_cannot_be_said(entry, why):
    with pytest.raises(Refused) as caught:
        finals(BEER, entry)
    assert (caught.value.why, caught.value.code) == (why, 0)


SOLD = st.lists(
    st.tuples(st.sampled_from(VAT_LETTERS[:4]), st.integers(1, 100_000)), min_size=1, max_size=9
)


@given(SOLD, st.data())
def test_a_discount_is_shared_as_the_till_expects(sold, data):
    """Totals per letter must be those of our journal: another grosz would stop the till."""
    items = tuple(Item("x", vat, price, 1000, price) for vat, price in sold)
    totals = by_letter(lines_of(items, None))
    amount = data.draw(st.integers(0, sum(totals) - 1))
    lines = lines_of(items, Discount(amount, "karta"))
    assert all(line.final_gr >= 0 for line in lines)
    assert by_letter(lines) == spread(totals, amount)


@given(SOLD, st.data())
def test_a_discount_on_a_letter_touches_no_other(sold, data):
    items = tuple(Item("x", vat, price, 1000, price) for vat, price in sold)
    totals = by_letter(lines_of(items, None))
    letter = data.draw(st.sampled_from([vat for vat, _ in sold]))
    place = VAT_LETTERS.index(letter)
    discount = data.draw(
        st.builds(Discount, st.integers(0, totals[place]), is_markup=st.booleans())
    )
    lines = lines_of((*items, RateDiscount(letter, discount)), None)
    expected = list(totals)
    expected[place] += change(discount)
    assert by_letter(lines) == tuple(expected)
    assert all(line.final_gr >= 0 for line in lines)
