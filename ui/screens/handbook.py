"""Menu 7 5: what a number on the screen means and what to do, found by typing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from terminal.handbook.pages import HANDBOOK, number
from terminal.i18n import translate
from terminal.sentences import SENTENCES
from ui.keypad import Accept, Mode, Text
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.codes import Code
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_CODES = tuple(HANDBOOK)
_FIELD = re.compile(r"\{\w+\}")


def sentence(code: Code) -> str:
    """What the screen says with this number, dots where it names something."""
    return _FIELD.sub("…", translate(SENTENCES[code]))


class Handbook(Listing):
    """All numbers; those typed so far lead to the first that begins with them."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.DIGITS)

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Error codes and remedies")

    @property
    def prompt(self) -> str:
        """What is typed here."""
        return translate("Number of the error")

    @property
    def count(self) -> int:
        """How many there are."""
        return len(_CODES)

    def legend(self) -> Legend:
        """Type, choose, read."""
        return (
            ("0-9", translate("number")),
            ("↑ ↓", translate("choose")),
            ("Enter", translate("details")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """One row a number."""
        texts = [row.fit(f"{code:<6} {sentence(code)}", width - 2) for code in _CODES]
        return marked_rows(width, height, texts, self.marked)

    def press(self, key: str) -> None:
        """What was typed moves the mark."""
        super().press(key)
        if typed := self.entry.text.lstrip("0"):
            found = (no for no, code in enumerate(_CODES) if str(number(code)).startswith(typed))
            self.marked = next(found, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter opens the marked one."""
        if isinstance(intent, Accept | Text):
            self.desk.open(Remedy(self.desk, _CODES[self.marked]))
        else:
            super().on(intent)


class Remedy(Page):
    """One page of the handbook."""

    def __init__(self, desk: Desk, code: Code) -> None:
        super().__init__(desk)
        self._code = code

    @property
    def title(self) -> str:
        """The number."""
        return translate("Error {code}", code=self._code)

    def body(self, width: int, height: int) -> list[Row]:
        """What it says, why, what is in the fiscal memory, what to do."""
        page = HANDBOOK[self._code]
        rows = [row.row(width), *row.wrapped(width, sentence(self._code), row.STRONG)]
        for name, text in (
            (translate("Why"), page.why),
            (translate("In the fiscal memory"), page.exists),
            (translate("What to do"), page.remedy),
        ):
            if text:
                rows += [row.row(width), row.row(width, (f" {name}:", row.DIM))]
                rows += row.wrapped(width, translate(text))
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Enter has read it."""
        if isinstance(intent, Accept):
            self.desk.close(self)
        else:
            super().on(intent)
