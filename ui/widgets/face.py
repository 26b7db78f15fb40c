"""The one widget of the cashier's screen: paints rows, and only the cells that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Sequence

_GROUND = "#000000"
STYLES: dict[str, Style] = {
    row.TEXT: Style.parse(f"#e8e8e8 on {_GROUND}"),
    row.DIM: Style.parse(f"#a8a8a8 on {_GROUND}"),
    row.BAR: Style.parse("#000000 on #c8c8c8"),
    row.GOOD: Style.parse("bold #004d1a on #c8c8c8"),
    row.TITLE: Style.parse("bold #ffffff on #004a80"),
    row.MARK: Style.parse("bold #000000 on #f0c000"),
    row.VOID: Style.parse(f"strike #a8a8a8 on {_GROUND}"),
    row.ERROR: Style.parse("bold #ffffff on #b00000"),
    row.NOTE: Style.parse("bold #ffffff on #006030"),
    row.ENTRY: Style.parse("bold #ffffff on #303030"),
    row.TOTAL: Style.parse(f"bold #ffe000 on {_GROUND}"),
    row.STRONG: Style.parse(f"bold #ffffff on {_GROUND}"),
    row.WARN: Style.parse(f"bold #ff8060 on {_GROUND}"),
}


class Face(Widget):
    """Shows the rows it was given last; anything below them is empty."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Face { width: 100%; height: 100%; background: #000000; }"

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[row.Row] = []

    def show(self, rows: Sequence[row.Row]) -> None:
        """Paint the cells in which ``rows`` differ from what is shown."""
        old, self.rows = self.rows, list(rows)
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
        line = self.rows[y] if y < len(self.rows) else row.BLANK
        strip = Strip([Segment(text, STYLES[style]) for text, style in line])
        return strip.adjust_cell_length(self.size.width, STYLES[row.TEXT])
