"""States of the printing mechanism, and what a command may have to wait for. No logic.

Source: protocol.md §6, §14.
"""

from __future__ import annotations

from enum import IntEnum


class Mechanism(IntEnum):
    """State of the printing mechanism, as ``sprn`` tells it."""

    OK = 0
    LEVER = 1
    NO_ACCESS = 2
    COVER = 3
    NO_PAPER = 5
    OVERHEATED = 6
    POWER_DIP = 7
    CUTTER = 8
    POWER_SUPPLY = 9
    COVER_WHILE_CUTTING = 10


class Wait(IntEnum):
    """Why a command blocks; the value is what ``sdev`` tells meanwhile."""

    KEY = 2
    MECHANISM = 3
