from __future__ import annotations

import pytest

from ui.bursts import GAP_MAX_S
from ui.keyboard import Keyboard
from ui.keypad import Entry, Mode, press


class Paper:
    def __init__(self, *, acts_at_once=False):
        self.entry = Entry(Mode.CODE)
        self.acts_at_once = acts_at_once


class Bench:
    def __init__(self, *, acts_at_once=False):
        self.page = Paper(acts_at_once=acts_at_once)
        self.keys = []
        self.scans = []
        self.spoilt = 0

    def press(self, key):
        self.keys.append(key)
        self.page.entry, _ = press(self.page.entry, key)

    def scan(self, code):
        self.scans.append((code, self.page.entry))

    def refuse_scan(self):
        self.spoilt += 1


def feed(keyboard, keys, gap_s, start_s=1.0):
    for no, key in enumerate(keys):
        keyboard.feed(key, key if len(key) == 1 else None, start_s + no * gap_s)


def test_a_scan_leaves_the_field_as_it_was():
    desk = Bench()
    keyboard = Keyboard(desk, {})
    feed(keyboard, ["3", "asterisk"], 0.2)
    feed(keyboard, [*"5901234", "enter"], 0.002, start_s=5.0)
    assert desk.scans == [("5901234", Entry(Mode.CODE, "", 3000))]


def test_typing_goes_straight_through():
    desk = Bench()
    keyboard = Keyboard(desk, {})
    feed(keyboard, ["1", "2"], 0.2)
    assert desk.keys == ["1", "2"]
    assert not keyboard.is_holding


def test_enter_waits_for_the_length_of_a_scanners_gap():
    desk = Bench()
    keyboard = Keyboard(desk, {})
    feed(keyboard, ["1", "2", "enter"], 0.2)
    assert (desk.keys, keyboard.is_holding) == (["1", "2"], True)
    keyboard.release(1.4 + GAP_MAX_S / 2)
    assert keyboard.is_holding
    keyboard.release(1.4 + GAP_MAX_S * 1.1)
    assert (desk.keys, keyboard.is_holding) == (["1", "2", "enter"], False)


def test_where_digits_act_at_once_they_are_held_and_then_let_go():
    desk = Bench(acts_at_once=True)
    keyboard = Keyboard(desk, {})
    keyboard.feed("8", "8", 1.0)
    keyboard.feed("4", "4", 1.01)
    assert (desk.keys, keyboard.is_holding) == ([], True)
    keyboard.release(1.03)
    assert desk.keys == []
    keyboard.release(1.05)
    assert (desk.keys, keyboard.is_holding) == (["8", "4"], False)


def test_held_keys_keep_their_order_before_the_next_one():
    desk = Bench(acts_at_once=True)
    keyboard = Keyboard(desk, {})
    feed(keyboard, ["8", "4", "3", "enter"], 0.01)
    feed(keyboard, ["1", "escape"], 0.2, start_s=3.0)
    assert desk.keys == ["8", "4", "3", "enter", "1"]
    keyboard.release(5.0)
    assert desk.keys[5:] == ["esc"]


def test_a_scan_where_digits_act_at_once_presses_nothing():
    desk = Bench(acts_at_once=True)
    feed(Keyboard(desk, {}), [*"5901234", "tab"], 0.002)
    assert desk.keys == []
    assert desk.scans[0][0] == "5901234"


def test_keys_of_the_config():
    desk = Bench()
    keyboard = Keyboard(desk, {"plus": "pay"})
    keyboard.feed("plus", "+", 1.0)
    keyboard.feed("f13", None, 2.0)
    keyboard.release(3.0)
    assert desk.keys == ["pay"]
    with pytest.raises(ValueError, match="no such action"):
        Keyboard(desk, {"plus": "sing"})


def test_a_burst_that_is_no_code_is_undone_and_told():
    desk = Bench()
    keyboard = Keyboard(desk, {})
    feed(keyboard, ["4"], 0.2)
    feed(keyboard, ["5", "escape", "enter", "enter"], 0.002, start_s=5.0)
    keyboard.release(6.0)
    assert desk.keys == ["4", "5"]
    assert desk.page.entry.text == "4"
    assert (desk.spoilt, desk.scans) == (1, [])


def test_what_a_scan_typed_on_a_page_that_is_gone_is_not_undone():
    desk = Bench()
    keyboard = Keyboard(desk, {})
    keyboard.feed("5", "5", 1.0)
    desk.page = Paper()
    feed(keyboard, [*"901234", "enter"], 0.002, start_s=1.002)
    assert desk.scans == [("5901234", Entry(Mode.CODE))]


def test_the_scanners_own_sign():
    desk = Bench()
    keyboard = Keyboard(desk, {}, "~")
    feed(keyboard, ["~", "1", "2", "enter"], 0.002)
    assert (desk.keys, desk.scans[0][0]) == ([], "12")
