"""Text as a receipt printer takes it: one code page for the whole slip, nothing it would misread.

Babel puts U+202F between thousands and no printer has it; typographic dashes and quotes are missing
from half of the code pages. Letters the page lacks lose their accent rather than their shape.
"""

from __future__ import annotations

import unicodedata

# The first page a printer's profile offers is taken; each holds every letter of its language.
PAGES = {
    "pl": ("CP852", "CP1250"),
    "es": ("CP858", "CP1252", "CP850"),
    "fr": ("CP1252", "CP858", "CP850"),
    "en": ("CP858", "CP1252", "CP850"),
}
ASCII = "ascii"
_MARKS = str.maketrans({
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u201e\u201c\u201d\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u201a\u2018\u2019\u201b\u00b4", "'"),
    "\u2026": "...",
    "\u2022": "*",
    "\u00d7": "x",
})  # fmt: skip
_SUBSTITUTES = {
    "€": "EUR",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ø": "o",
    "Ø": "O",
    "ß": "ss",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}


def printable(text: str, page: str) -> str:
    """``text`` in one line with only characters that code page ``page`` has."""
    found = []
    for sign in unicodedata.normalize("NFC", text).translate(_MARKS):
        if sign.isspace():
            found.append(" ")
        elif not unicodedata.category(sign).startswith("C"):
            found.append(_in_page(sign, page))
    return "".join(found)


def _in_page(sign: str, page: str) -> str:
    candidates = (sign, _SUBSTITUTES.get(sign, "?"), unicodedata.normalize("NFKD", sign)[0])
    for candidate in candidates:
        if candidate != "?" and _has(page, candidate):
            return candidate
    return "?"


def _has(page: str, text: str) -> bool:
    try:
        text.encode(page)
    except UnicodeEncodeError:
        return False
    return True
