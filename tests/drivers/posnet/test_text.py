from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.posnet.frame import Frame, encode
from drivers.posnet.text import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        (unicodedata.normalize("NFD", "Żółć"), "Żółć"),
        ("a\tb\nc\rd", "a b c d"),
        ("a\x00b\x02c\x03d\x7fe\u200bf\u00adg", "abcdefg"),
        ("1\u202f234\u00a050", "1 234 50"),
        ("ñandú", "nandú"),
        ("漢字 ok", "?? ok"),
        ("\u00b4a\u00a4", "'a "),
        ("", ""),
    ],
)
def test_plain(text, expected):
    assert plain(text, 80) == expected


def test_plain_is_cut():
    assert plain("x" * 200, 80) == "x" * 80


def test_line_feeds_only_where_told():
    assert plain("a\nb\tc", 80, has_lines=True) == "a\nb c"


# Bytes of Windows-1250 that are table-drawing characters on paper.
DRAWN = bytes((0x81, 0x88, 0x90, 0x98, 0xA0, 0xA4, 0xA8, 0xAD, 0xB2, 0xB4, 0xB8))


@given(st.text(max_size=120), st.integers(1, 90), st.booleans())
def test_whatever_comes_can_be_sent(text, limit, has_lines):
    clean = plain(text, limit, has_lines=has_lines)
    assert len(clean) <= limit
    assert "\t" not in clean
    assert has_lines or "\n" not in clean
    assert not set(clean.encode("cp1250")) & set(DRAWN)
    assert encode(Frame("trline", (("na", clean),)))
