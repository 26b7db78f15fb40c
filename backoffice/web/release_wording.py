"""How the pages say what a till's update does. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.web.i18n import _, gettext_noop

if TYPE_CHECKING:
    from backoffice.update_states import UpdateState

_STATES = {
    "prepared": gettext_noop("{version} waits for the day to be closed"),
    "trial": gettext_noop("{version} on trial"),
    "installed": gettext_noop("{version} installed"),
    "rolled_back": gettext_noop("{version} rolled back"),
    "barred": gettext_noop("{version} barred on this till"),
    "refused": gettext_noop("the till refused what it was given"),
}


def update(told: UpdateState, running: str) -> str:
    """What became of the version that a till was given; ``running`` is the one it runs."""
    word = told.word(running)
    return _(_STATES[word], version=told.version) if word in _STATES else told.version
