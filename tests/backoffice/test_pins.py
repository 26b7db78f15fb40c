from __future__ import annotations

import pytest

from backoffice import pins


@pytest.mark.parametrize("text", ["1234", "00000000", "593827"])
def test_four_to_eight_digits_are_a_pin(text):
    assert pins.is_pin(text)


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a4", "12 4", "١٢٣٤", "1234\n"])
def test_anything_else_is_none(text):
    assert not pins.is_pin(text)


@pytest.mark.parametrize("pin", ["1111", "1234", "4321", "567890", "2580", "1987", "2024"])
def test_what_is_tried_first_is_weak(pin):
    assert pins.is_weak(pin)


def test_the_identifier_is_no_secret():
    assert pins.is_weak("4700", "47")
    assert pins.is_weak("0047", "47")
    assert not pins.is_weak("4705", "47")


@pytest.mark.parametrize("pin", ["5938", "7146", "30175", "88213947"])
def test_others_are_not(pin):
    assert not pins.is_weak(pin)
