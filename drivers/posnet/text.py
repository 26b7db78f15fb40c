"""Text as the printer takes it: one line, no control characters, only letters it has.

The frame has no escaping, so a TAB in a goods name would become a field of its own. Some bytes of
Windows-1250 are table-drawing characters on paper (POT-I-DEV-37, chapter on characters): the signs
that would land on them are replaced.
"""

from __future__ import annotations

import unicodedata

from drivers.posnet.frame import CODE_PAGE

_DRAWN = {
    0x00A4: " ",  # currency sign
    0x00A8: " ",  # diaeresis
    0x00B4: "'",  # acute accent
    0x00B8: " ",  # cedilla
    0x02DB: " ",  # ogonek
}


def plain(text: str, limit: int, *, has_lines: bool = False) -> str:
    """``text`` cut to ``limit`` printable characters; ``has_lines`` lets line feeds through."""
    found = []
    for sign in unicodedata.normalize("NFC", text).translate(_DRAWN):
        if sign == "\n" and has_lines:
            found.append(sign)
        elif sign.isspace():
            found.append(" ")
        elif not unicodedata.category(sign).startswith("C"):
            found.append(_printable(sign))
    return "".join(found)[:limit]


def _printable(sign: str) -> str:
    """``sign``, else its letter without the accent, else a question mark."""
    for candidate in (sign, unicodedata.normalize("NFKD", sign)[0]):
        try:
            candidate.encode(CODE_PAGE)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"
