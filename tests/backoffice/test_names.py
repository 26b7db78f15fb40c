from __future__ import annotations

import pytest

from backoffice.names import compared


@pytest.mark.parametrize("name", ["Coca-Cola", "coca cola", "COCA:COLA", " CocaCola! "])
def test_what_the_printer_ignores_makes_no_difference(name):
    assert compared(name) == "cocacola"


def test_polish_letters_are_letters_of_either_case():
    assert compared("ŻÓŁĆ") == compared("żółć") == "żółć"
    assert compared("Łosoś") != compared("Losos")


def test_digits_and_five_signs_count():
    assert compared(r"Sok 100% 1,5 l / a.b\c") == r"sok100%1,5l/a.b\c"


def test_other_signs_alone_are_an_empty_name():
    assert compared("???? -*&#") == ""
