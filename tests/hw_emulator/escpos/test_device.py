from __future__ import annotations

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.escpos.device import EscPosPrinter
from hw_emulator.paper import Paper

PANGRAM = "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ"


class Bench:
    def __init__(self) -> None:
        self.device = EscPosPrinter(Paper())
        self.answers = b""
        self.feed = self.device.connect(self._take, 1)

    def _take(self, data: bytes) -> None:
        self.answers += data

    def ask(self, data: bytes) -> bytes:
        self.answers = b""
        self.feed(data)
        return self.answers

    @property
    def printed(self) -> list[str]:
        return self.device.paper.text.splitlines()


@pytest.fixture
def printer():
    return Bench()


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
    assert printer.ask(b"\x1dr\x01\x1dr1\x1dr\x02") == b"\0\0\0"
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
    printer.device.connect(printer._take, 1)(b"\x1b@after\n")
    assert printer.printed[-1].endswith("after")
