from __future__ import annotations

import pytest

from hw_emulator.gear.display import BLANK, CustomerDisplay


def shown(*pieces: bytes, **options) -> CustomerDisplay:
    display = CustomerDisplay(**options)
    display.start()
    feed = display.connect(lambda _: None, 1)
    for piece in pieces:
        feed(piece)
    display.stop()
    return display


def lines(*pieces: bytes, **options) -> tuple[str, str]:
    return tuple(line.rstrip() for line in shown(*pieces, **options).lines)


def test_dark_at_first():
    assert shown().lines == BLANK


def test_strings_of_cd5220():
    display = shown(b"\x0c\x1bQAMleko\r\x1bQB", b"3,49\r")
    assert [line.rstrip() for line in display.lines] == ["Mleko", "3,49"]
    assert display.rubbish == 0


def test_a_new_string_replaces_the_line():
    assert lines(b"\x1bQAMleko\r", b"\x1bQASer\r") == ("Ser", "")


def test_positions_of_epson():
    text = b"\x0c\x1f$\x01\x01Suma\x1f$\x01\x02" + b"12,50".rjust(20)
    assert lines(text, protocol="epson") == ("Suma", "12,50".rjust(20))


def test_writing_over_the_end_goes_on_below():
    assert lines(b"x" * 21, protocol="epson") == ("x" * 20, "x")
    assert lines(b"a" * 20 + b"b" * 20 + b"c", protocol="epson") == ("c" + "a" * 19, "b" * 20)


@pytest.mark.parametrize("page", ["cp852", "cp1250"])
def test_letters_of_its_page(page):
    text = b"\x1bQA" + "Żółć".encode(page) + b"\r"
    assert lines(text, code_page=page)[0] == "Żółć"


def test_a_table_is_selected():
    text = b"\x1bt\x12" + "ł".encode("cp852")
    assert lines(text, protocol="epson", code_page="cp437", tables={18: "cp852"})[0] == "ł"


@pytest.mark.parametrize(
    ("data", "protocol"),
    [
        (b"\x07", "cd5220"),
        (b"\x1b\x7f", "cd5220"),
        (b"\x1bQA" + b"x" * 21 + b"\r", "cd5220"),
        (b"\x1bQA\x1b[2J\r", "cd5220"),
        (b"\x1bQZtext\r", "cd5220"),
        (b"\x1bQA" + b"x" * 60, "cd5220"),
        (b"\x1f\x7f", "epson"),
        (b"\x1f$\x15\x01", "epson"),
    ],
)
def test_what_a_display_cannot_show_is_counted(data, protocol):
    assert shown(data, protocol=protocol).rubbish > 0


def test_keys_of_the_cursor():
    text = b"abc\x0d\x0axyz\x0bA\x18B\x1fB!"
    assert lines(text, protocol="epson") == ("B", "!yz")
    assert lines(b"\x1bl\x03\x02x")[1] == "  x"
    assert shown(b"text\x1b@").lines == BLANK


def test_a_protocol_that_is_none():
    with pytest.raises(ValueError, match="none of the protocols"):
        CustomerDisplay("braille")
