from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.text import ASCII, PAGES, printable


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("Zażółć gęślą jaźń", "CP852", "Zażółć gęślą jaźń"),
        ("Zażółć gęślą jaźń", ASCII, "Zazolc gesla jazn"),
        ("1\u202f234,50\u00a0zł", "CP852", "1 234,50 zł"),
        ("– „a” ’b’ « c » … ×2", "CP852", '- "a" \'b\' " c " ... x2'),
        ("5 €", "CP852", "5 EUR"),
        ("5 €", "CP858", "5 €"),
        ("cœur", "CP858", "coeur"),
        ("a\x1b@\x00\x7fb\u200b", "CP852", "a@b"),
        ("a\tb\nc", "CP852", "a b c"),
        ("漢", "CP852", "?"),
        ("z\u0307", "CP852", "ż"),
    ],
)
def test_printable(text, page, expected):
    assert printable(text, page) == expected


LETTERS = {
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "es": "áéíóúüñ¿¡ÁÉÍÓÚÜÑ",
    "fr": "àâçéèêëîïôùûüÀÂÇÉÈÊËÎÏÔÙÛÜ",
    "en": "£",
}


@pytest.mark.parametrize("language", PAGES)
def test_every_page_holds_its_language(language):
    for page in PAGES[language]:
        assert printable(LETTERS[language], page) == LETTERS[language]


@given(st.text(max_size=60), st.sampled_from(["CP852", "CP1250", "CP1252", "CP858", ASCII]))
def test_whatever_comes_can_be_printed(text, page):
    data = printable(text, page).encode(page)
    assert not any(byte < 0x20 or byte == 0x7F for byte in data)
