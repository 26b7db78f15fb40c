from __future__ import annotations

from functools import reduce
from operator import xor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scale import Weight
from drivers.scale_cas import find_ready, find_weight


def frame(body: bytes) -> bytes:
    return b"\x01\x02" + body + bytes([reduce(xor, body)]) + b"\x03\x04"


@pytest.mark.parametrize(
    ("body", "weight"),
    [
        (b"S 01.250kg", Weight(1250, True)),
        (b"S 00.000kg", Weight(0, True)),
        (b"U 01.250kg", Weight(1250, False)),
        (b"S-00.020kg", Weight(-20, True, is_underload=True)),
        (b"S-00.000kg", Weight(0, True, is_underload=True)),
        (b"S  1.250kg", Weight(1250, True)),
        (b"S 12.50 kg", Weight(12_500, True)),
        (b"S 01.250KG", Weight(1250, True)),
        (b"S 02.750lb", Weight(2750, True, "lb")),
        (b"SF01.250kg", Weight(None, False, is_overload=True)),
        (b"SFFFFFFFkg", Weight(None, False, is_overload=True)),
        (b"U       kg", Weight(None, False)),
    ],
)
def test_what_a_frame_says(body, weight):
    assert find_weight(frame(body)) == weight


@pytest.mark.parametrize(
    "body", [b"X 01.250kg", b"S?01.250kg", b"S 0x.250kg", b"S 1.2500kg", b"S 1..50 kg"]
)
def test_a_frame_that_says_nothing_we_know(body):
    assert find_weight(frame(body)) is None


def test_a_spoilt_frame_is_none():
    good = frame(b"S 01.250kg")
    for place in range(1, len(good) - 1):
        for bit in range(8):
            spoilt = good[:place] + bytes([good[place] ^ 1 << bit]) + good[place + 1 :]
            assert find_weight(spoilt) is None, spoilt


def test_half_a_frame_is_none_yet():
    good = frame(b"S 01.250kg")
    for cut in range(len(good) - 1):
        assert find_weight(good[:cut]) is None
    assert find_weight(good[:-1]) is not None  # the end of transmission tells nothing more


def test_a_checksum_may_look_like_any_control_character():
    seen = set()
    for milli in range(0, 15_000, 5):
        body = f"S {milli // 1000:02}.{milli % 1000:03}kg".encode()
        seen.add(reduce(xor, body))
        assert find_weight(frame(body)) == Weight(milli, True)
    assert len(seen) > 5


def test_the_newest_frame_counts():
    both = frame(b"U 01.000kg") + b"\xff" + frame(b"S 01.250kg")
    assert find_weight(both) == Weight(1250, True)
    assert find_weight(both + b"\x01\x02S 0") == Weight(1250, True)


@pytest.mark.parametrize(
    ("data", "ready"), [(b"", None), (b"\x06", True), (b"\x15", False), (b"\xff\x06", True)]
)
def test_whether_it_is_ready(data, ready):
    assert find_ready(data) is ready


@given(st.binary(max_size=60))
def test_hostile_bytes_never_raise(data):
    find_weight(data)
    find_weight(frame(data[:10].ljust(10)))
