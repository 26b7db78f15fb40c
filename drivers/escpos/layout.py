"""Rows of a slip → lines of the paper's width. No bytes; the text is printable already.

Masło extra wiejskie z         a long name goes on below,
Podlasia 200 g       12,99     the amount stands whole at the end of its last line
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOM_MIN = 8  # less beside an amount is no place for a name


def wrap(text: str, width: int) -> list[str]:
    """Cut ``text`` at spaces into lines of at most ``width``; a longer word is cut where it must.

    An indentation stays where its first word has room beside it.
    """
    lines = []
    while len(text) > width:
        end = text.rfind(" ", 0, width + 1)
        if end >= 0 and not text[:end].strip():
            text = text.lstrip()
            continue
        if end < 0:
            end = width
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text.rstrip()]


def beside(left: str, right: str, width: int) -> list[str]:
    """``left`` and, at the right edge of the last line, ``right``; neither loses a character.

    ``right`` gets a line of its own where it leaves no room, and several when it is longer than
    that.
    """
    right = right.strip()
    if not right:
        return wrap(left, width)
    room = width - len(right) - 1
    if len(left) > room and room < _ROOM_MIN:
        above = wrap(left, width) if left.strip() else []
        return [*above, *(part.rjust(width) for part in _pieces(right, width))]
    *above, last = wrap(left, max(room, 1))
    return [*above, last.ljust(width - len(right)) + right]


def _pieces(text: str, width: int) -> Iterator[str]:
    for start in range(0, len(text), width):
        yield text[start : start + width]
