"""Sounds of a terminal: short for a line sold, long or twice for no. Pure.

The Linux console can be told pitch and length of its bell; any other terminal only rings.
"""

from __future__ import annotations

from enum import Enum

BELL = "\a"
PAUSE_S = 0.25


class Sound(Enum):
    """What somebody hears without looking."""

    DONE = "done"
    REFUSED = "refused"


# Pitch in hertz and length in milliseconds (console_codes(4)), then the bell.
_CONSOLE = {
    Sound.DONE: "\x1b[10;1800]\x1b[11;60]\a",
    Sound.REFUSED: "\x1b[10;330]\x1b[11;500]\a",
}
_RINGS = {Sound.DONE: 1, Sound.REFUSED: 2}


def signals(sound: Sound, wanted: str, *, is_console: bool) -> list[str]:
    """What to send, each ``PAUSE_S`` after the one before; ``wanted`` is all, errors or off."""
    if wanted == "off" or (wanted == "errors" and sound is not Sound.REFUSED):
        return []
    return [_CONSOLE[sound]] if is_console else [BELL] * _RINGS[sound]
