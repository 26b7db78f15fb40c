"""Packets: what goes in comes out, what is none is never taken for one."""

from __future__ import annotations

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.novitus.packet import PACKET_MAX, Packet, check, decode, encode

TEXT = st.text(st.characters(codec="cp1250", exclude_characters="\x1b"), max_size=40)


@pytest.mark.parametrize(
    ("body", "digits"), [(b"1$d", b"8E"), (b"0$e", b"8E"), (b"23#s", b"AE"), (b"", b"FF")]
)
def test_check(body, digits):
    assert check(body) == digits


def test_the_makers_own_examples():
    assert encode(Packet("#v"), is_checked=False) == base64.b64decode("G1Ajdhtc")
    answer = base64.b64decode("G1AxI1JQT0lOVC8xLjAxG1w=")
    assert decode(answer) == Packet("#R", "1", "POINT/1.01")


def test_an_answer_with_and_without_check():
    packet = Packet("#X", "2", "0;1;0;1;1;0;26;10;9/23.00/ABC 1/")
    for is_checked in (True, False):
        assert decode(encode(packet, is_checked=is_checked)) == packet


@given(st.from_regex(r"\A[0-9;]{0,10}\Z"), st.sampled_from(["#s", "$p", "$f"]), TEXT)
def test_round_trip(parameters, command, text):
    packet = Packet(command, parameters, text)
    assert decode(encode(packet)) == packet


def test_an_escape_cannot_end_a_packet_early():
    with pytest.raises(ValueError, match="escape"):
        encode(Packet("$f", "0", "Sklep\x1b\\"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1bP\x1b\\",
        b"#s",
        b"\x1bP#s",
        b"#s\x1b\\",
        b"\x1bPabc\x1b\\",
        b"\x1bP1#s\x1b\\\x1bP1#s\x1b\\",
        b"\x1bP1#s" + b"x" * PACKET_MAX + b"\x1b\\",
    ],
)
def test_no_packet(data):
    assert decode(data) is None


def test_mutations_never_raise():
    dice = random.Random(7)
    seed = encode(Packet("#X", "2", "0;1;0;1;1;0;26;10;9/23.00/8.00/0000012/1.23/ABC/"))
    for _ in range(10_000):
        data = bytearray(seed)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        cut = dice.randrange(len(data) + 1)
        found = decode(bytes(data[:cut] if dice.random() < 0.3 else data))
        assert found is None or isinstance(found, Packet)
