from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scale import Weight
from drivers.scale_elzab import ELZAB, find_weight


def test_the_example_of_the_manual():
    assert find_weight(bytes.fromhex("1B 53 20 31 33 2E 30 34 35 0D 0A")) == Weight(13_045, True)


@pytest.mark.parametrize(
    ("data", "weight"),
    [
        (b"\x1bU  0.345\r\n", Weight(345, False)),
        (b"\x1bS- 0.020\r\n", Weight(-20, True, is_underload=True)),
        (b"\x1bS  0.000\r\n", Weight(0, True)),
        (b"\x1bU  1.000\r\n\x1bS  1.250\r\n", Weight(1250, True)),
    ],
)
def test_what_an_answer_says(data, weight):
    assert find_weight(data) == weight


@pytest.mark.parametrize(
    "data",
    [
        b"\x1bS  1.250\r",
        b"   13.045\r\n",  # the basic form does not say whether it is stable
        b"\x18S 13.045000550000" + b"07175x\r\n",
        b"\x1bX  1.250\r\n",
    ],
)
def test_what_is_no_answer(data):
    assert find_weight(data) is None


def test_it_asks_for_the_extended_form():
    assert ELZAB.weigh[0].send == bytes.fromhex("1B 4D 03 82 0A")


@given(st.binary(max_size=40))
def test_hostile_bytes_never_raise(data):
    find_weight(b"\x1bS" + data + b"\r\n")
