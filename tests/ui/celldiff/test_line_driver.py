from __future__ import annotations

from textual._xterm_parser import XTermParser

import ui.celldiff.line_driver
from ui.key_names import canonical, key_names

NAMES = key_names({})


def keys(*parts: str) -> list[str]:
    assert ui.celldiff.line_driver.LineDriver
    parser = XTermParser(debug=False)
    found = [event for part in parts for event in parser.feed(part)]
    return [canonical(NAMES, event.key, event.character) for event in found]


def test_all_keys_of_a_vt_keypad_have_their_meaning():
    sent = [f"\x1bO{sign}" for sign in "pqrstuvwxy"]
    assert keys(*sent) == list("0123456789")
    assert keys("\x1bOl", "\x1bOn", "\x1bOM", "\x1bOj") == [",", ",", "enter", "*"]


def test_a_comma_cut_in_two_by_the_line_is_a_comma():
    assert keys("\x1b", "Ol") == [","]
    assert keys("\x1bO", "l") == [","]


def test_ends_of_scans_keep_their_names():
    assert keys("\r", "\n", "\t") == ["enter", "enter", "tab"]
    assert keys("\x1d") == [""]
