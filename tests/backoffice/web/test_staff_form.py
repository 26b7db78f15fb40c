from __future__ import annotations

import pytest

from backoffice.staff import Person, Place
from backoffice.web import i18n, staff_form
from terminal.sync import wire

ROLES, SHOPS = {"kasjer": "Kasjer"}, {"lipa": "Sklep Pod Lipą", "kino": "Kino"}
GOOD = {
    "name": "Ola",
    "identifier": "77",
    "role": "kasjer",
    "language": "pl",
    "pin": "593827",
    "shops": ["lipa", "kino"],
}


@pytest.fixture(autouse=True)
def english():
    with i18n.speaking("en"):
        yield


def read(**typed):
    return staff_form.read({**GOOD, **typed}, ROLES, SHOPS)


def test_what_was_typed_is_told():
    assert read() == (GOOD, {})
    assert read(pin="")[1] == {}


def test_the_form_of_a_person_shows_no_pin():
    user = wire.User("1", "77", "Ola", "kasjer", "$scrypt$x", "pl")
    off = wire.User("1", "77", "Ola", "kasjer", "$scrypt$x", "pl", is_active=False)
    person = Person("1", {"lipa": Place(user, 3), "kino": Place(off, 4)})
    shown = staff_form.filled(person)
    assert shown == {
        "name": "Ola",
        "identifier": "77",
        "role": "kasjer",
        "language": "pl",
        "shops": ["lipa"],
    }


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("name", " ", "Fill this in"),
        ("name", "x" * 33, "At most 32 characters"),
        ("identifier", "٧", "1 to 10 digits, as they are typed at the till"),
        ("role", "szef", "Choose one of the list"),
        ("language", "de", "Choose one of the list"),
        ("shops", "nobody", "Choose one of the list"),
        ("pin", "123", "A PIN has 4 to 8 digits"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(name, text, reason):
    assert read(**{name: text})[1] == {name: reason}


@pytest.mark.parametrize("pin", ["1111", "1234", "7700"])
def test_a_pin_that_is_guessed_first_must_be_meant(pin):
    assert set(read(pin=pin)[1]) == {"pin"}
    assert read(pin=pin, sure="yes")[1] == {}


def test_a_shop_of_others_is_not_told():
    assert read(shops=["lipa", "nobody"])[0]["shops"] == ["lipa"]
