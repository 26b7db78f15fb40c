"""Scan or typing: a pure question of signs and times. Times are in seconds of a steady clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.bursts import (
    BURST_MIN,
    GAP_MAX_S,
    GS,
    KEYS_MAX,
    TEXT_MAX,
    Bursts,
    Scanned,
    Spoilt,
    Typed,
)
from ui.key_names import KEY_NAMES

EAN = "5901234123457"
FAST_S, SLOW_S = 0.002, 0.2
# What a terminal makes of control characters: name and character, as the keypad hands them on.
CONTROL = {
    "\r": ("enter", "\r"),
    "\n": ("enter", "\n"),
    "\t": ("tab", "\t"),
    "\x1b": ("esc", "\x1b"),
    "\x08": ("back", "\x08"),
    "\x02": ("", "\x02"),
    "\x03": ("", "\x03"),
    "\x00": ("", "\x00"),
    GS: ("", GS),
}


def strokes(text: str) -> list[tuple[str, str | None]]:
    return [CONTROL.get(sign, (sign, sign)) for sign in text]


def fed(*pieces: object, gap_s: float = FAST_S, prefix: str = "", may_pass: bool = True) -> list:
    """Verdicts on ``pieces``: texts as they are scanned, pairs as keys, numbers as pauses."""
    bursts, found, at_s = Bursts(prefix), [], 10.0
    for piece in pieces:
        if isinstance(piece, float):
            at_s += piece
            found += bursts.rest(at_s)
            continue
        for key, character in [piece] if isinstance(piece, tuple) else strokes(piece):
            at_s += gap_s
            found += bursts.feed(key, character, at_s, may_pass=may_pass)
    return found + bursts.rest(at_s + 1)


def keys(verdicts: list) -> list[str]:
    return [key for verdict in verdicts if isinstance(verdict, Typed) for key in verdict.keys]


def scans(verdicts: list) -> list[str]:
    return [verdict.text for verdict in verdicts if isinstance(verdict, Scanned)]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\x03", "\x03\r", "\r\n\x00"])
def test_a_fast_code_is_a_scan_whatever_ends_it(end):
    verdicts = fed(EAN + end)
    assert scans(verdicts) == [EAN]
    # Only the first sign went through, and is undone; the second half of an end is no Enter.
    assert keys(verdicts) == [EAN[0]]


def test_gaps_just_below_and_just_above_the_limit():
    assert scans(fed(EAN + "\r", gap_s=GAP_MAX_S * 0.9)) == [EAN]
    slow = fed(EAN + "\r", gap_s=GAP_MAX_S * 1.1)
    assert not scans(slow)
    assert keys(slow) == [*EAN, "enter"]


@pytest.mark.parametrize(("length", "is_scan"), [(BURST_MIN - 1, False), (BURST_MIN, True)])
def test_a_short_burst_is_typing(length, is_scan):
    verdicts = fed("1" * length + "\r")
    assert bool(scans(verdicts)) is is_scan
    assert keys(verdicts) == (["1"] if is_scan else [*"1" * length, "enter"])


def test_fingers_that_roll_over_lose_nothing():
    assert keys(fed("843\r", gap_s=0.02)) == ["8", "4", "3", "enter"]


def test_what_was_typed_by_hand_is_no_part_of_the_scan():
    verdicts = fed("3", SLOW_S, "*", SLOW_S, EAN + "\r")
    assert keys(verdicts) == ["3", "*", "5"]
    assert scans(verdicts) == [EAN]


def test_two_scans():
    assert scans(fed(EAN + "\r\n", SLOW_S, "ABC-*#1\t")) == [EAN, "ABC-*#1"]


def test_a_sign_goes_through_at_once_and_a_command_waits():
    bursts = Bursts()
    assert bursts.feed("7", "7", 1.0, may_pass=True) == [Typed(("7",))]
    assert not bursts.is_holding
    assert bursts.feed("enter", "\r", 2.0, may_pass=True) == []
    assert bursts.is_holding
    assert bursts.rest(2.0 + GAP_MAX_S / 2) == []
    assert bursts.rest(2.0 + GAP_MAX_S * 1.1) == [Typed(("enter",))]
    assert not bursts.is_holding


@pytest.mark.parametrize("key", ["back", "up", "down", "page_up", "page_down"])
def test_a_key_that_only_moves_does_not_wait(key):
    assert Bursts().feed(key, None, 1.0, may_pass=True) == [Typed((key,))]


@pytest.mark.parametrize("key", sorted({*KEY_NAMES.values()} - {"back", "up", "down", "*", "#"}))
def test_every_key_alone_is_pressed_in_the_end(key):
    assert keys(fed((key, None), SLOW_S)) == [key]


def test_where_a_digit_acts_at_once_everything_waits():
    assert fed("8", may_pass=False) == [Typed(("8",))]
    bursts = Bursts()
    assert bursts.feed("8", "8", 1.0, may_pass=False) == []
    assert keys(fed(EAN + "\r", may_pass=False)) == []


HOSTILE = [
    "\r\r",  # pay, and the exact sum
    "\x1b\r",  # cancel, and yes
    "\x1b\x1b\x1b\r",
    "\r\r\r\r\r\r",
    "1\r\r",  # sell number 1, and pay
    "\x1b1\r",
    "5\r\x1b\r",
]


@pytest.mark.parametrize("code", HOSTILE)
@pytest.mark.parametrize("may_pass", [True, False])
def test_a_bar_code_of_commands_commits_nothing(code, may_pass):
    verdicts = fed(code + "\r", may_pass=may_pass)
    assert verdicts[-1] == Spoilt()
    assert not set(keys(verdicts)) - set("0123456789")
    assert scans(verdicts) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("\x1b\x1b590123\x1b4", "5901234"),
        ("\x02590123\x00456\x03", "590123456"),
        ("\r590123\r", "590123"),
        ("\x08\x08\x0812345678", "12345678"),
        (f"01{EAN}{GS}10LOT", f"01{EAN}{GS}10LOT"),
    ],
)
def test_commands_inside_a_code_are_no_keys(code, text):
    verdicts = fed(code + "\r")
    assert scans(verdicts) == [text]
    assert not set(keys(verdicts)) & {"enter", "esc", "menu", "pay"}


def test_escape_sequences_that_a_terminal_has_made_keys_of():
    """``ESC [ A`` comes as one key; in the middle of a code it is none."""
    pieces = [("up", None), ("f10", None), "5901", ("menu", None), "234567", ("enter", "\r")]
    verdicts = fed(*pieces)
    assert scans(verdicts) == ["5901234567"]
    assert "menu" not in keys(verdicts)


def test_ten_thousand_signs_are_a_bounded_text():
    verdicts = fed("7" * 10_000 + "\r", gap_s=0.0001)
    (text,) = scans(verdicts)
    assert len(text) <= TEXT_MAX + 1


def test_ten_thousand_signs_without_an_end_are_nothing():
    bursts = Bursts()
    for no in range(10_000):
        bursts.feed("7", "7", 1.0 + no * 0.0001, may_pass=True)
    assert len(bursts._keys) <= KEYS_MAX + 1
    assert len(bursts._signs) <= TEXT_MAX + 1
    assert bursts.rest(10.0) == [Spoilt()]


def test_a_code_without_an_end_is_typed_for_the_cashier_to_confirm():
    assert keys(fed(EAN)) == [*EAN]


class TestPrefix:
    def test_a_scan_may_be_short(self):
        assert scans(fed("~12\r", prefix="~")) == ["12"]
        assert keys(fed("~12\r", prefix="~")) == []

    def test_a_scan_may_end_with_a_pause(self):
        assert scans(fed(f"~{EAN}", SLOW_S, prefix="~")) == [EAN]

    def test_the_sign_alone_is_a_key(self):
        assert keys(fed("~", SLOW_S, prefix="~")) == ["~"]

    def test_without_the_sign_the_usual_rule_holds(self):
        assert scans(fed(EAN + "\r", prefix="~")) == [EAN]
        assert keys(fed("12\r", prefix="~")) == ["1", "2", "enter"]

    def test_the_sign_inside_a_code_belongs_to_it(self):
        assert scans(fed("~a~b\r", prefix="~")) == ["a~b"]


PRESSES = st.tuples(
    st.sampled_from([*KEY_NAMES.values(), *"0123456789ab.", ""]),
    st.sampled_from([None, "\x1b", "\x00", "7", "ż", GS, "\x03"]),
    st.floats(0, 0.1),
)


@given(st.lists(PRESSES, max_size=80), st.booleans(), st.sampled_from(["", "7", "~"]))
def test_whatever_comes_no_key_is_pressed_twice_or_out_of_order(presses, may_pass, prefix):
    bursts, found, at_s, fed_keys = Bursts(prefix), [], 0.0, []
    for key, character, gap_s in presses:
        at_s += gap_s
        fed_keys.append(key)
        found += bursts.feed(key, character, at_s, may_pass=may_pass)
    found += bursts.rest(at_s + 1)
    assert not bursts.is_holding
    order = iter(fed_keys)
    assert all(key in order for key in keys(found))
    for text in scans(found):
        assert len(text) >= (1 if prefix else BURST_MIN) - len(prefix)
        assert all(sign.isprintable() or sign == GS for sign in text)


@given(st.lists(st.sampled_from([*KEY_NAMES.values(), *"0123456789"]), max_size=40))
def test_at_finger_speed_every_key_arrives(pressed):
    verdicts = fed(*[part for key in pressed for part in ((key, None), SLOW_S)])
    assert keys(verdicts) == pressed
