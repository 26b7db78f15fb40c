"""Names of keys, whatever keyboard they came from."""

from __future__ import annotations

import pytest

from ui.key_names import canonical, key_names


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("asterisk", "*", "*"),
        ("multiply", None, "*"),
        ("number_sign", "#", "#"),
        ("full_stop", ".", ","),
        ("unnamed", ".", ","),
        ("decimal", None, ","),
        ("separator", None, ","),
        ("comma", ",", ","),
        ("ctrl+j", None, "enter"),
        ("enter", "\r", "enter"),
        ("f10", None, "menu"),
        ("7", "7", "7"),
        ("ż", "ż", "ż"),
        ("upper_a", "A", "A"),
        ("ctrl+c", None, ""),
        ("ctrl+q", None, ""),
        ("f7", None, "recall"),
        ("f12", None, "service"),
        ("f13", None, ""),
        ("ctrl+right_square_bracket", "\x1d", ""),
    ],
)
def test_one_name_whatever_the_keyboard(key, character, name):
    assert canonical(key_names({}), key, character) == name


def test_keys_can_be_changed_but_only_to_actions():
    names = key_names({"plus": "pay", "f12": "menu"})
    assert canonical(names, "plus", "+") == "pay"
    assert canonical(names, "f12", None) == "menu"
    with pytest.raises(ValueError, match=r"\[keys\] f12: no such action: fly"):
        key_names({"f12": "fly"})
