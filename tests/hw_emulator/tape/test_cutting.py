from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.posnet.frame import FRAME_MAX, Frame, Malformed, Scanner, encode
from hw_emulator.tape.cutting import Cutter, Stray, Torn

SID = encode(Frame("sid", (), "0001"))
TREND = encode(Frame("trend", (("to", "1"),), "0002"))


def pieces(data: bytes, step: int = 0) -> list:
    cutter = Cutter()
    step = step or len(data) or 1
    found = [one for at in range(0, len(data), step) for one in cutter.feed(data[at : at + step])]
    return [*found, *cutter.end()]


def test_frames_and_what_is_none():
    data = b"xx" + SID + TREND[:9] + TREND + b"\x03y" + SID[:4]
    found = pieces(data)
    assert [piece for piece, _ in found] == [
        Stray(b"xx"),
        Frame("sid", (), "0001"),
        Torn(TREND[:9]),
        Frame("trend", (("to", "1"),), "0002"),
        Stray(b"\x03y"),
        Torn(SID[:4]),
    ]
    assert b"".join(raw for _, raw in found) == data


def test_slices_make_the_same_frames():
    for step in (1, 2, 7):
        frames = [piece for piece, _ in pieces(SID + TREND + SID, step)]
        assert frames == [piece for piece, _ in pieces(SID + TREND + SID)]


def test_a_wrong_checksum_is_no_frame():
    ((piece, _),) = pieces(SID.replace(b"sid", b"sod"))
    assert isinstance(piece, Malformed)


def test_what_never_ends_is_given_up():
    cutter = Cutter()
    found = []
    for _ in range(40):
        found += cutter.feed(b"\x02" + b"x" * 1000 if not found else b"x" * 1000)
    assert isinstance(found[0][0], Torn)
    assert len(cutter._pending) <= FRAME_MAX


@given(st.lists(st.sampled_from([SID, TREND, b"\x02", b"\x03", b"#", b"\x00", b"trend"])))
def test_nothing_is_lost_and_frames_are_those_of_the_scanner(parts):
    data = b"".join(parts)
    found = pieces(data)
    assert b"".join(raw for _, raw in found) == data
    ours = [piece for piece, _ in found if isinstance(piece, Frame | Malformed)]
    assert ours == Scanner().feed(data)
