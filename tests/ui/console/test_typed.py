from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.console.words import WORDS, find
from terminal.i18n import use_language
from ui.console.typed import LINE_MAX, entries, options, path_of, typed, word_behind
from ui.menu import MENU


@pytest.fixture(autouse=True, scope="module")
def _english():
    use_language("en")


def test_words_are_words_whatever_their_case_and_spaces():
    assert typed("  DB   check ").words == ("db", "check")
    assert typed("status --json") == typed("--json status")
    assert typed("status --json").is_json
    # But a code of the office is one.
    assert typed("enrol K7QX-93RT").words == ("enrol", "K7QX-93RT")


def test_a_number_of_the_menu_is_a_word_however_it_is_typed():
    for line in ("843", "8 4 3", "8 43", "84 3"):
        path = path_of(typed(line).words)
        assert word_behind(path) == ["pull", "products"]
    assert path_of(("8", "x")) == ""
    assert path_of(("٣",)) == ""


def test_every_entry_of_the_menu_is_a_word_a_list_or_the_cashiers():
    for choice in MENU:
        words = word_behind(choice.path)
        if words:
            assert find(words)
        elif choice.is_submenu:
            assert entries(choice.path)[0].startswith(f"{' '.join(choice.path)} ")
        else:
            assert "only on the cashier's screen" in entries(choice.path)[0]
    assert "No such number" in entries("98")[0]


def test_hostile_lines_become_printable_words():
    assert typed("\x1b[200~status\x1b[201~").words == ("status",)
    assert typed("sta\x00tus").words == ("sta", "tus")
    assert typed("\x1b]0;evil\x07").words
    assert typed("x" * (LINE_MAX + 1)).is_long
    assert typed("a b c d e f g h i j").is_long
    assert typed("").first == ""


@given(st.text(max_size=3000))
def test_any_line_is_bounded_and_printable(line):
    found = typed(line)
    assert len(found.words) <= 8
    assert all(len(word) <= 64 and word.isprintable() for word in found.words)


def test_words_scopes_and_help_are_completed():
    assert options("lo") == ["log", "login", "logout"]
    assert options("login pr") == ["print"]
    assert options("help upd") == ["update"]
    assert options("test sc") == ["scale", "scanner"]
    assert options("db check ") == []
    for word in WORDS:
        assert word.name.split()[0] in options("")
