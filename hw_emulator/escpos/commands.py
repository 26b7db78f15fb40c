"""What each command of text, style, position, cutter and drawer does to the press.

Source: the command references of Epson and Citizen. One motion unit is one dot. Commands whose
effect cannot be seen on paper (density, smoothing, colours, buzzers) are taken and do nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hw_emulator.escpos.code_pages import DEFAULT
from hw_emulator.escpos.press import LINE_DOTS, Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.escpos.press import Press

_FONT_B, _BOLD, _TALL, _WIDE, _UNDERLINED = 0x01, 0x08, 0x10, 0x20, 0x80
_PULSE_MS = 2
_REAL_TIME_PULSE_MS = 100
_PARTIAL = frozenset(b"\x01Bb1")
_FEED_THEN_CUT = frozenset(b"ABab")
_SENSORS_LOW = 0x03


def _text(press: Press, data: bytes) -> None:
    press.text(data.decode(press.modes.codec, errors="replace"))


def _control(press: Press, data: bytes) -> None:
    match data:
        case b"\n":
            press.end_line()
        case b"\t":
            press.tab()
        case b"\x0c" if press.page:
            press.print_page()
            press.page = None
        case b"\x18" if press.page:
            press.page.items = []
            press.drop_line()
        case _:
            pass


def _reset(press: Press, _data: bytes) -> None:
    press.reset()


def _code_page(press: Press, data: bytes) -> None:
    press.modes.codec = press.pages.get(data[0], DEFAULT)


def _align(press: Press, data: bytes) -> None:
    if data[0] % 48 in {0, 1, 2} and not press.is_line_begun:
        press.modes.align = data[0] % 48


def _mode(press: Press, data: bytes) -> None:
    bits = data[0]
    press.modes.style = replace(
        press.modes.style,
        font="B" if bits & _FONT_B else "A",
        is_bold=bool(bits & _BOLD),
        height=2 if bits & _TALL else 1,
        width=2 if bits & _WIDE else 1,
        underline=1 if bits & _UNDERLINED else 0,
    )


def _size(press: Press, data: bytes) -> None:
    width, height = (data[0] >> 4 & 7) + 1, (data[0] & 7) + 1
    press.modes.style = replace(press.modes.style, width=width, height=height)


def _font(press: Press, data: bytes) -> None:
    press.modes.style = replace(press.modes.style, font="B" if data[0] % 48 == 1 else "A")


def _bold(press: Press, data: bytes) -> None:
    press.modes.style = replace(press.modes.style, is_bold=bool(data[0] & 1))


def _underline(press: Press, data: bytes) -> None:
    if data[0] % 48 in {0, 1, 2}:
        press.modes.style = replace(press.modes.style, underline=data[0] % 48)


def _inverse(press: Press, data: bytes) -> None:
    press.modes.style = replace(press.modes.style, is_inverse=bool(data[0] & 1))


def _turned(press: Press, data: bytes) -> None:
    press.modes.style = replace(press.modes.style, is_turned=data[0] % 48 in {1, 2})


def _upside_down(press: Press, data: bytes) -> None:
    if not press.is_line_begun:
        press.modes.is_upside_down = bool(data[0] & 1)


def _letter_space(press: Press, data: bytes) -> None:
    press.modes.letter_space = data[0]


def _spacing(press: Press, data: bytes) -> None:
    press.modes.spacing = data[0] if data else LINE_DOTS


def _feed_lines(press: Press, data: bytes) -> None:
    press.feed(data[0] * press.modes.spacing)


def _feed_dots(press: Press, data: bytes) -> None:
    press.feed(data[0])


def _little(data: bytes) -> int:
    return int.from_bytes(data[:2], "little")


def _signed(data: bytes) -> int:
    return int.from_bytes(data[:2], "little", signed=True)


def _move_to(press: Press, data: bytes) -> None:
    press.move_to(_little(data))


def _move_by(press: Press, data: bytes) -> None:
    press.move_by(_signed(data))


def _tabs(press: Press, data: bytes) -> None:
    press.modes.tabs = tuple(sorted(set(data) - {0}))


def _left(press: Press, data: bytes) -> None:
    if not press.is_line_begun:
        press.modes.left = min(_little(data), press.columns * 12 - 12)


def _width(press: Press, data: bytes) -> None:
    if not press.is_line_begun:
        press.modes.width = _little(data) or None


def _cut(press: Press, data: bytes) -> None:
    kind = data[0] if data else 0
    if kind in _FEED_THEN_CUT and len(data) > 1:
        press.feed(data[1])
    press.cuts += 1
    press.mark("cut", "partial" if kind in _PARTIAL else "full")


def _old_partial_cut(press: Press, _data: bytes) -> None:
    press.cuts += 1
    press.mark("cut", "partial")


def _drawer(press: Press, data: bytes) -> None:
    if data[0] % 48 in {0, 1}:
        press.pulse(data[0] % 48, data[1] * _PULSE_MS, data[2] * _PULSE_MS)


def real_time_pulse(press: Press, data: bytes) -> None:
    """DLE DC4 1 m t."""
    if data[0] in {0, 1} and 1 <= data[1] <= 8:  # noqa: PLR2004
        on_ms = data[1] * _REAL_TIME_PULSE_MS
        press.pulse(data[0], on_ms, on_ms)


def _panel(press: Press, data: bytes) -> None:
    """ESC c 3 is about a parallel line, 4 stops printing at the near end, 5 locks the buttons."""
    if data[0] == ord("4"):
        press.modes.stops_when_low = bool(data[1] & _SENSORS_LOW)
    elif data[0] == ord("5"):
        press.modes.buttons_off = bool(data[1] & 1)


def _enter_page(press: Press, _data: bytes) -> None:
    if press.page is None and not press.is_line_begun:
        press.page = Page()


def _leave_page(press: Press, _data: bytes) -> None:
    if press.page:
        press.page = None
        press.drop_line()


def _print_page(press: Press, _data: bytes) -> None:
    press.print_page()


def _page_area(press: Press, data: bytes) -> None:
    if press.page:
        page = press.page
        page.left, page.top, page.width, page.height = (
            _little(data[place : place + 2]) for place in range(0, 8, 2)
        )
        page.y = 0


def _page_y(press: Press, data: bytes) -> None:
    if press.page:
        if press.is_line_begun:
            press.end_line(0)
        press.page.y = _little(data)


def _page_y_by(press: Press, data: bytes) -> None:
    if press.page:
        press.page.y = max(0, press.page.y + _signed(data))


COMMANDS: dict[str, Callable[[Press, bytes], None]] = {
    "text": _text,
    "control": _control,
    "ESC @": _reset,
    "ESC t": _code_page,
    "ESC a": _align,
    "ESC !": _mode,
    "GS !": _size,
    "ESC M": _font,
    "ESC E": _bold,
    "ESC G": _bold,
    "ESC -": _underline,
    "GS B": _inverse,
    "ESC V": _turned,
    "ESC {": _upside_down,
    "ESC  ": _letter_space,
    "ESC 2": _spacing,
    "ESC 3": _spacing,
    "ESC d": _feed_lines,
    "ESC J": _feed_dots,
    "ESC $": _move_to,
    "ESC \\": _move_by,
    "ESC D": _tabs,
    "GS L": _left,
    "GS W": _width,
    "ESC i": _old_partial_cut,
    "ESC m": _old_partial_cut,
    "GS V": _cut,
    "ESC p": _drawer,
    "ESC c": _panel,
    "ESC L": _enter_page,
    "ESC S": _leave_page,
    "ESC 12": _print_page,
    "ESC W": _page_area,
    "GS $": _page_y,
    "GS \\": _page_y_by,
}
