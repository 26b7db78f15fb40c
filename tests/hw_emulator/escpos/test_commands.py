from __future__ import annotations

import pytest

from hw_emulator.escpos.commands import COMMANDS
from hw_emulator.escpos.rows import Style


@pytest.mark.parametrize(
    ("command", "style"),
    [
        (b"\x1bE\x01", Style(is_bold=True)),
        (b"\x1bG\x01", Style(is_bold=True)),
        (b"\x1b-\x02", Style(underline=2)),
        (b"\x1b-1", Style(underline=1)),
        (b"\x1dB\x01", Style(is_inverse=True)),
        (b"\x1bV\x01", Style(is_turned=True)),
        (b"\x1bM\x01", Style(font="B")),
        (b"\x1d!\x70", Style(width=8)),
        (b"\x1d!\x07", Style(height=8)),
        (b"\x1b!\x01", Style(font="B")),
        (b"\x1b!\xb8", Style(is_bold=True, width=2, height=2, underline=1)),
        (b"\x1b-\x09", Style()),
        (b"\x1b!\xff\x1b!\x00", Style()),
    ],
)
def test_styles(printer, command, style):
    printer.feed(command + b"a\n")
    assert printer.items[0].style == style


def test_upside_down_and_alignment_count_from_the_beginning_of_a_line(printer):
    printer.feed(b"\x1b{\x01a\x1b{\x00\x1ba\x02b\n\x1b{\x00\x1ba\x01c\n")
    first, second = printer.rows
    assert (first.is_upside_down, first.align) == (True, 0)
    assert (second.is_upside_down, second.align) == (False, 1)
    printer.feed(b"\x1ba\x07d\n")
    assert printer.rows[-1].align == 1


@pytest.mark.parametrize(
    "command",
    [
        *(b"\x1br\x01", b"\x1db\x01", b"\x1d|\x04", b"\x1bU\x01", b"\x1bR\x05", b"\x1b=\x01"),
        *(b"\x1d(A\x02\x00\x00\x02", b"\x1bB\x03\x03", b"\x1c.", b"\x1dP\x00\x00", b"\x1dE\x01"),
        *(b"\x1bc3\x0f", b"\x1bT\x00", b"\x1d\\\x05\x00", b"\x1b\x0c", b"\x00", b"\r", b"\x07"),
    ],
)
def test_what_cannot_be_seen_prints_nothing(printer, command):
    printer.feed(command + b"a\n")
    assert printer.printed == ["a"]
    assert printer.items[0].style == Style()


def test_buttons(printer):
    printer.feed(b"\x1bc5\x01")
    assert printer.device.press.modes.buttons_off
    printer.feed(b"\x1bc5\x00")
    assert not printer.device.press.modes.buttons_off


def test_a_pulse_that_is_none(printer):
    printer.feed(b"\x10\x14\x01\x02\x01\x10\x14\x01\x00\x09\x1bp\x03\x01\x01")
    assert printer.device.press.pulses == []


def test_every_command_has_the_name_that_the_parser_gives():
    assert all(
        name in {"text", "control"} or name[:4] in {"ESC ", "GS V"} or name[:3] in {"GS ", "FS "}
        for name in COMMANDS
    )
