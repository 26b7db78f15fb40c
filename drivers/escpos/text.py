"""Text as a receipt printer takes it: one code page for the whole slip, nothing it would misread.

Babel puts U+202F between thousands and no printer has it; typographic dashes and quotes are missing
from half of the code pages. Letters the page lacks lose their accent rather than their shape.
"""

from __future__ import annotations

import unicodedata

# Of those that a printer's profile offers, the page that holds the most of a slip is taken.
PAGES = {
    "pl": ("CP852", "CP1250", "ISO_8859-2"),
    "es": ("CP858", "CP1252", "CP850"),
    "fr": ("CP1252", "CP858", "ISO_8859-15", "CP850"),
    "en": ("CP858", "CP1252", "CP850"),
}
# What a language cannot do without; œ and € have substitutes.
LETTERS = {
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "es": "áéíóúüñ¿¡ÁÉÍÓÚÜÑ",
    "fr": "àâçéèêëîïôùûüÀÂÇÉÈÊËÎÏÔÙÛÜ",
    "en": "",
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
    "¿": "?",
    "¡": "!",
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


def codec(page: str) -> str:
    """Python's name of code page ``page``."""
    return page.replace("ISO_8859", "iso8859")


def printable(text: str, page: str) -> str:
    """``text`` in one line with only characters that code page ``page`` has."""
    name = codec(page)
    plain = _plain(text)
    if _has(name, plain):
        return plain
    return "".join(sign if _has(name, sign) else _instead(sign, name) for sign in plain)


def lost(text: str, page: str) -> str:
    """The characters of ``text`` that ``page`` lacks, each once, in their order."""
    name, plain = codec(page), _plain(text)
    if _has(name, plain):
        return ""
    return "".join(dict.fromkeys(sign for sign in plain if not _has(name, sign)))


def _plain(text: str) -> str:
    """Composed, in one line, without control characters and typographic signs."""
    composed = unicodedata.normalize("NFC", text).translate(_MARKS)
    if composed.isascii() and composed.isprintable():
        return composed
    return "".join(
        " " if sign.isspace() else sign
        for sign in composed
        if sign.isspace() or not unicodedata.category(sign).startswith("C")
    )


def _instead(sign: str, name: str) -> str:
    if unicodedata.category(sign).startswith("M"):
        return ""  # a mark that does not combine: the letter before it stays
    for candidate in (_SUBSTITUTES.get(sign, ""), unicodedata.normalize("NFKD", sign)[0]):
        if candidate and _has(name, candidate):
            return candidate
    return "?"


def _has(name: str, text: str) -> bool:
    try:
        text.encode(name)
    except UnicodeEncodeError:
        return False
    return True
