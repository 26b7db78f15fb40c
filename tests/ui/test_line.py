from __future__ import annotations

import pytest

from terminal.config import Screen
from ui.line import Line, line

UTF8 = {"LANG": "pl_PL.UTF-8"}


@pytest.mark.parametrize(
    ("terminal", "device", "is_cells"),
    [
        ("xterm-256color", "/dev/pts/3", False),
        ("linux", "/dev/tty1", False),
        ("linux", "/dev/ttyS0", True),
        ("xterm", "/dev/ttyUSB0", True),
        ("vt220", "/dev/pts/3", True),
        ("vt100", "", True),
        ("", "", False),
    ],
)
def test_serial_lines_and_old_terminals_get_cells(terminal, device, is_cells):
    assert line(Screen(), {"TERM": terminal}, device).is_cells is is_cells


def test_what_is_configured_goes_before_what_is_guessed():
    chosen = Screen(driver="full", charset="iso-8859-2", theme="contrast", flow="xonxoff")
    assert line(chosen, {"TERM": "vt220"}, "/dev/ttyS0") == Line(
        is_cells=False, charset="iso-8859-2", theme="contrast", flow="xonxoff", sounds="all"
    )
    assert line(Screen(driver="cells"), {"TERM": "linux"}, "/dev/tty1").is_cells


@pytest.mark.parametrize(
    ("environment", "charset"),
    [
        (UTF8, "utf-8"),
        ({"LANG": "pl_PL.utf8"}, "utf-8"),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "pl_PL.ISO-8859-2"}, "iso-8859-2"),
        ({"LC_CTYPE": "pl_PL.ISO-8859-2@euro"}, "iso-8859-2"),
        ({"LANG": "C"}, "ascii"),
        ({}, "ascii"),
        ({"TERM": "vt220", **UTF8}, "ascii"),
    ],
)
def test_the_letters_follow_from_locale_and_terminal(environment, charset):
    assert line(Screen(), environment, "").charset == charset


def test_who_wants_or_has_no_colours_gets_none():
    assert line(Screen(), {"TERM": "xterm"}, "").theme == "normal"
    assert line(Screen(), {"TERM": "xterm", "NO_COLOR": "1"}, "").theme == "mono"
    assert line(Screen(), {"TERM": "vt320"}, "").theme == "mono"
    assert line(Screen(theme="normal"), {"TERM": "vt320"}, "").theme == "normal"


def test_the_console_has_a_bell_with_pitch():
    assert line(Screen(sounds="off"), {"TERM": "linux"}, "") == Line(
        charset="ascii", sounds="off", is_console=True
    )
