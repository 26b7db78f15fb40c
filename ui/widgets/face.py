"""The one widget of the cashier's screen: paints rows, and only the cells that changed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from ui.widgets import row
from ui.widgets.themes import NORMAL, THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache
def styles(theme: str) -> dict[str, Style]:
    """The looks of a theme as Textual wants them; an unknown theme is the normal one."""
    looks = THEMES.get(theme, NORMAL)
    return {style: Style.parse(look.words) for style, look in looks.items()}


class Face(Widget):
    """Shows the rows it was given last; anything below them is empty."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Face { width: 100%; height: 100%; background: #000000; }"

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[row.Row] = []
        self._theme = ""

    def show(self, rows: Sequence[row.Row], theme: str = "normal") -> None:
        """Paint the cells in which ``rows`` differ from what is shown."""
        old, self.rows = self.rows, list(rows)
        if theme != self._theme:
            self._theme = theme
            self.refresh()
            return
        regions = []
        for y in range(max(len(old), len(self.rows))):
            before = old[y] if y < len(old) else row.BLANK
            after = self.rows[y] if y < len(self.rows) else row.BLANK
            if before is not after and before != after:
                start, end = row.changed(before, after)
                if end > start:
                    regions.append(Region(start, y, end - start, 1))
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One line of the screen; called by Textual for lines that need paint."""
        looks = styles(self._theme)
        line = self.rows[y] if y < len(self.rows) else row.BLANK
        strip = Strip([Segment(text, looks[style]) for text, style in line])
        return strip.adjust_cell_length(self.size.width, looks[row.TEXT])
