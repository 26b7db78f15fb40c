from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.escpos.parser import SEQUENCE_MAX, Op, Parser

CASES = {
    b"abc\n": [Op("text", b"abc"), Op("control", b"\n")],
    b"\x1b@\x1bt\x12": [Op("ESC @", b""), Op("ESC t", b"\x12")],
    b"\x1bp\x00\x19\xfa": [Op("ESC p", b"\x00\x19\xfa")],
    b"\x1dV\x00": [Op("GS V", b"\x00")],
    b"\x1dVB\x00x": [Op("GS V", b"B\x00"), Op("text", b"x")],
    b"\x1dk\x02590123412345\x00": [Op("GS k", b"\x02590123412345\x00")],
    b"\x1dk\x0012345678901\x00": [Op("GS k", b"\x0012345678901\x00")],
    b"\x1dkI\x04{B12": [Op("GS k", b"I\x04{B12")],
    b"\x1d(k\x03\x001Q0": [Op("GS (", b"k\x03\x001Q0")],
    b"\x1dv0\x00\x02\x00\x01\x00\xaa\xbb!": [
        Op("GS v", b"0\x00\x02\x00\x01\x00\xaa\xbb"),
        Op("text", b"!"),
    ],
    b"\x1b*!\x01\x00\x1b@\x1d": [Op("ESC *", b"!\x01\x00\x1b@\x1d")],
    b"\x1bD\x08\x10\x00a": [Op("ESC D", b"\x08\x10\x00"), Op("text", b"a")],
    b"\x10\x04\x01": [Op("DLE 4", b"\x01")],
    b"\x10\x14\x01\x00\x05": [Op("DLE 20", b"\x01\x00\x05")],
    b"\x1d8L\x02\x00\x00\x00ab": [Op("GS 8", b"L\x02\x00\x00\x00ab")],
    b"\x1b\xffabc": [Op("text", b"abc")],
    b"\x1c.\x1d(L\x02\x000\x01": [Op("FS .", b""), Op("GS (", b"L\x02\x000\x01")],
    b"\x1cq\x01\x01\x00\x01\x00\x00\x1b@\x1dV\x00\x10\x04a": [
        Op("FS q", b"\x01\x01\x00\x01\x00\x00\x1b@\x1dV\x00\x10\x04"),
        Op("text", b"a"),
    ],
    b"\x1d*\x01\x01\x1b@\x1b@\x1b@\x1b@a": [
        Op("GS *", b"\x01\x01" + b"\x1b@" * 4),
        Op("text", b"a"),
    ],
    b"\x1b&\x03AB\x01\x1b@\x1d\x00a": [Op("ESC &", b"\x03AB\x01\x1b@\x1d\x00"), Op("text", b"a")],
    b"\x1b \x03\x1bB\x02\x03a": [Op("ESC  ", b"\x03"), Op("ESC B", b"\x02\x03"), Op("text", b"a")],
}


@pytest.mark.parametrize("stream", CASES)
def test_streams_in_one_piece_and_byte_by_byte(stream):
    assert Parser().feed(stream) == CASES[stream]
    parser = Parser()
    ops = [op for byte in stream for op in parser.feed(bytes([byte]))]
    assert [op for op in ops if op.name != "text"] == [
        op for op in CASES[stream] if op.name != "text"
    ]
    for found in (ops, CASES[stream]):
        assert b"".join(op.data for op in found if op.name == "text") in stream


@pytest.mark.parametrize("begun", [b"\x1bD" + b"\x08" * 40, b"\x1dk\x04" + b"A" * 300])
def test_a_list_without_an_end_does_not_swallow_the_rest(begun):
    assert Parser().feed(begun + b"\nafter")[-1] == Op("text", b"after")


def test_what_never_ends_is_dropped():
    parser = Parser()
    parser.feed(b"\x1dv0\x00\xff\xff\xff\xff" + bytes(SEQUENCE_MAX))
    assert parser.feed(b"after") == [Op("text", b"after")]


def test_what_was_begun_can_be_forgotten():
    parser = Parser()
    parser.feed(b"\x1dv0\x00\xff")
    parser.clear()
    assert parser.feed(b"a") == [Op("text", b"a")]


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_any_bytes_in_any_slices(pieces):
    sliced, whole = Parser(), Parser()
    for piece in pieces:
        sliced.feed(piece)
    whole.feed(b"".join(pieces))
    assert sliced._pending == whole._pending


def test_a_long_stream_is_cut_in_time_that_grows_with_its_length():
    """Copying the rest at each command would take minutes here."""
    assert len(Parser().feed(b"\x1bt\x12a" * 250_000)) == 500_000
