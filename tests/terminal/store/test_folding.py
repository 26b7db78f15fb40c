from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.store.folding import fold, key_code


@pytest.mark.parametrize(
    ("name", "letters", "keys"),
    [
        ("Mleko", "mleko", "65356"),
        ("Mleko ŁACIATE 3,2%", "mleko laciate 3 2", "65356052242830302"),
        ("ZAŻÓŁĆ gęślą jaźń", "zazolc gesla jazn", "92965204375205296"),
        ("Za\u0301z\u0307o\u0301ł", "zazol", "92965"),
        ("Coca-Cola_0,5l", "coca cola 0 5l", "26220265200055"),
        ("Straße Ærø", "strasse aero", "787277302376"),
        ("  \x00 10\u2009m³\t", "10 m3", "10063"),
        ("Wódka №1", "wodka no1", "963520661"),
        ("Хлеб", "хлеб", "1111"),
        ("%*'\"()", "", ""),
        ("", "", ""),
    ],
)
def test_examples(name: str, letters: str, keys: str) -> None:
    assert fold(name) == letters
    assert key_code(letters) == keys


@pytest.mark.parametrize(
    ("key", "letters"),
    [
        ("2", "abcąćABCĄĆ"),
        ("3", "defęDEFĘ"),
        ("4", "ghiGHI"),
        ("5", "jklłJKLŁ"),
        ("6", "mnońóMNOŃÓ"),
        ("7", "pqrsśPQRSŚ"),
        ("8", "tuvTUV"),
        ("9", "wxyzźżWXYZŹŻ"),
    ],
)
def test_each_polish_letter_is_on_its_key(key: str, letters: str) -> None:
    assert {key_code(fold(letter)) for letter in letters} == {key}


@given(st.text())
def test_folding_leaves_words_only(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(word.isalnum() for word in folded.split(" ")) or not folded
    assert not set(folded) & set("\"'*()^:+-{}%\x00")
    assert set(key_code(folded)) <= set("0123456789")
    assert len(key_code(folded)) == len(folded)
