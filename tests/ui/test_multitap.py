"""Letters on the keys of a phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.multitap import GROUPS, Case, Tapped, next_case, next_letter, tap

LONG = 120


def tapped(keys, start=Tapped(case=Case.LOWER)):  # noqa: B008 - a frozen value
    steps = {"#": next_letter, "*": next_case}
    for key in keys:
        start = steps[key](start) if key in steps else tap(start, key, LONG)
    return start


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("65553355666", "mleko"),
        ("999#9999#9", "yzw"),
        ("22#2", "ba"),
        ("222222", "2"),
        ("2222222", "a"),
        ("55555#66666", "5ó"),
        ("2222", "ą"),
        ("99999 7777", "ź s"),
        ("8801", "u ."),
        ("1111", "'"),
        ("#", ""),
    ],
)
def test_the_same_key_turns_the_letter(keys, text):
    assert tapped(keys).text == text


def test_a_word_begins_with_a_capital_and_the_star_goes_round():
    assert tapped("2662022", Tapped()).text == "Ana B"
    cases = [Tapped()]
    for _ in range(4):
        cases.append(next_case(cases[-1]))
    assert [one.case for one in cases] == ["Abc", "abc", "ABC", "123", "Abc"]
    assert tapped("**4422", Tapped()).text == "HB"
    assert tapped("***4422", Tapped()).text == "4422"


def test_whoever_types_letters_types_digits_too():
    text = tapped("Żabka 12 - łódź", Tapped())
    assert (text.text, text.case) == ("Żabka 12 - łódź", Case.DIGITS)
    # Back to the keys of a phone.
    assert tapped("*522", text).text == "Żabka 12 - łódźjb"


def test_a_full_field_takes_no_more_but_its_last_letter_may_turn():
    full = tap(Tapped("a" * 9, case=Case.LOWER), "2", 10)
    assert tap(full, "2", 10).text == "a" * 9 + "b"
    assert tap(full, "3", 10) == Tapped(full.text, "", Case.LOWER)
    assert tap(full, "x", 10).text == full.text


@given(st.text("0123456789*#aż -", max_size=40))
def test_no_keys_break_it(keys):
    start = Tapped()
    for key in keys:
        before = start
        start = tapped(key, start)
        assert abs(len(start.text) - len(before.text)) <= 1


@pytest.mark.parametrize("key", GROUPS)
def test_each_sign_of_a_key_can_be_written(key):
    seen = [tapped(key * times).text for times in range(1, len(GROUPS[key]) + 1)]
    assert "".join(seen) == GROUPS[key]
