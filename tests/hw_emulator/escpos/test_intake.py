from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.escpos.intake import Flow, Intake, size_of
from hw_emulator.escpos.parser import Op


def drained(intake: Intake) -> bytes:
    found = b""
    while op := intake.peek():
        found += op.data
        intake.drop()
    return found


def test_what_waits_is_given_in_order():
    intake = Intake(print)
    intake.put(b"a\x1bt\x12b")
    assert [intake.peek(), intake.drop(), intake.peek()][::2] == [
        Op("text", b"a"),
        Op("ESC t", b"\x12"),
    ]


def test_what_is_obeyed_as_it_comes_does_not_wait():
    intake = Intake(print)
    intake.put(b"\x10\x04\x01a\x10\x05\x02")
    assert drained(intake) == b"a"


@pytest.mark.parametrize(
    ("flow", "left", "lost"), [(Flow.HOLD, 4, 0), (Flow.XONXOFF, 4, 0), (Flow.NONE, 0, 4)]
)
def test_a_full_buffer(flow, left, lost):
    intake = Intake(lambda _: None, flow, 8)
    assert intake.put(b"0123456789AB") == b"0123456789AB"[12 - left :] * bool(left)
    assert (intake.room, intake.lost) == (0, lost)
    assert drained(intake) == b"01234567"
    assert intake.room == 8


def test_xoff_is_sent_once_and_xon_when_half_is_free():
    sent = []
    intake = Intake(sent.append, Flow.XONXOFF, 64)
    for _ in range(8):
        intake.put(b"abcdef\n\n")
    assert sent == [b"\x13"]
    for _ in range(12):
        intake.drop()
    assert sent == [b"\x13", b"\x11"]


def test_clearing_makes_room():
    sent = []
    intake = Intake(sent.append, Flow.XONXOFF, 16)
    intake.put(b"x" * 16)
    intake.clear()
    assert (intake.room, intake.peek(), sent) == (16, None, [b"\x13", b"\x11"])


@given(st.binary(max_size=200))
def test_no_bytes_make_it_lose_count(data):
    intake = Intake(print, size_max=64)
    intake.put(data)
    waiting = sum(size_of(op) for op in intake._ops)
    assert intake.room == max(0, 64 - waiting)
