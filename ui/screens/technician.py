"""Service menu 2 6: the technician's console, as far as the screen has to do with it. A view only.

The answer to a challenge is far too long for a keypad: it is given at the console, and here stands
whether one would be let in, and who is.
"""

from __future__ import annotations

import hashlib

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.screens.status import Status

_SHOWN = 8


class Technician(Status):
    """Who may log in at the console, and who is logged in there now."""

    heading = _("Technician's console")

    def facts(self) -> list[tuple[str, str]]:
        """The door first, then who came through it."""
        console, settings = self.desk.till.console, self.desk.known.settings
        key = settings.technicians_key if settings else ""
        takes_pins = bool(settings and settings.console_pin)
        return [
            (
                translate("The console answers"),
                translate("yes") if console.is_listening else translate("no"),
            ),
            (
                translate("Key of the technicians' authority"),
                _short(key) or translate("none: no technician can log in"),
            ),
            (
                translate("Console takes a PIN"),
                translate("yes") if takes_pins else translate("no"),
            ),
            (
                translate("Logged in there now"),
                ", ".join(console.names()) or translate("nobody"),
            ),
            (translate("To be started with"), "kasoterminal console"),
        ]


def _short(key: str) -> str:
    """What two people can compare."""
    return hashlib.sha256(key.encode()).hexdigest()[:_SHOWN] if key else ""
