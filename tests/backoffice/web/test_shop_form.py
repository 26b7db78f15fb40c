from __future__ import annotations

import pytest

from backoffice.web import i18n, shop_form
from terminal.sync import wire

GOOD = {"name": "Kino", "street": "Złota 44", "postal_code": "00-120", "city": "Warszawa"}


@pytest.fixture(autouse=True)
def english():
    with i18n.speaking("en"):
        yield


def test_what_the_form_shows_is_read_back():
    row = wire.Shop(id="kino", company="Pod Lipą", nip="1234563218", **GOOD)
    assert shop_form.filled(row) == GOOD
    assert shop_form.read(GOOD) == (GOOD, {})


def test_blanks_and_breaks_are_put_right_and_a_postal_code_gets_its_hyphen():
    typed = {
        "name": " Kino \r\n Luna",
        "street": "Złota  44",
        "postal_code": "00120",
        "city": "Łódź",
    }
    row, errors = shop_form.read(typed)
    assert errors == {}
    assert row == {
        "name": "Kino Luna",
        "street": "Złota 44",
        "postal_code": "00-120",
        "city": "Łódź",
    }


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("name", "", "Fill this in"),
        ("street", "x" * 71, "At most 70 characters"),
        ("city", ["a", ""], "Fill this in"),
        ("postal_code", "0-120", "Write a postal code such as 00-950"),
        ("postal_code", "٠٠-١٢٠", "Write a postal code such as 00-950"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(name, text, reason):
    assert shop_form.read({**GOOD, name: text})[1] == {name: reason}


def test_every_fault_is_said_at_once():
    assert set(shop_form.read({})[1]) == set(GOOD)
