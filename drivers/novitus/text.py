"""Text as the printer takes it: one line, no control characters, only letters it has. No I/O.

JSON can carry anything, paper cannot: which letters the printer has is told nowhere, so they are
those of Windows-1250, which its older protocol speaks.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from drivers.novitus.packet import CODE_PAGE

if TYPE_CHECKING:
    from drivers.fiscal import Header

# Byte FF, which ends the header in its packet, is this sign in the code page.
HEADER_END = "\u02d9"


def plain(text: str, limit: int) -> str:
    """``text`` cut to ``limit`` printable characters, without blanks at the ends."""
    found = []
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace():
            found.append(" ")
        elif not unicodedata.category(sign).startswith("C"):
            found.append(_printable(sign))
    return "".join(found).strip()[:limit].rstrip()


def header_text(header: Header) -> str:
    """The header as lines with a carriage return between them, without the sign that ends it."""
    town = f"{header.postal_code} {header.city}"
    lines = (header.company, header.name, header.street, town)
    kept = (plain(line.replace(HEADER_END, " "), _LINE_MAX) for line in lines)
    return "\r".join(line for line in kept if line)


_LINE_MAX = 40


def _printable(sign: str) -> str:
    """``sign``, else its letter without the accent, else a question mark."""
    for candidate in (sign, unicodedata.normalize("NFKD", sign)[0]):
        try:
            candidate.encode(CODE_PAGE)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"
