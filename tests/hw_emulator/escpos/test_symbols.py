from __future__ import annotations

import pytest

from hw_emulator.escpos.rows import Symbol


def test_bar_codes_of_both_forms(printer):
    printer.feed(b"\x1dk\x02590123412345\x00\x1dkC\x0c590123412345\x1dk\x00" + b"1" * 11 + b"\x00")
    printer.feed(b"\x1dkI\x05{BABC")
    assert printer.printed == [
        *("[EAN13: 590123412345]", "[EAN13: 590123412345]", "[UPC-A: 11111111111]"),
        "[CODE128: ABC]",
    ]
    printer.feed(b"\x1dk\x5a\x02ab")
    assert printer.printed[-1] == "[BARCODE: ab]"


def test_how_a_bar_code_is_drawn(printer):
    printer.feed(b"\x1dh\x40\x1dw\x02\x1dH\x02\x1dk\x04AB\x00")
    assert printer.items[0].content == Symbol("CODE39", b"AB", 2, 64, 2)
    printer.feed(b"\x1dw\x09\x1dh\x00\x1dH3\x1dk\x04AB\x00")
    assert printer.items[0].content == Symbol("CODE39", b"AB", 2, 1, 3)


def test_a_qr_code_is_set_up_stored_and_printed(printer):
    printer.feed(b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E3")
    printer.feed(b"\x1d(k\x03\x001Q0")
    assert printer.printed == []
    printer.feed(b"\x1d(k\x07\x001P0http\x1d(k\x03\x001Q0\x1d(k\x03\x001Q0")
    assert printer.printed == ["[QR: http]"] * 2
    assert printer.items[0].content == Symbol("QR", b"http", 6, 3, 0, 3)


def test_a_pdf417_code(printer):
    printer.feed(b"\x1d(k\x03\x000A\x05\x1d(k\x03\x000C\x02\x1d(k\x03\x000D\x04\x1d(k\x04\x000E02")
    printer.feed(b"\x1d(k\x05\x000P0ab\x1d(k\x03\x000Q0")
    assert printer.printed == ["[PDF417: ab]"]
    assert printer.items[0].content == Symbol("PDF417", b"ab", 2, 4, 0, 2, 5)


@pytest.mark.parametrize(
    "command", [b"\x1d(k\x02\x001P", b"\x1d(k\x00\x00", b"\x1d(k\x03\x00\x55P0"]
)
def test_what_is_no_2d_code(printer, command):
    printer.feed(command + b"\x1d(k\x03\x001Q0")
    assert printer.printed == []
