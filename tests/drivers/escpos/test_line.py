from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos import line as under_test
from drivers.escpos.line import Line
from drivers.escpos.status import PRINTER, What
from drivers.paper import Fault, PaperState, PaperStatus
from tests.drivers.escpos.fake_device import CUTTER, Device

OUT_REPORT = b"\x1c\x00\x0f\x0f"


@pytest.fixture
def device(monkeypatch) -> Device:
    made = Device()
    monkeypatch.setattr(under_test, "time", made)
    return made


def line(device, **options):
    return Line(device, **({"answer_s": 0.5, "open_is_low": True} | options))


def test_an_answer_comes_between_reports_and_flow_control(device):
    device.waiting = b"\x13" + OUT_REPORT + b"\x11"
    one = line(device)
    assert one.ask(PRINTER) == 0x12
    assert one.reported().paper is PaperState.OUT


def test_no_answer_is_waited_for_once(device):
    device.sensors = None
    assert line(device).ask(PRINTER) is None
    assert device.now_s == pytest.approx(0.5)
    assert line(device).ask(PRINTER, 3.0) is None
    assert device.now_s == pytest.approx(3.5)


def test_every_sensor_is_asked_and_the_error_only_when_there_is_one(device):
    line(device).sense()
    assert [data[2] for data in device.written] == [1, 2, 4]
    device.sensors, device.written = CUTTER, []
    assert line(device).sense().fault is Fault.CUTTER
    assert [data[2] for data in device.written] == [1, 2, 4, 3]


def test_the_level_of_the_drawer(device):
    assert line(device).sense().drawer_open is True
    assert line(device, open_is_low=False).sense().drawer_open is False


def test_a_report_among_the_answers_makes_it_ask_again(device):
    device.waiting = OUT_REPORT
    one = line(device)
    assert one.sense().paper is PaperState.OK
    assert len(device.written) == 6
    assert one.reported() is None


def test_a_printer_that_only_reports_is_believed(device):
    device.sensors = None
    answered = device.write

    def write(data):
        answered(data)
        device.answer(OUT_REPORT)

    device.write = write
    expected = PaperStatus(False, PaperState.OUT, False, False, Fault.NONE)
    assert line(device).sense() == expected


def test_what_was_printed_is_not_missed_while_something_else_is_asked(device):
    one = line(device)
    one.confirm()
    one.ask(PRINTER)
    assert one.is_printed(0.0)
    device.confirms = False
    one.confirm()
    assert not one.is_printed(1.0)


def test_settling_forgets_what_came_and_waits_only_after_a_missing_answer(device):
    one = line(device)
    device.waiting = b"\x72\x72"
    one.settle()
    assert (device.waiting, device.now_s) == (b"", 0.0)
    device.sensors = None
    one.ask(PRINTER)
    one.settle()
    assert device.now_s == pytest.approx(1.0)
    one.settle()
    assert device.now_s == pytest.approx(1.0)


def test_a_printer_that_never_stops_talking_is_not_listened_to_for_ever(device):
    device.read = lambda _: b"\x12" * 4096
    line(device).settle()


@given(st.lists(st.binary(max_size=20), max_size=10))
def test_any_bytes_are_waited_out(pieces):
    device = Device()
    pending = list(pieces)

    def read(_timeout_s):
        device.now_s += 0.1
        return pending.pop() if pending else b""

    device.read = read
    one = line(device)
    clock, under_test.time = under_test.time, device
    try:
        one.await_one(What.CLEARED, 1.0)
        one.sense()
    finally:
        under_test.time = clock
    assert device.now_s < 10.0
