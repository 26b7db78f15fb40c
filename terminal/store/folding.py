"""Brings names into the form in which they are searched: plain letters, or keys of a phone. No I/O.

``fold`` makes "Mleko ŁACIATE 3,2%" into "mleko laciate 3 2"; ``key_code`` makes that into the keys
a cashier would press: 2 = abc … 9 = wxyz, digits themselves, 0 between words, 1 for the rest.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and a mark.
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_MARKS = re.compile("[\u0300-\u036f]+")
_GAPS = re.compile(r"[\W_]+")
_LETTERS_OF_KEYS = {
    "0": " ",
    "2": "abc",
    "3": "def",
    "4": "ghi",
    "5": "jkl",
    "6": "mno",
    "7": "pqrs",
    "8": "tuv",
    "9": "wxyz",
}
_KEYS = str.maketrans({letter: key for key, all_ in _LETTERS_OF_KEYS.items() for letter in all_})
_NO_KEY = re.compile("[^0-9]")


def fold(text: str) -> str:
    """Lower-case letters without marks and digits, one space between words, none around them."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_STROKES)
    return _GAPS.sub(" ", plain).strip()


def key_code(folded: str) -> str:
    """The keys of a phone that spell a folded text."""
    return _NO_KEY.sub("1", folded.translate(_KEYS))
