"""A text as people look for it: in small letters, without diacritics. Pure."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, normalize

FOLDED_MAX = 80
# Letters that are no letter with a mark to Unicode, and the Polish ones, which come most often.
_PLAIN = str.maketrans("ąćęłńóśźżđðħıøŧ", "acelnoszzddhiot") | {
    ord("ß"): "ss",
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("þ"): "th",
}


# Names of units and categories come again and again.
@lru_cache(maxsize=2**12)
def folded(text: str) -> str:
    """``text`` for comparing; words are parted by one space each."""
    plain = " ".join(text.lower().split()).translate(_PLAIN)
    if not plain.isascii():
        # Some signs stand for many letters; what a row may hold has an end.
        letters = normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not combining(letter)).translate(_PLAIN)
    return plain[:FOLDED_MAX]
