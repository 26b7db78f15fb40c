"""Menu 8 6: the language of this operator's session and the contrast of this screen. Live."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import LANGUAGES, translate
from terminal.i18n import gettext_noop as _
from ui.screens.question import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk

# A language names itself, in letters that each terminal has.
LANGUAGE_NAMES = {"pl": "Polski", "en": "English", "fr": "Français", "es": "Castellano"}
THEMES = {
    "normal": _("Colours"),
    "contrast": _("High contrast"),
    "mono": _("Two colours"),
}


class Look(Choices):
    """A digit changes it at once and the page stays, to be read in the new look."""

    def __init__(self, desk: Desk) -> None:
        languages = [
            (LANGUAGE_NAMES[code], partial(self._again, partial(desk.speech.speak, code)))
            for code in LANGUAGES
        ]
        themes = [
            (translate(name), partial(self._again, partial(setattr, desk, "theme", theme)))
            for theme, name in THEMES.items()
        ]
        super().__init__(desk, translate("Look"), [*languages, *themes])

    def _again(self, change: Callable[[], object]) -> None:
        change()
        self.desk.open(Look(self.desk))
