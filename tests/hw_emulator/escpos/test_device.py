from __future__ import annotations

import threading
import time

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.escpos.intake import Flow
from tests.hw_emulator.escpos.bench import Bench

PANGRAM = "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ"


@pytest.mark.parametrize(("page", "codec"), [(18, "cp852"), (45, "cp1250"), (39, "iso8859_2")])
def test_polish_letters_in_each_page(printer, page, codec):
    printer.feed(b"\x1bt" + bytes([page]) + PANGRAM.encode(codec) + b"\n")
    assert printer.printed == [PANGRAM]


def test_other_pages(printer):
    printer.feed(b"\x80\n\x1bt\x13\xd5\n\x1bt\xfe\x80\n\x1bt\x13\x1b@\xd5\n")
    assert printer.printed == ["Ç", "€", "Ç", "╒"]


def test_alignment_and_size(printer):
    printer.feed(b"\x1ba\x01ab\n\x1ba2ab\n\x1ba\x00ab\n\x1ba\x01\x1d!\x11ab\n\x1b!\x00ab\n")
    assert printer.printed == [
        " " * 23 + "ab",
        " " * 46 + "ab",
        "ab",
        " " * 22 + "ab",
        " " * 23 + "ab",
    ]


def test_long_lines_are_wrapped(printer):
    printer.feed(b"x" * 50 + b"\n\x1b!\x20" + b"y" * 30 + b"\n")
    assert printer.printed == ["x" * 48, "xx", "y" * 24, "y" * 6]


def test_feed_tab_and_line_ends(printer):
    printer.feed(b"a\tb\r\n\x1bd\x02c\x1bd\x02\x1bJ\x3cd\n")
    assert printer.printed == ["a       b", "", "", "c", "", "", "", "d"]


def test_cut_drawer_codes_and_images(printer):
    printer.feed(b"abc\x1dV\x00\x1dVA\x10\x1bi\x1bp\x00\x19\xfa\x1bp1\x19\xfa")
    printer.feed(b"\x1dk\x02590123412345\x00\x1dkI\x08{BABC123\x1dkA\x0b12345678901")
    printer.feed(b"\x1d(k\x07\x001P0http\x1d(k\x03\x001Q0\x1dv0\x00\x02\x00\x01\x00\xaa\xbb")
    assert printer.printed == [
        *("abc", "[cut]", "[cut]", "[cut]", "[drawer 1]", "[drawer 2]", "[EAN13: 590123412345]"),
        *("[CODE128: ABC123]", "[UPC-A: 12345678901]", "[QR: http]", "[image 16x1]"),
    ]
    assert (printer.device.cuts, printer.device.drawer_pulses) == (3, 2)


