"""Cells shown and cells wanted → the bytes from one to the other, row by row. Pure: sends nothing.

The row of the cursor goes first, so that what somebody types is answered before the rest of the
screen; after each row the caller may drop the picture for a newer one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.celldiff import pen
from ui.celldiff.hand import BLANK, Hand, same
from ui.celldiff.letters import nearest
from ui.widgets.row import TEXT
from ui.widgets.themes import NORMAL, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.celldiff.hand import Cell
    from ui.celldiff.picture import Picture
    from ui.widgets.row import Row

_CLEAR = "\x1b[m\x1b[H\x1b[2J"
_SHOW, _HIDE = "\x1b[?25h", "\x1b[?25l"


class Painter:
    """Knows what a terminal with ``charset`` shows, as long as it is told of every other hand."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self.forget()

    def forget(self) -> None:
        """Nobody knows any more what is shown: the next picture begins with an empty screen."""
        self._hand = Hand(0)
        self._theme = ""
        self._rows: list[Row | None] = []
        self._shown: list[list[Cell]] = []
        self._is_cursor_seen: bool | None = None

    def paint(self, wanted: Picture) -> Iterator[bytes]:
        """The bytes of each row that differs, then of the cursor."""
        if (self._hand.width, len(self._shown)) != (wanted.width, len(wanted.rows)):
            yield self._cleared(wanted)
        if self._theme != wanted.theme:
            self._theme, self._rows = wanted.theme, [None] * len(wanted.rows)
        first = wanted.cursor[0] if wanted.cursor else 0
        for y in (first, *range(first), *range(first + 1, len(wanted.rows))):
            if self._rows[y] != wanted.rows[y] and (text := self._line(y, wanted.rows[y])):
                yield text.encode(self._charset)
        if text := self._rest(wanted.cursor):
            yield text.encode(self._charset)

    def _cleared(self, wanted: Picture) -> bytes:
        self.forget()
        self._hand = Hand(wanted.width)
        self._theme = wanted.theme
        self._rows = [None] * len(wanted.rows)
        self._shown = [[BLANK] * wanted.width for _ in wanted.rows]
        return _CLEAR.encode()

    def _line(self, y: int, line: Row) -> str:
        """One row, the shortest way: as it is, or erased from one of its gaps on."""
        old, new = self._shown[y], self._cells(line)
        self._rows[y], self._shown[y] = line, new
        ways = [self._way(y, old, new, gap) for gap in (len(new), *_gaps(new))]
        text, self._hand = min(ways, key=lambda way: len(way[0]))
        return text

    def _way(self, y: int, old: list[Cell], new: list[Cell], gap: int) -> tuple[str, Hand]:
        """What to send, and the hand after it; from column ``gap`` on the row is erased."""
        hand, text = replace(self._hand), ""
        for x in range(gap):
            if not same(old[x], new[x]):
                text += hand.go(y, x, new) + hand.put(new[x])
        if gap < len(new):
            text += hand.go(y, gap, new) + hand.erase()
            for x in range(gap, len(new)):
                if not same(BLANK, new[x]):
                    text += hand.go(y, x, new) + hand.put(new[x])
        return text, hand

    def _cells(self, line: Row) -> list[Cell]:
        looks, width = THEMES.get(self._theme, NORMAL), self._hand.width
        cells = [
            (character, looks[style].sgr)
            for text, style in line
            for character in nearest(text, self._charset)
        ][:width]
        return cells + [(" ", looks[TEXT].sgr)] * (width - len(cells))

    def _rest(self, cursor: tuple[int, int] | None) -> str:
        """Leave the cursor where somebody types, or hide it."""
        text = ""
        if cursor is not None and cursor != (self._hand.y, self._hand.x):
            text = self._hand.go(*cursor)
        if (cursor is not None) is not self._is_cursor_seen:
            self._is_cursor_seen = cursor is not None
            text += _SHOW if self._is_cursor_seen else _HIDE
        return text


def _gaps(cells: list[Cell]) -> Iterator[int]:
    """Where blanks begin that are longer than the sequence that erases."""
    start = 0
    for x in range(len(cells) + 1):
        if x == len(cells) or not same(cells[x], BLANK):
            if x - start > len(pen.ERASE_LINE):
                yield start
            start = x + 1
