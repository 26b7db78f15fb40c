"""Letters that a terminal has: each character as itself or as its nearest, one cell for one. Pure.

``ascii`` is for terminals that know nothing else, ``iso-8859-2`` for those with Polish letters and
no UTF-8. Frames, blocks and signs become what a typewriter would use.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NEAREST = {
    **dict.fromkeys("│┃║▌▐", "|"),
    **dict.fromkeys("─━═–—‐‑−", "-"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬", "+"),
    **dict.fromkeys("„”“″", '"'),
    **dict.fromkeys("‚’‘′", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    "█": "#",
    "░": ".",
    "▒": ":",
    "▓": "%",
    "▀": '"',
    "▄": "_",
    "≡": "=",
    "×": "x",
    "…": "~",
    "·": ".",
    "•": "*",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "☁": "*",
    "€": "E",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "ß": "s",
    "æ": "e",
    "ø": "o",
}


class _Table(dict[int, str]):
    """Fills itself with what ``str.translate`` asks for."""

    def __init__(self, charset: str) -> None:
        super().__init__()
        self._charset = charset

    def __missing__(self, code: int) -> str:
        self[code] = found = self._nearest(chr(code))
        return found

    def _nearest(self, character: str) -> str:
        plain = unicodedata.normalize("NFKD", character)[:1]
        candidates = (character, _NEAREST.get(character, ""), plain, _NEAREST.get(plain, ""))
        return next((one for one in candidates if one and self._has(one)), "?")

    def _has(self, character: str) -> bool:
        try:
            character.encode(self._charset)
        except UnicodeEncodeError:
            return False
        return character.isprintable()


@lru_cache
def _table(charset: str) -> _Table:
    return _Table(charset)


def nearest(text: str, charset: str) -> str:
    """``text`` in characters that ``charset`` has, as many as there were."""
    return text.translate(_table(charset))
