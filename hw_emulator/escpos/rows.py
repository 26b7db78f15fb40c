"""What a receipt printer has put on its roll, with the place of everything. Data only.

A unit is one dot, 8 to the millimetre. ``words`` tells rows in words, ``on_paper`` shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

CELLS = {"A": (12, 24), "B": (9, 17)}
COLUMN_DOTS = CELLS["A"][0]


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look; ``width`` and ``height`` multiply, 1 to 8."""

    font: str = "A"
    width: int = 1
    height: int = 1
    is_bold: bool = False
    underline: int = 0
    is_inverse: bool = False
    is_turned: bool = False

    @property
    def cell(self) -> tuple[int, int]:
        """Width and height of one letter."""
        width, height = CELLS[self.font]
        size = width * self.width, height * self.height
        return (size[1], size[0]) if self.is_turned else size


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture; ``bits`` are rows of whole bytes, the highest bit leftmost, 1 is black."""

    width: int
    height: int
    bits: bytes = field(repr=False)
    name: str = ""

    @property
    def row_bytes(self) -> int:
        """Bytes of one row."""
        return -(-self.width // 8)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code that the printer draws: ``kind`` as in "EAN13" or "QR".

    ``module`` is the width of its smallest bar, ``height`` that of bars or 2D rows; ``captions``
    tells where its text stands, 1 above, 2 below, 3 both; ``level`` is the correction of 2D codes,
    ``columns`` of PDF417.
    """

    kind: str
    data: bytes
    module: int = 2
    height: int = 162
    captions: int = 0
    level: int = 0
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a row, ``x`` from the left edge; ``y`` is from the top on pages alone."""

    x: int
    content: str | Bitmap | Symbol
    style: Style = field(default_factory=Style)
    y: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Paper that was fed ``height`` dots, with ``items`` on it; ``align`` is 0, 1 or 2.

    ``is_page``: items stand at their ``y`` instead of on one line.
    """

    items: tuple[Item, ...]
    height: int
    align: int = 0
    is_upside_down: bool = False
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened to the paper, or beside it: "cut", "drawer 1"."""

    name: str
    detail: str = ""


OnRoll: TypeAlias = Row | Mark
