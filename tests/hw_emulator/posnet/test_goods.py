from __future__ import annotations

import pytest

from hw_emulator.posnet.goods import height, identity


@pytest.mark.parametrize("name", ["Coca-Cola", "coca cola", "COCA:COLA", " c o c a c o l a "])
def test_names_that_are_one(name):
    assert identity(name) == "COCACOLA"


@pytest.mark.parametrize(
    ("one", "other"),
    [("sól", "sol"), ("1,5 l", "15 l"), ("A/B", "AB"), ("5%", "5"), ("a\\b", "ab")],
)
def test_names_that_differ(one, other):
    assert identity(one) != identity(other)


def test_polish_letters_have_no_case():
    assert identity("zażółć GĘŚLĄ") == identity("ZAŻÓŁĆ gęślą")


@pytest.mark.parametrize("name", ["", "????", " - ", "!@#$"])
def test_names_that_are_none(name):
    assert identity(name) == ""


def test_exempt_is_the_lowest_rate():
    assert height(10_000) < height(0) < height(500) < height(2300)
