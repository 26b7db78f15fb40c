"""No text of ours becomes anything but text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import Header
from drivers.novitus.text import HEADER_END, header_text, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mleko 2 %\t1 l", "Mleko 2 % 1 l"),
        ("  Żółw \x00\x1b[31m ", "Żółw [31m"),
        ("zażo\u0301łc\u0301", "zażółć"),
        ("crème ☕ ñ", "creme ? n"),
        ('<b>&amp;"', '<b>&amp;"'),
        ("a\u202eb", "ab"),
    ],
)
def test_plain(text, shown):
    assert plain(text, 60) == shown


@given(st.text(max_size=200))
def test_nothing_unprintable_comes_through(text):
    shown = plain(text, 60)
    assert len(shown) <= 60
    assert shown == shown.strip()
    assert shown.isprintable()
    shown.encode("cp1250")


def test_header():
    header = Header("Lipa & Syn\x1b\\", f"Sklep{HEADER_END}", "Polna 1\r\n2", "00-001", "Łódź")
    assert header_text(header) == "Lipa & Syn\\\rSklep\rPolna 1  2\r00-001 Łódź"
    assert header_text(Header("A", "", "", "", "B")) == "A\rB"
