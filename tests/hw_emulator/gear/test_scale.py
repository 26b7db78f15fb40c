from __future__ import annotations

import time
from functools import reduce
from operator import xor

import pytest

from hw_emulator.gear.scale import CAPACITY_MILLI, Scale

ELZAB = b"\x1bM\x03\x82\n"


def asked(scale: Scale, *questions: bytes) -> bytes:
    sent = []
    feed = scale.connect(sent.append, 1)
    for question in questions:
        feed(question)
    return b"".join(sent)


def scale(protocol="cas", **hand) -> Scale:
    one = Scale(protocol)
    one.hand(**hand)
    return one


def cas(text: bytes) -> bytes:
    return b"\x06\x01\x02" + text + bytes([reduce(xor, text)]) + b"\x03\x04"


@pytest.mark.parametrize(
    ("hand", "answer"),
    [
        ({"load_milli": 1250}, cas(b"S 01.250kg")),
        ({"load_milli": 1252}, cas(b"S 01.250kg")),  # to the division
        ({"load_milli": -20}, cas(b"S-00.020kg")),
        ({"load_milli": 1250, "tare_milli": 250}, cas(b"S 01.000kg")),
        ({"load_milli": CAPACITY_MILLI + 5}, cas(b"SFFFFFFFkg")),
        ({}, cas(b"S 00.000kg")),
    ],
)
def test_cas(hand, answer):
    assert asked(scale(**hand), b"\x05", b"\x11") == answer


def test_a_swinging_pan_is_unstable():
    one = scale(load_milli=1000, swing_milli=50)
    answers = {asked(one, b"\x05", b"\x11") for _ in range(20)}
    assert len(answers) > 3
    assert all(answer[3:4] == b"U" for answer in answers)


def test_goods_that_dry_or_drip_drift():
    one = scale(load_milli=1000, drift_milli=-5)
    first, second = (asked(one, b"\x05", b"\x11") for _ in range(2))
    assert (first[5:11], second[5:11]) == (b"01.000", b"00.995")


@pytest.mark.parametrize(
    ("hand", "answer"),
    [
        ({"load_milli": 1250}, b"\x0201.250\r"),
        ({"load_milli": 1250, "tare_milli": 250}, b"\x0201.000N\r"),
        ({"load_milli": 1250, "swing_milli": 1}, b"\x02?\x41\r"),
        ({"load_milli": CAPACITY_MILLI + 5}, b"\x02?\x42\r"),
        ({"load_milli": -20}, b"\x02?\x44\r"),
    ],
)
def test_toledo(hand, answer):
    assert asked(scale("toledo", **hand), b"W") == answer


def test_zero_and_tare():
    one = scale("toledo", load_milli=40)
    assert asked(one, b"Z") == b"\x02?\x50\r"
    assert asked(one, b"W") == b"\x0200.000\r"
    one.hand(load_milli=540)
    assert asked(one, b"T") == b"\x02?\x60\r"
    one.hand(load_milli=1040)
    assert asked(one, b"W") == b"\x0200.500N\r"


@pytest.mark.parametrize("key", [b"Z", b"T"])
def test_nothing_is_zeroed_while_it_swings(key):
    one = scale("toledo", load_milli=500, swing_milli=5)
    assert asked(one, key) == b"\x02?\x41\r"
    one.hand(swing_milli=0)
    assert asked(one, b"W") == b"\x0200.500\r"


def test_a_lazy_scale_tells_a_weight_once():
    one = scale("toledo", load_milli=500, is_lazy=1)
    assert asked(one, b"W", b"W") == b"\x0200.500\r\x02?\x40\r"
    one.hand(load_milli=600)
    assert asked(one, b"W") == b"\x0200.600\r"


@pytest.mark.parametrize(
    ("hand", "answer"),
    [
        ({"load_milli": 13_045}, b"\x1bS 13.045\r\n"),
        ({"load_milli": 345}, b"\x1bS  0.345\r\n"),
        ({"load_milli": -20}, b"\x1bS- 0.020\r\n"),
        ({"load_milli": CAPACITY_MILLI + 5}, b""),
    ],
)
def test_elzab(hand, answer):
    assert asked(scale("elzab", **hand), ELZAB) == answer


@pytest.mark.parametrize("protocol", ["cas", "toledo", "elzab"])
def test_rubbish_is_not_answered_and_does_no_harm(protocol):
    one = Scale(protocol)
    assert asked(one, b"\x00\xffhello" * 100) == b""
    question = {"cas": b"\x05", "toledo": b"W", "elzab": ELZAB}[protocol]
    assert asked(one, question[:1], question[1:])


def test_silent_garbled_slow():
    one = scale(load_milli=1250)
    good = asked(one, b"\x05", b"\x11")
    one.hand(is_silent=1)
    assert asked(one, b"\x05", b"\x11") == b""
    one.hand(is_silent=0, is_garbled=1)
    spoilt = asked(one, b"\x05", b"\x11")
    assert spoilt != good
    assert len(spoilt) == len(good)
    one.hand(is_garbled=0, delay_s=0.02)
    began_s = time.monotonic()
    assert asked(one, b"\x05", b"\x11") == good
    assert time.monotonic() - began_s >= 0.04
    assert one.asked == 8


def test_what_cannot_be_set():
    with pytest.raises(ValueError, match="no colour"):
        Scale().hand(colour=3)
    with pytest.raises(ValueError, match="none of the protocols"):
        Scale("morse")
