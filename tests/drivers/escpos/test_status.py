from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.status import Ear, Heard, What, has_error, question, read_report, read_status
from drivers.paper import Fault, PaperState, PaperStatus

QUIET = 0x12  # the fixed bits, no sensor
REPORT = b"\x10\x00\x00\x0f"


def answers(data: bytes) -> list[int]:
    return [heard.data[0] for heard in Ear().feed(data) if heard.what is What.ANSWER]


def test_questions():
    assert [question(number) for number in (1, 2, 4)] == [
        *(b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04")
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\x12", [0x12]),
        (b"\x16", [0x16]),
        (b"\x7e", [0x7E]),
        (b"\x11\x13\x12", [0x12]),  # XON and XOFF are none
        (REPORT, []),  # an unasked four-byte report is none
        (b"\x92\x02\x1f\xff", []),
    ],
)
def test_only_the_fixed_bits_make_an_answer(data, expected):
    assert answers(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (REPORT, [Heard(What.REPORT, REPORT)]),
        (b"\x18\x08\x0f\x0f", [Heard(What.REPORT, b"\x18\x08\x0f\x0f")]),
        (b"\x10\x13\x00\x11\x00\x0f", [Heard(What.REPORT, REPORT)]),  # flow control within
        (b"\x10\x00" + REPORT, [Heard(What.REPORT, REPORT)]),  # one that was cut off, then a whole
        (b"\x10\x00\x16\x00\x0f", [Heard(What.ANSWER, b"\x16"), Heard(What.REPORT, REPORT)]),
        (b"\x10\x00\xff\x00", [Heard(What.PRINTED, b"\x00")]),  # noise ends a report
        (b"\x00", [Heard(What.PRINTED, b"\x00")]),
        (b"\x0c", [Heard(What.PRINTED, b"\x0c")]),
        (b"\x37\x25\x00", [Heard(What.CLEARED, b"\x37\x25\x00")]),
        (b"\x37\x12", [Heard(What.ANSWER, b"\x12")]),
        (b"\x37\x25\x12", [Heard(What.ANSWER, b"\x12")]),
        (b"\x37\x37\x25\x00", [Heard(What.CLEARED, b"\x37\x25\x00")]),
        (REPORT + b"\x12\x01", [Heard(What.REPORT, REPORT), Heard(What.ANSWER, b"\x12"), None]),
    ],
)
def test_kinds_are_told_apart_however_they_were_sliced(data, expected):
    wanted = [heard or Heard(What.PRINTED, data[-1:]) for heard in expected]
    assert Ear().feed(data) == wanted
    ear = Ear()
    assert [heard for byte in data for heard in ear.feed(bytes([byte]))] == wanted


@given(st.lists(st.binary(max_size=8), max_size=30))
def test_no_bytes_stop_the_ear(pieces):
    whole, sliced = Ear(), Ear()
    found = [heard for piece in pieces for heard in sliced.feed(piece)]
    assert whole.feed(b"".join(pieces)) == found
    assert len(sliced._begun) < 4
    for heard in found:
        if heard.what is What.REPORT:
            assert read_report(heard.data).paper is not PaperState.UNKNOWN
    # Whatever was begun, an answer that follows is heard.
    assert Heard(What.ANSWER, b"\x12") in sliced.feed(b"\x12")


@given(st.binary(max_size=12))
def test_forgetting_begins_anew(data):
    ear = Ear()
    ear.feed(data)
    ear.forget()
    assert ear.feed(REPORT) == [Heard(What.REPORT, REPORT)]


def test_no_answer_is_no_news():
    nothing = read_status(None, None, None, None)
    assert nothing == PaperStatus(None, PaperState.UNKNOWN, None, None, Fault.UNKNOWN)


@pytest.mark.parametrize(
    ("sensors", "expected"),
    [
        ((0x12, 0x12, None, 0x12), (True, PaperState.OK, False, True, Fault.NONE)),
        ((0x16, 0x12, None, 0x12), (True, PaperState.OK, False, False, Fault.NONE)),
        ((0x1A, 0x16, None, 0x12), (False, PaperState.OK, True, True, Fault.NONE)),
        ((0x1A, 0x32, None, 0x72), (False, PaperState.OUT, False, True, Fault.NONE)),
        ((0x12, 0x12, None, 0x1E), (True, PaperState.LOW, False, True, Fault.NONE)),
        ((0x1A, 0x32, None, 0x7E), (False, PaperState.OUT, False, True, Fault.NONE)),
        ((0x12, 0x12, None, 0x32), (True, PaperState.OUT, False, True, Fault.NONE)),
        ((0x12, None, None, None), (True, PaperState.UNKNOWN, None, True, Fault.UNKNOWN)),
        ((0x1A, 0x52, 0x1A, 0x12), (False, PaperState.OK, False, True, Fault.CUTTER)),
        ((0x1A, 0x52, 0x16, 0x12), (False, PaperState.OK, False, True, Fault.CUTTER)),
        ((0x1A, 0x52, 0x32, 0x12), (False, PaperState.OK, False, True, Fault.BROKEN)),
        ((0x1A, 0x52, 0x52, 0x12), (False, PaperState.OK, False, True, Fault.OVERHEATED)),
        ((0x1A, 0x52, None, 0x12), (False, PaperState.OK, False, True, Fault.UNKNOWN)),
    ],
)
def test_sensors(sensors, expected):
    assert read_status(*sensors) == PaperStatus(*expected)
    assert has_error(sensors[1]) == (expected[4] != Fault.NONE and sensors[1] is not None)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (b"\x14\x00\x00\x0f", (True, PaperState.OK, False, False, Fault.NONE)),
        (b"\x10\x00\x00\x0f", (True, PaperState.OK, False, True, Fault.NONE)),
        (b"\x14\x00\x03\x0f", (True, PaperState.LOW, False, False, Fault.NONE)),
        (b"\x1c\x00\x0f\x0f", (False, PaperState.OUT, False, False, Fault.NONE)),
        (b"\x3c\x00\x00\x0f", (False, PaperState.OK, True, False, Fault.NONE)),
        (b"\x1c\x08\x00\x0f", (False, PaperState.OK, False, False, Fault.CUTTER)),
        (b"\x1c\x20\x00\x0f", (False, PaperState.OK, False, False, Fault.BROKEN)),
        (b"\x1c\x40\x00\x0f", (False, PaperState.OK, False, False, Fault.OVERHEATED)),
    ],
)
def test_reports(report, expected):
    assert read_report(report) == PaperStatus(*expected)


def test_which_level_of_the_drawer_is_open_is_a_matter_of_wiring():
    assert read_status(0x12, 0x12, None, 0x12, open_is_low=False).drawer_open is False
    assert read_report(b"\x14\x00\x00\x0f", open_is_low=False).drawer_open is True


@given(st.integers(0, 255))
def test_every_byte(byte):
    assert bool(answers(bytes([byte]))) == (byte & 0x93 == 0x12)
    assert read_status(byte, byte, byte, byte).paper is not PaperState.UNKNOWN
