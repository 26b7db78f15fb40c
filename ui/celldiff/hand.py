"""The hand that writes on a terminal: where it is, with which look, and the shortest way on. Pure.

Each method gives what must be sent and moves the hand as that would.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.celldiff import pen

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = tuple[str, str]
BLANK: Cell = (" ", pen.PLAIN)


@dataclass(slots=True)
class Hand:
    """At row ``y``; None stands for a column, or a look, that nobody knows."""

    width: int
    look: str | None = pen.PLAIN
    y: int = 0
    x: int | None = 0

    def go(self, y: int, x: int, written: Sequence[Cell] = ()) -> str:
        """To a cell; ``written`` is its row as it is shown, as far as it is known."""
        down = pen.updown(y - self.y)
        ways = [pen.jump(y, x), f"\r{down}{self._along(0, x, written)}"]
        if self.x is not None:
            ways.append(down + self._along(self.x, x, written))
        self.y, self.x = y, x
        return min(ways, key=len)

    def put(self, cell: Cell) -> str:
        """One cell, here."""
        text = self._turn(cell) + cell[0]
        # Behind the last column terminals differ in where their cursor is.
        if self.x is not None:
            self.x = self.x + 1 if self.x + 1 < self.width else None
        return text

    def erase(self) -> str:
        """The rest of the row becomes blank."""
        return self._turn(BLANK) + pen.ERASE_LINE

    def _turn(self, cell: Cell) -> str:
        if self._paints(cell):
            return ""
        text = pen.turn(self.look, cell[1])
        self.look = cell[1]
        return text

    def _paints(self, cell: Cell) -> bool:
        """Whether the cell comes out right with the look as it is."""
        return self.look is not None and same((cell[0], self.look), cell)

    def _along(self, start: int, end: int, written: Sequence[Cell]) -> str:
        """Sideways; over what is there already by writing it once more, where that is shorter."""
        moved = pen.sideways(end - start)
        between = written[start:end]
        if between and len(between) <= len(moved) and all(map(self._paints, between)):
            return "".join(character for character, _ in between)
        return moved


def same(one: Cell, other: Cell) -> bool:
    """Whether nobody could tell them apart."""
    if one[0] != other[0]:
        return False
    return one[1] == other[1] or (one[0] == " " and pen.ground(one[1]) == pen.ground(other[1]))
