"""Cells shown and cells wanted → the bytes from one to the other, row by row. Pure: sends nothing.

The row of the cursor goes first, so that what somebody types is answered before the rest of the
screen; after each row the caller may drop the picture for a newer one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.celldiff import pen
from ui.celldiff.letters import nearest
from ui.widgets import row as rows_of
from ui.widgets.themes import NORMAL, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.celldiff.picture import Picture
    from ui.widgets.row import Row

Cell = tuple[str, str]
_BLANK: Cell = (" ", pen.PLAIN)
_CLEAR = "\x1b[m\x1b[H\x1b[2J"
_SHOW, _HIDE = "\x1b[?25h", "\x1b[?25l"


class Painter:
    """Knows what a terminal with ``charset`` shows, as long as it is told of every other hand."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self.forget()

    def forget(self) -> None:
        """Nobody knows any more what is shown: the next picture begins with an empty screen."""
        self._width = 0
        self._theme = ""
        self._rows: list[Row | None] = []
        self._shown: list[list[Cell]] = []
        self._look: str | None = None
        self._y = 0
        self._x: int | None = None
        self._is_cursor_seen: bool | None = None

    def paint(self, wanted: Picture) -> Iterator[bytes]:
        """The bytes of each row that differs, then of the cursor."""
        if (self._width, len(self._shown)) != (wanted.width, len(wanted.rows)):
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
        self._width, self._theme = wanted.width, wanted.theme
        self._rows = [None] * len(wanted.rows)
        self._shown = [[_BLANK] * wanted.width for _ in wanted.rows]
        self._look, self._y, self._x = pen.PLAIN, 0, 0
        return _CLEAR.encode()

    def _cells(self, line: Row) -> list[Cell]:
        looks = THEMES.get(self._theme, NORMAL)
        cells = [
            (character, looks[style].sgr)
            for text, style in line
            for character in nearest(text, self._charset)
        ][: self._width]
        blank = (" ", looks[rows_of.TEXT].sgr)
        return cells + [blank] * (self._width - len(cells))

    def _line(self, y: int, line: Row) -> str:
        """One row, and note it as shown."""
        old, new = self._shown[y], self._cells(line)
        self._rows[y], self._shown[y] = line, new
        changed = [x for x in range(self._width) if not _same(old[x], new[x])]
        if not changed:
            return ""
        tail = self._width
        while tail and _same(new[tail - 1], _BLANK):
            tail -= 1
        erased = [x for x in changed if x >= tail]
        is_erasing = bool(erased) and erased[-1] - erased[0] >= len(pen.ERASE_LINE)
        text = "".join(
            self._to(y, x, new) + self._put(new[x]) for x in changed if x < tail or not is_erasing
        )
        if is_erasing:
            text += self._to(y, erased[0], new) + self._turn(_BLANK) + pen.ERASE_LINE
        return text

    def _put(self, cell: Cell) -> str:
        text = self._turn(cell) + cell[0]
        # Behind the last column terminals differ in where their cursor is.
        if self._x is not None:
            self._x = self._x + 1 if self._x + 1 < self._width else None
        return text

    def _turn(self, cell: Cell) -> str:
        if self._paints(cell):
            return ""
        text = pen.turn(self._look, cell[1])
        self._look = cell[1]
        return text

    def _paints(self, cell: Cell) -> bool:
        """Whether the cell comes out right with the look that the pen has."""
        return self._look is not None and _same((cell[0], self._look), cell)

    def _to(self, y: int, x: int, new: list[Cell] | None = None) -> str:
        """The shortest way to a cell; ``new`` is its row, when all before it is as it should be."""
        down = pen.updown(y - self._y)
        ways = [pen.jump(y, x), f"\r{down}{self._along(0, x, new)}"]
        if self._x is not None:
            ways.append(down + self._along(self._x, x, new))
        self._y, self._x = y, x
        return min(ways, key=len)

    def _along(self, start: int, end: int, new: list[Cell] | None) -> str:
        """Sideways; over what is there already by writing it once more, where that is shorter."""
        moved = pen.sideways(end - start)
        if new and 0 < end - start <= len(moved) and all(map(self._paints, new[start:end])):
            return "".join(character for character, _ in new[start:end])
        return moved

    def _rest(self, cursor: tuple[int, int] | None) -> str:
        """Leave the cursor where somebody types, or hide it."""
        text = ""
        if cursor is not None and cursor != (self._y, self._x):
            text = self._to(*cursor)
        if (cursor is not None) is not self._is_cursor_seen:
            self._is_cursor_seen = cursor is not None
            text += _SHOW if self._is_cursor_seen else _HIDE
        return text


def _same(one: Cell, other: Cell) -> bool:
    """Whether nobody could tell them apart."""
    if one[0] != other[0]:
        return False
    return one[1] == other[1] or (one[0] == " " and pen.ground(one[1]) == pen.ground(other[1]))
