"""A line of the screen as words in named styles. Pure: says what stands where, paints nothing.

Every character takes one cell, so that a row can be cut anywhere and compared cell by cell.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

Span = tuple[str, str]
Row = tuple[Span, ...]

TEXT, DIM, BAR, TITLE, MARK = "text", "dim", "bar", "title", "mark"
VOID, ERROR, NOTE, ENTRY, TOTAL, STRONG, WARN, GOOD = (
    "void",
    "error",
    "note",
    "entry",
    "total",
    "strong",
    "warn",
    "good",
)
BLANK: Row = ()
_TEXTS_MAX = 2048


@lru_cache(maxsize=_TEXTS_MAX)
def clean(text: str) -> str:
    """``text`` in characters of one cell; anything else becomes a question mark."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_single(c) else "?" for c in unicodedata.normalize("NFC", text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells; what does not fit ends in an ellipsis."""
    shown = clean(text)
    if len(shown) > width:
        return shown[: width - 1] + "…" if width > 0 else ""
    return shown.rjust(width) if right else shown.ljust(width)


def row(width: int, *spans: Span) -> Row:
    """Words one after the other, cut or filled to ``width`` in the style of the last one."""
    done: list[Span] = []
    left = width
    for text, style in spans:
        shown = clean(text)
        done.append((fit(shown, min(len(shown), left)), style))
        left -= len(done[-1][0])
    if left > 0:
        done.append((" " * left, spans[-1][1] if spans else TEXT))
    return tuple(done)


def ends(width: int, left: str, right: str, style: str = TEXT) -> Row:
    """``left`` at the left edge and ``right`` at the right one."""
    tail = clean(right)
    return ((fit(left, max(0, width - len(tail) - 1)) + " " + tail, style),)


def wrapped(width: int, text: str, style: str = TEXT) -> list[Row]:
    """``text`` in as many rows as it needs, broken between words, one cell away from the edges."""
    rows: list[Row] = []
    line = ""
    for word in clean(text).split(" "):
        if line and len(line) + 1 + len(word) > width - 2:
            rows.append(row(width, (" " + line, style)))
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*rows, row(width, (" " + line, style))]


def plain(line: Row) -> str:
    """The characters of a row."""
    return "".join(text for text, _ in line)


def changed(old: Row, new: Row) -> tuple[int, int]:
    """First and one past the last cell that differ; equal numbers when nothing does."""
    before, after = _cells(old), _cells(new)
    end = max(len(before), len(after))
    before += [(" ", TEXT)] * (end - len(before))
    after += [(" ", TEXT)] * (end - len(after))
    start = 0
    while start < end and before[start] == after[start]:
        start += 1
    while end > start and before[end - 1] == after[end - 1]:
        end -= 1
    return start, end


def _cells(line: Row) -> list[Span]:
    return [(character, style) for text, style in line for character in text]


def _is_single(character: str) -> bool:
    return (
        character.isprintable()
        and not unicodedata.combining(character)
        and unicodedata.east_asian_width(character) not in "WF"
    )
