"""How the Polish pages say what a till's update does. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backoffice.update_states import UpdateState

_STATES = {
    "prepared": "{} czeka na zamknięcie dnia",
    "trial": "{} na próbie",
    "installed": "{} zainstalowana",
    "rolled_back": "{} wycofana",
    "barred": "{} zablokowana na tej kasie",
    "refused": "kasa odrzuciła to, co jej podano",
}


def update(told: UpdateState, running: str) -> str:
    """What became of the version that a till was given; ``running`` is the one it runs."""
    return _STATES.get(told.word(running), "{}").format(told.version)
