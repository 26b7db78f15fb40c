from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.status import find_answer, question, read_status
from drivers.paper import PaperState, PaperStatus

QUIET = 0x12  # the fixed bits, no sensor


def test_questions():
    assert [question(number) for number in (1, 2, 4)] == [
        *(b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04")
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", None),
        (b"\x12", 0x12),
        (b"\x16", 0x16),
        (b"\x7e", 0x7E),
        (b"\x11\x13\x12", 0x12),  # XON and XOFF are none
        (b"\x10\x00\x00\x0f", None),  # an unasked four-byte report is none
        (b"\x92\x02\x1f\xff", None),
    ],
)
def test_only_the_fixed_bits_make_an_answer(data, expected):
    assert find_answer(data) == expected


def test_no_answer_is_no_news():
    assert read_status(None, None, None) == PaperStatus(None, PaperState.UNKNOWN, None)


@pytest.mark.parametrize(
    ("printer", "cause", "paper", "expected"),
    [
        (0x12, 0x12, 0x12, PaperStatus(True, PaperState.OK, False)),
        (0x1A, 0x16, 0x12, PaperStatus(False, PaperState.OK, True)),
        (0x1A, 0x32, 0x72, PaperStatus(False, PaperState.OUT, False)),
        (0x12, 0x12, 0x1E, PaperStatus(True, PaperState.LOW, False)),
        (0x1A, 0x32, 0x7E, PaperStatus(False, PaperState.OUT, False)),
        (0x12, 0x12, 0x32, PaperStatus(True, PaperState.OUT, False)),
        (0x12, None, None, PaperStatus(True, PaperState.UNKNOWN, None)),
    ],
)
def test_sensors(printer, cause, paper, expected):
    assert read_status(printer, cause, paper) == expected


@given(st.integers(0, 255))
def test_every_byte(byte):
    answer = find_answer(bytes([byte]))
    assert (answer is not None) == (byte & 0x93 == 0x12)
    assert read_status(byte, byte, byte).paper is not PaperState.UNKNOWN
