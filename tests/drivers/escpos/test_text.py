from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.text import ASCII, LETTERS, PAGES, codec, lost, printable

EVERY_PAGE = ["CP852", "CP1250", "ISO_8859-2", "ISO_8859-15", "CP1252", "CP858", "CP437", ASCII]


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("Zażółć gęślą jaźń", "CP852", "Zażółć gęślą jaźń"),
        ("Zażółć gęślą jaźń", ASCII, "Zazolc gesla jazn"),
        ("1\u202f234,50\u00a0zł", "CP852", "1 234,50 zł"),
        ("– „a” ’b’ « c » … ×2", "CP852", '- "a" \'b\' " c " ... x2'),
        ("5 €", "CP852", "5 EUR"),
        ("5 €", "CP858", "5 €"),
        ("5 €", "CP1250", "5 €"),
        ("cœur", "CP858", "coeur"),
        ("¡Olé! ¿Sí?", "CP852", "!Olé! ?Sí?"),
        ("a\ud800b", "CP852", "ab"),
        ("a\x1b@\x00\x7fb\u200b", "CP852", "a@b"),
        ("a\x1d\x02\x03\x10\x04b\x85c", "CP852", "a b c"),
        ("a\tb\nc", "CP852", "a b c"),
        ("漢", "CP852", "?"),
        ("z\u0307", "CP852", "ż"),
        ("q\u0323\u0301x", "CP852", "qx"),  # marks that nothing holds go, their letter stays
        ("\u202eabc\u2066", "CP852", "abc"),
        ("a & b # c", "CP852", "a & b # c"),
    ],
)
def test_printable(text, page, expected):
    assert printable(text, page) == expected


@pytest.mark.parametrize("language", PAGES)
def test_every_page_holds_its_language(language):
    for page in PAGES[language]:
        assert printable(LETTERS[language] + "£", page)[:-1] == LETTERS[language]
        assert not lost(LETTERS[language], page)


def test_letters_that_are_lost_are_named_once():
    assert lost("żółta żaba", "CP1252") == "żł"
    assert lost("żółta żaba €", "CP852") == "€"
    assert lost("abc", ASCII) == ""


@given(st.text(max_size=60), st.sampled_from(EVERY_PAGE))
def test_whatever_comes_can_be_printed(text, page):
    data = printable(text, page).encode(codec(page))
    assert not any(byte < 0x20 or byte == 0x7F for byte in data)
