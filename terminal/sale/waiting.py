"""What a printer waits for, in one word for the program and in words for people. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import Attention, Mechanism
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

if TYPE_CHECKING:
    from drivers.fiscal import Status

BUSY = "busy"
WAITS = {
    "cover": _("cover open"),
    "no_paper": _("no paper"),
    "overheated": _("overheated"),
    "power": _("power fault"),
    "cutter": _("cutter fault"),
    "no_access": _("mechanism not ready"),
    "in_menu": _("in its menu"),
    "waiting_key": _("waits for a key"),
    "waiting_error": _("shows an error"),
    BUSY: _("used by another program"),
}


def waiting_for(status: Status) -> str:
    """One word for what the printer waits for; empty when it is ready."""
    if status.mechanism is not Mechanism.OK:
        return str(status.mechanism)
    return "" if status.attention is Attention.READY else str(status.attention)


def in_words(waits_for: str) -> str:
    """The same for people, in the language of the screen."""
    return translate(WAITS[waits_for]) if waits_for in WAITS else waits_for
