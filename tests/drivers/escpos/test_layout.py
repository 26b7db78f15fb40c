from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.layout import beside, wrap

WORDS = st.text(st.sampled_from("ab c,ł"), max_size=120)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 5, [""]),
        ("abc", 5, ["abc"]),
        ("abc de", 5, ["abc", "de"]),
        ("abcde fgh", 5, ["abcde", "fgh"]),
        ("abcdefgh", 5, ["abcde", "fgh"]),
        ("  ab cd", 5, ["  ab", "cd"]),
        ("  abcdefg", 5, ["abcde", "fg"]),
        ("ab   cd", 5, ["ab", "cd"]),
        ("      ", 3, [""]),
    ],
)
def test_wrapping(text, width, expected):
    assert wrap(text, width) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Chleb", "4,50", ["Chleb       4,50"]),
        ("Chleb", "", ["Chleb"]),
        ("", "4,50", ["            4,50"]),
        ("Chleb wiejski duży", "4,50", ["Chleb", "wiejski", "duży        4,50"]),
        ("Suma", "12345678901", ["Suma 12345678901"]),
        ("Suma po rabacie", "12345678901", ["Suma po rabacie", "     12345678901"]),
        ("a", "0123456789abcdefgh", ["a", "0123456789abcdef", "              gh"]),
    ],
)
def test_an_amount_stands_whole_at_the_right_edge(left, right, expected):
    assert beside(left, right, 16) == expected


@given(WORDS, st.integers(1, 60))
def test_no_line_is_too_long_and_no_letter_is_lost(text, width):
    lines = wrap(text, width)
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(WORDS, st.text(st.sampled_from("0123456789 ,-zł"), max_size=70), st.integers(8, 60))
def test_nothing_of_either_side_is_lost(left, right, width):
    lines = beside(left, right, width)
    assert all(len(line) <= width for line in lines)
    bare = "".join(lines).replace(" ", "")
    assert bare == (left + right).replace(" ", "")
    amount = right.strip()
    if amount and len(amount) <= width:
        assert lines[-1].endswith(amount)
        assert len(lines[-1]) == width