def test_status_of_a_printer_that_is_well(printer):
    assert printer.ask(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04") == b"\x16\x12\x12\x12"
    assert printer.ask(b"\x10\x04\x09") == b""
    assert printer.ask(b"\x1dr\x01\x1dr1\x1dr\x02") == b"\0\0\x01"
    assert printer.ask(b"\x1dI\x01") == b"\x20"
    assert printer.ask(b"\x1dIC").endswith(b"\0")


@pytest.mark.parametrize(
    ("sensors", "answers"),
    [
        ({"paper_out": True}, b"\x1e\x32\x12\x7e"),
        ({"paper_low": True}, b"\x16\x12\x12\x1e"),
        ({"cover_open": True}, b"\x1e\x16\x12\x12"),
        ({"cutter_failed": True}, b"\x1e\x52\x1a\x12"),
    ],
)
def test_status_of_a_printer_that_is_not(printer, sensors, answers):
    printer.device.set_sensors(**sensors)
    assert printer.ask(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04") == answers


def test_what_comes_without_paper_is_printed_when_there_is_some(printer):
    printer.device.set_sensors(paper_out=True)
    assert printer.ask(b"slip\n\x1dV\x00\x10\x04\x04") == b"\x7e"
    assert printer.printed == []
    printer.device.set_sensors(paper_out=False)
    assert printer.printed == ["slip", "[cut]"]


def test_what_was_kept_can_be_thrown_away(printer):
    printer.device.set_sensors(cover_open=True)
    printer.feed(b"slip\n\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    printer.device.set_sensors(cover_open=False)
    assert printer.printed == []


def test_a_drawer_opens_without_paper(printer):
    printer.device.set_sensors(paper_out=True)
    printer.feed(b"\x10\x14\x01\x00\x01")
    assert printer.device.drawer_pulses == 1


def test_what_python_escpos_writes_is_read(printer):
    slip = Dummy()
    slip.charcode("CP852")
    slip.text("Zamówienie\n")
    slip.barcode("590123412345", "EAN13")
    slip.cashdraw(2)
    slip.cut()
    printer.feed(slip.output)
    printed = [line for line in printer.printed if line]
    assert printed == ["Zamówienie", "[EAN13: 590123412345]", "[drawer 1]", "[cut]"]


@given(st.binary(max_size=200))
def test_nothing_stops_the_printer(data):
    printer = Bench()
    printer.feed(data)
    # Whatever was begun ends within the longest sequence there is.
    printer.device.connect(printer.take, 1)(b"\x1b@after\n")
    assert printer.printed[-1].endswith("after")


# --- buffers, power, errors ----------------------------------------------------------------------

WAIT_S = 10.0


def wait_for(condition):
    until_s = time.monotonic() + WAIT_S
    while not condition() and time.monotonic() < until_s:
        time.sleep(0.002)
    assert condition()


def test_the_paper_ends_at_a_byte_and_the_rest_comes_out_on_the_new_roll(printer):
    printer.device.add_trouble("paper-out:8")
    printer.feed(b"one\ntwo\nthree\n\x1dV\x00")
    assert printer.printed == ["one", "two"]
    assert printer.ask(b"\x10\x04\x04") == b"\x7e"
    printer.device.set_sensors(paper_out=False)
    assert printer.printed == ["one", "two", "three", "[cut]"]


def test_questions_do_not_count_as_bytes(printer):
    printer.device.add_trouble("paper-out:4")
    assert printer.ask(b"\x10\x04\x01\x10\x04\x04") == b"\x16\x12"
    printer.feed(b"one\ntwo\n")
    assert printer.printed == ["one"]


@pytest.mark.parametrize(
    ("fault", "sensor"),
    [("cover:4", "cover_open"), ("cutter:4", "cutter_failed"), ("hot:4", "overheated")],
)
def test_other_things_stop_it_at_a_byte(printer, fault, sensor):
    printer.device.add_trouble(fault)
    printer.feed(b"one\ntwo\n")
    assert printer.printed == ["one"]
    assert getattr(printer.device.sensors, sensor)
    printer.device.set_sensors(**{sensor: False})
    assert printer.printed == ["one", "two"]


def test_power_fails_at_a_byte(printer):
    printer.feed(b"\x1bt\x12\x1ba\x01")
    printer.device.add_trouble("power:4")
    printer.feed("ażc\nlost".encode("cp852"))
    printer.feed("ż\n".encode("cp852"))
    # What was on its way and the settings are gone; what comes afterwards is printed.
    assert printer.printed == ["ażc".center(48).rstrip(), "╛"]


def test_a_dead_printer_hears_nothing(printer):
    printer.device.cut_power(dead_s=60.0)
    assert printer.ask(b"lost\n\x10\x04\x01") == b""
    printer.device.cut_power()
    assert printer.ask(b"there\n\x10\x04\x01") == b"\x16"
    assert printer.printed == ["there"]


def test_pictures_in_its_memory_survive_the_power(printer):
    printer.feed(b"\x1cq\x01\x01\x00\x01\x00" + b"\xff" * 8)
    printer.device.cut_power()
    printer.feed(b"\x1cp\x01\x00")
    assert printer.printed == ["[picture 1 8x8]"]


def test_a_full_buffer_loses_what_comes_without_flow_control(make_printer):
    printer = make_printer(flow=Flow.NONE, buffer_bytes=64)
    printer.device.set_sensors(paper_out=True)
    printer.feed(b"0123456\n" * 20)
    assert printer.device.lost == 96
    printer.device.set_sensors(paper_out=False)
    assert printer.printed == ["0123456"] * 8


def test_a_full_buffer_holds_the_client_back(make_printer):
    printer = make_printer(buffer_bytes=64)
    printer.device.set_sensors(paper_out=True)
    client = threading.Thread(target=printer.feed, args=(b"0123456\n" * 20,), daemon=True)
    client.start()
    client.join(0.05)
    assert client.is_alive()
    printer.device.set_sensors(paper_out=False)
    client.join(WAIT_S)
    assert printer.printed == ["0123456"] * 20
    assert printer.device.lost == 0


def test_a_client_that_is_held_back_goes_when_the_printer_is_stopped(make_printer):
    printer = make_printer(buffer_bytes=16)
    printer.device.set_sensors(paper_out=True)
    client = threading.Thread(target=printer.feed, args=(b"0123456\n" * 20,), daemon=True)
    client.start()
    printer.device.stop()
    client.join(WAIT_S)
    assert not client.is_alive()


def test_xoff_and_xon(make_printer):
    printer = make_printer(flow=Flow.XONXOFF, buffer_bytes=400)
    printer.device.set_sensors(paper_out=True)
    assert printer.ask(b"0123456\n" * 45) == b"\x13"
    printer.answers = b""
    printer.device.set_sensors(paper_out=False)
    assert printer.answers == b"\x11"


def test_a_slow_printer_takes_its_time(make_printer):
    printer = make_printer(lines_per_s=500.0)
    printer.device.start()
    printer.feed(b"a\n" * 10 + b"\x1dr\x01")
    wait_for(lambda: printer.answers)
    assert printer.printed == ["a"] * 10
    printer.device.stop()


def test_recovering_after_an_error(printer):
    printer.device.set_sensors(cutter_failed=True)
    printer.feed(b"kept\n")
    printer.feed(b"\x10\x05\x01")
    assert printer.printed == ["kept"]
    printer.device.set_sensors(cutter_failed=True)
    printer.feed(b"dropped\n\x10\x05\x02there\n")
    assert printer.printed == ["kept", "there"]
    printer.device.set_sensors(broken=True)
    printer.feed(b"\x10\x05\x02\x10\x05\x09never\n")
    assert printer.printed == ["kept", "there"]


def test_clearing_is_answered_and_ends_what_was_begun(printer):
    printer.feed(b"\x1dv0\x00\x10\x00\x10\x00abc")
    assert printer.ask(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08") == b"\x37\x25\x00"
    printer.feed(b"text\n")
    assert printer.printed == ["text"]


def test_cheap_printers_neither_clear_nor_confirm(make_printer):
    printer = make_printer(can_clear=False, can_confirm=False)
    assert printer.ask(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\x1dr\x01") == b""


def test_a_question_within_an_image_is_answered_and_printed(printer):
    image = b"\x1dv0\x00\x01\x00\x08\x00\x00\x00\x10\x04\x01\x00\x00\x00"
    assert printer.ask(image) == b"\x16"
    assert printer.items[0].content.bits == image[8:]


# --- reports -------------------------------------------------------------------------------------


def test_reports_when_they_are_switched_on_and_when_something_changes(printer):
    assert printer.ask(b"\x1da\x0f") == b"\x14\x00\x00\x0f"
    printer.answers = b""
    printer.device.set_sensors(paper_low=True)
    printer.device.set_sensors(paper_low=True)
    printer.device.set_sensors(paper_out=True)
    assert printer.answers == b"\x14\x00\x03\x0f\x1c\x00\x0f\x0f"


@pytest.mark.parametrize(
    ("mask", "sensor", "is_told"),
    [
        (1, "drawer_open", True),
        (1, "paper_low", False),
        (2, "cover_open", True),
        (2, "drawer_open", False),
        (4, "cutter_failed", True),
        (4, "paper_low", False),
        (8, "paper_low", True),
        (8, "cover_open", False),
    ],
)
def test_only_what_was_asked_for_is_reported(printer, mask, sensor, is_told):
    printer.ask(b"\x1da" + bytes([mask]))
    printer.answers = b""
    printer.device.set_sensors(**{sensor: True})
    assert bool(printer.answers) is is_told


@pytest.mark.parametrize("end", [b"\x1da\x00", b"\x1b@"])
def test_reports_end(printer, end):
    printer.ask(b"\x1da\xff" + end)
    printer.answers = b""
    printer.device.set_sensors(paper_low=True)
    assert printer.answers == b""


def test_a_kick_opens_the_drawer_and_is_reported(printer):
    printer.ask(b"\x1da\x01")
    assert printer.ask(b"\x1bp\x00\x19\xfa") == b"\x10\x00\x00\x0f"
    assert printer.ask(b"\x10\x04\x01") == b"\x12"
    assert printer.ask(b"\x1dr\x02") == b"\x00"
    printer.device.set_sensors(drawer_open=False)
    assert printer.ask(b"\x10\x04\x01") == b"\x16"


def test_how_the_drawer_was_kicked(printer):
    printer.feed(b"\x1bp\x00\x19\xfa\x1bp1\x32\x64\x10\x14\x01\x01\x03\x1bp\x05\x01\x01")
    assert [(one.pin, one.on_ms, one.off_ms) for one in printer.device.press.pulses] == [
        *((2, 50, 500), (5, 100, 200), (5, 300, 300))
    ]


def test_printing_may_stop_at_the_near_end(printer):
    printer.device.set_sensors(paper_low=True)
    printer.feed(b"a\n\x1bc4\x02b\n")
    assert printer.printed == ["a"]
    assert printer.ask(b"\x10\x04\x01\x10\x04\x02") == b"\x1e\x32"
    printer.device.set_sensors(paper_low=False)
    assert printer.printed == ["a", "b"]


# --- answers that go wrong -----------------------------------------------------------------------


def test_answers_may_be_lost_joined_by_others_or_late(printer):
    printer.device.add_trouble("silent:1:2")
    asked = [printer.ask(b"\x10\x04\x01") for _ in range(4)]
    assert asked == [b"\x16", b"", b"", b"\x16"]
    printer.device.add_trouble("stale:0:1272")
    assert printer.ask(b"\x10\x04\x04") == b"\x12\x72\x12"
    printer.device.add_trouble("late:0:0.01")
    printer.ask(b"\x10\x04\x04")
    wait_for(lambda: printer.answers == b"\x12")
    printer.device.add_trouble("silent:0")
    assert [printer.ask(b"\x10\x04\x01") for _ in range(3)] == [b""] * 3


def test_clients_come_and_go_without_end(printer):
    for number in range(40):
        printer.device.connect(printer.take, 1)(b"%d\n\x1b" % number)
    assert printer.printed[-1] == "39"
    assert len(printer.device._intakes) <= 16


def test_a_sensor_that_there_is_not(printer):
    with pytest.raises(TypeError, match="no sensor nose: there are broken, cover_open"):
        printer.device.set_sensors(nose=True)
