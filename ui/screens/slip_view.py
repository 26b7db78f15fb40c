"""A slip on the screen: what was printed of it, or would have been with a receipt printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept, Move
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.paper.shown import Shown, ShownRow
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

# As wide as the paper of a receipt printer.
PAPER = 48


class SlipView(Page):
    """Scrolls; Enter and Esc leave."""

    def __init__(self, desk: Desk, slip: Shown) -> None:
        super().__init__(desk)
        self._slip = slip
        self._first = 0

    @property
    def title(self) -> str:
        """The heading of the slip."""
        return self._slip.title

    def legend(self) -> Legend:
        """Look and leave."""
        return (("↑ ↓", translate("scroll")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """The paper in the middle of the screen."""
        paper = min(width - 2, PAPER)
        margin = " " * ((width - paper) // 2)
        rows = []
        for one in self._slip.rows:
            style = row.STRONG if one.is_bold else row.TEXT
            rows += [
                row.row(width, (margin, row.TEXT), (text, style)) for text in _lines(one, paper)
            ]
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :][:height]

    def on(self, intent: Intent) -> None:
        """Up, down, away."""
        match intent:
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Accept():
                self.desk.close(self)
            case _:
                super().on(intent)


def _lines(one: ShownRow, paper: int) -> list[str]:
    if one.is_centred:
        return [one.text[:paper].center(paper)]
    if one.right:
        ((text, _style),) = row.ends(paper, one.text, one.right)
        return [text]
    return [row.plain(line)[1:] for line in row.wrapped(paper + 1, one.text)]
