from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scale import Weight
from drivers.scale_toledo import find_status, find_weight


@pytest.mark.parametrize(
    ("data", "weight"),
    [
        (b"\x0201.250\r", Weight(1250, True, is_net=False)),
        (b"\x0201.250N\r", Weight(1250, True, is_net=True)),
        (b"\x02001.250\r", Weight(1250, True, is_net=False)),
        (b"\x02002.75\r", Weight(275, True, "lb", is_net=False)),
        (b"\x02?\x41\r", Weight(None, False, is_net=False)),
        (b"\x02?\x42\r", Weight(None, False, is_net=False, is_overload=True)),
        (b"\x02?\x44\r", Weight(None, False, is_net=False, is_underload=True)),
        (b"\x02?\x61\r", Weight(None, False, is_net=True)),
        (b"\x02?\x50\r", Weight(None, False, is_net=False, is_unchanged=True)),
        (b"noise\x02?\x41\r\x0201.250\r", Weight(1250, True, is_net=False)),
    ],
)
def test_what_an_answer_says(data, weight):
    assert find_weight(data) == weight


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x0201.25",
        b"01.250\r",
        b"\x0201.2500\r",
        b"\x021.250\r",
        b"\x0201,250\r",
        b"\x02?\xc1\r",  # the parity bit: the line is set up wrongly
        b"\x02?\x01\r",
        b"\x02\xb01.250\r",
    ],
)
def test_what_is_no_answer(data):
    assert find_weight(data) is None


@pytest.mark.parametrize(
    ("data", "is_done"),
    [(b"\x02?\x50\r", True), (b"\x02?\x60\r", True), (b"\x02?\x41\r", False), (b"\x02?", None)],
)
def test_whether_a_command_was_carried_out(data, is_done):
    assert find_status(data) is is_done


@given(st.binary(max_size=60) | st.from_regex(rb"\x02[\x40-\x7f?0-9.N]{0,9}\r", fullmatch=True))
def test_hostile_bytes_never_raise(data):
    weight = find_weight(data)
    assert weight is None or weight.milli is None or 0 <= weight.milli < 1_000_000
