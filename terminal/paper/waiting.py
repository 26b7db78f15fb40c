"""What a receipt printer waits for, in words for people. No I/O."""

from __future__ import annotations

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

WAITS = {
    "paper": _("no paper"),
    "cover": _("cover open"),
    "cutter": _("cutter fault"),
    "overheated": _("overheated"),
    "broken": _("needs service"),
    "offline": _("not ready"),
    "busy": _("still printing"),
    "line": _("does not answer"),
    "silent": _("does not answer"),
    "power": _("the till was switched off while it printed"),
}


def in_words(reason: str) -> str:
    """``reason`` for people, in the language of the screen."""
    return translate(WAITS[reason]) if reason in WAITS else reason
