"""Asks for a free text: a name, a note, a reason. By multi-tap, or as a keyboard types it.

A scan is no text: it is told and ignored, as on every question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept, Cycle, Mode, Other, Text
from ui.multitap import GROUPS, Case, Tapped, next_case, next_letter, tap
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

TEXT_MAX = 120
_COLUMNS = 3
# The keys as they lie on the keypad.
_KEYPAD = ("123", "456", "789", "0")


class TextField(Page):
    """Hands the text, without gaps around it, to ``then``; not an empty one by default.

    On every keypad point and comma are one key: ``comma`` is what it writes here.
    """

    scans = Scans.IGNORE

    def __init__(
        self,
        desk: Desk,
        title: str,
        prompt: str,
        then: Callable[[str], object],
        *,
        text: str = "",
        length_max: int = TEXT_MAX,
        may_be_empty: bool = False,
        case: Case = Case.FIRST,
        comma: str = ",",
    ) -> None:
        super().__init__(desk, Mode.TEXT)
        self._title = title
        self._prompt = prompt
        self._then = then
        self._length_max = length_max
        self._may_be_empty = may_be_empty
        self._comma = comma
        self._tapped = Tapped(text, case=case)
        self.entry = replace(self.entry, text=text)

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    @property
    def prompt(self) -> str:
        """What is asked for, and what the next key writes."""
        return f"{self._prompt} [{self._tapped.case}]"

    def legend(self) -> Legend:
        """What is not a letter."""
        return (
            ("Enter", translate("confirm")),
            ("#", translate("next letter")),
            ("*", " ".join(Case)),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """The whole text, for the field below shows only its beginning; then the keys."""
        rows = [row.row(width), *row.wrapped(width, self.entry.text + "_", row.STRONG)]
        keys = (
            "   ".join(f"{key} {row.fit(self._signs(key), 8)}" for key in line) for line in _KEYPAD
        )
        rows += [row.row(width), *(row.row(width, (f"  {line}", row.DIM)) for line in keys)]
        return rows[:height]

    def press(self, key: str) -> None:
        """Digits and letters write; all else is as in every field."""
        if len(key) == 1 and key not in "*#":
            self._write(tap(self._now, self._comma if key == "," else key, self._length_max))
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Enter hands the text on."""
        match intent:
            case Text(_, text) if text.strip() or self._may_be_empty:
                self._done(text.strip())
            case Accept() if self._may_be_empty:
                self._done("")
            case Text() | Accept():
                self.desk.refuse_text(translate("Something must be written here"))
            case Cycle():
                self._write(next_letter(self._now))
            case Other():
                self._write(next_case(self._now))
            case _:
                super().on(intent)

    @property
    def _now(self) -> Tapped:
        """What was tapped; a text that changed in between has no letter that may still turn."""
        if self._tapped.text == self.entry.text:
            return self._tapped
        return Tapped(self.entry.text, "", self._tapped.case)

    def _write(self, tapped: Tapped) -> None:
        self._tapped = tapped
        self.entry = replace(self.entry, text=tapped.text)

    def _done(self, text: str) -> None:
        self.desk.close(self)
        self._then(text)

    def _signs(self, key: str) -> str:
        signs = key if self._tapped.case is Case.DIGITS else GROUPS[key].replace(" ", "_")
        return signs.upper() if self._tapped.case is Case.UPPER else signs
