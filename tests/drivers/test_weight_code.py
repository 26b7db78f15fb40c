from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gs1 import check_digit
from drivers.weight_code import WeightCode, price_check_digit, read_pattern


def ean(digits: str) -> str:
    return digits + str(check_digit(digits))


def test_a_weight():
    code = ean("281234501250")
    assert read_pattern("28PPPPPWWWWWC").match(code) == WeightCode(
        "12345", ("12345", "12345", ean("281234500000"), "2812345000000"), qty_milli=1250
    )


def test_an_amount():
    found = read_pattern("27PPPPPAAAAAC").match(ean("270012301599"))
    assert (found.product, found.amount_gr, found.qty_milli) == ("00123", 1599, None)
    assert found.codes[0] == "123"


def test_an_article_of_the_shops_own():
    found = read_pattern("20PPPPPPPPPPC").match(ean("200000000042"))
    assert (found.codes[0], found.qty_milli, found.amount_gr) == ("42", None, None)


def test_digits_of_no_meaning():
    found = read_pattern("29PPPPXWWWWWC").match(ean("290123700500"))
    assert (found.product, found.qty_milli) == ("0123", 500)
    assert found.codes[2] == ean("290123000000")


def test_eight_digits():
    found = read_pattern("2PPWWWWC").match(ean("2070500"))
    assert (found.product, found.qty_milli) == ("07", 500)


@pytest.mark.parametrize(
    "code",
    [
        "2812345012501",  # the check digit is another
        ean("271234501250"),  # the prefix is another
        "28123450125",
        "",
        "28123450125" + "xx",
        "２８１２３４５０１２５０６",
        "*" * 13,
    ],
)
def test_another_code_is_not_taken_for_one(code):
    assert read_pattern("28PPPPPWWWWWC").match(code) is None


@pytest.mark.parametrize(("digits", "check"), [("2875", 9), ("14685", 6), ("0000", 0)])
def test_the_check_digit_of_a_price_field(digits, check):
    """The two examples of the specification."""
    assert price_check_digit(digits) == check


@pytest.mark.parametrize("length", [4, 5])
def test_it_notices_any_wrong_digit(length):
    for number in range(0, 10**length, 97):
        digits = str(number).zfill(length)
        check = price_check_digit(digits)
        for place in range(length):
            for wrong in set("0123456789") - {digits[place]}:
                other = digits[:place] + wrong + digits[place + 1 :]
                assert price_check_digit(other) != check, (digits, other)


def test_no_check_digit_for_other_lengths():
    assert price_check_digit("123") is None


def test_an_inner_check_digit_must_fit():
    pattern = read_pattern("27PPPPPVAAAAC")
    good = pattern.match(ean("2712345" + str(price_check_digit("2875")) + "2875"))
    assert good.amount_gr == 2875
    assert good.codes[2] == ean("271234500000")
    assert pattern.match(ean("2712345" + "0" + "2875")) is None


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ("28PPPPPWWWWW", "8, 12 or 13"),
        ("28PPPPPWWWWWCC", "8, 12 or 13"),
        ("PPPPPPPWWWWWC", "8, 12 or 13"),
        ("28pppppwwwwwc", "8, 12 or 13"),
        ("28PPWWWWWPPPC", "the P of a weight code stand together"),
        ("28WWWWWXXXXXC", "names no article"),
        ("28PPPPPWWAAAC", "a weight .W. or an amount .A., not both"),
        ("28PPPPVWWWWWW", "8, 12 or 13"),
        ("28PPPVWWWWWWC", "V checks a weight or amount of four or five"),
        ("28PPPPVVWWWWC", "V checks"),
        ("28PPPPPPPPPVC", "V checks"),
        ("", "8, 12 or 13"),
    ],
)
def test_a_pattern_that_cannot_be_is_explained(shape, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_pattern(shape)


@given(st.text(max_size=14), st.sampled_from(["28PPPPPWWWWWC", "27PPPPPVAAAAC", "2PPWWWWC"]))
def test_hostile_codes_never_raise(code, shape):
    read_pattern(shape).match(code)


@given(st.integers(0, 99999), st.integers(0, 99999))
def test_what_a_scale_prints_is_read_back(product, weight):
    found = read_pattern("28PPPPPWWWWWC").match(ean(f"28{product:05}{weight:05}"))
    assert (found.product, found.qty_milli) == (f"{product:05}", weight)
