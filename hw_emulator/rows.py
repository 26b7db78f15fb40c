"""What a printer puts on paper, row by row, as plain values. Draws nothing, needs no library.

Lengths are dots (203 dpi, 8 to the millimetre); a character of the standard font takes 12 × 24.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

CELL_WIDTH, CELL_HEIGHT = 12, 24
SMALL_WIDTH, SMALL_HEIGHT = 9, 17


class Align(IntEnum):
    """Where a row stands between the margins; the numbers are those of ``ESC a``."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Style:
    """How characters look: ``wide`` and ``high`` magnify 1 to 8 times, ``small`` is font B.

    ``underline`` is the thickness in dots.
    """

    bold: bool = False
    underline: int = 0
    inverted: bool = False
    italic: bool = False
    wide: int = 1
    high: int = 1
    small: bool = False

    @property
    def width(self) -> int:
        """Dots a character takes from left to right."""
        return (SMALL_WIDTH if self.small else CELL_WIDTH) * self.wide

    @property
    def height(self) -> int:
        """Dots a character takes from top to bottom."""
        return (SMALL_HEIGHT if self.small else CELL_HEIGHT) * self.high


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Text:
    """One line of characters; ``height`` is the least it takes, ``indent`` moves its left margin.

    What is wider than the paper is cut off, as there is no paper for it.
    """

    runs: tuple[Run, ...] = ()
    align: Align = Align.LEFT
    height: int = CELL_HEIGHT
    indent: int = 0
    upside_down: bool = False


@dataclass(frozen=True, slots=True)
class Bitmap:
    """An image of ``width`` × ``height`` dots: rows of whole bytes, the highest bit is leftmost.

    ``across`` and ``down`` magnify.
    """

    width: int
    height: int
    data: bytes
    align: Align = Align.LEFT
    across: int = 1
    down: int = 1
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code or two-dimensional code.

    ``kind`` is a name such as ``QR``, ``EAN13`` or ``CODE128``. ``module`` is the width of the
    narrowest bar or the side of a square, ``height`` that of the bars, ``level`` the error
    correction (L, M, Q, H of a QR code, 0 to 8 of PDF417). ``columns`` and ``ratio``, how much
    higher than wide a module is, are those of PDF417. ``caption`` is printed below.
    """

    kind: str
    data: str
    module: int = 3
    height: int = 80
    level: str = "L"
    caption: str = ""
    align: Align = Align.CENTRE
    indent: int = 0
    columns: int = 4
    ratio: int = 3


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty paper."""

    dots: int = CELL_HEIGHT


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the knife went; ``is_partial`` leaves a bridge."""

    is_partial: bool = False


Row: TypeAlias = Text | Bitmap | Code | Feed | Cut


def text_row(line: str, style: Style = PLAIN, align: Align = Align.LEFT) -> Text:
    """A row of one style."""
    return Text((Run(line, style),), align)
