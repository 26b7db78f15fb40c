"""What screens see of an update on its way into this till. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """How far it is; in ``TRIAL`` and ``WAITING`` nothing can be sold."""

    IDLE = "IDLE"
    # The day is closed: it will be installed when the seconds are over.
    COUNTDOWN = "COUNTDOWN"
    INSTALLING = "INSTALLING"
    # Installed; the program is about to end and to come back as the new one.
    RESTARTING = "RESTARTING"
    # The new version runs and looks whether it is well.
    TRIAL = "TRIAL"
    # The same, and all that is missing is the fiscal printer's answer.
    WAITING = "WAITING"


@dataclass(frozen=True, slots=True)
class UpdateState:
    """``version`` is the one on its way; ``step`` is a sentence for the screen while it installs.

    ``rolled_back`` is the version that was last given up here, and why.
    """

    phase: Phase = Phase.IDLE
    version: str = ""
    seconds_left: int = 0
    step: str = ""
    rolled_back: str = ""


@dataclass(frozen=True, slots=True)
class UpdateChanged:
    """An event: what screens see has changed."""

    state: UpdateState
