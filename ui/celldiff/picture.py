"""What the screen should show: rows, how they look, and where the visible cursor stands. Pure.

The cursor says where somebody is: braille displays follow it, and so do eyes. It stands in the
entry field, else on the marked line of a list, else at the message; it follows from the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.row import Row


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole screen; ``cursor`` is row and column of the visible cursor, None hides it."""

    width: int
    rows: tuple[Row, ...]
    theme: str
    cursor: tuple[int, int] | None = None


def picture(rows: Sequence[Row], width: int, theme: str) -> Picture:
    """The picture of ``rows``."""
    return Picture(width, tuple(rows), theme, cursor(rows))


def cursor(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Row and column of what has the attention; None where nothing has."""
    for y in range(len(rows) - 1, -1, -1):
        if any(style == row.ENTRY for _, style in rows[y]):
            return y, max(0, len(row.plain(rows[y]).rstrip()) - 1)
    for wanted in (row.MARK, row.ERROR, row.NOTE):
        # The first row is the status bar, whose lamps are no place to be.
        for y in range(1, len(rows)):
            before = 0
            for text, style in rows[y]:
                if style == wanted:
                    return y, before
                before += len(text)
    return None
