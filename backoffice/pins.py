"""What a PIN may be and which are guessed first. Pure; the hash is made in ``people``."""

from __future__ import annotations

import re

_PIN = re.compile(r"[0-9]{4,8}")
_KEYPAD_RUNS = "01234567890", "09876543210"
_FAVOURITES = frozenset({"2580", "0852", "1212", "6969", "1122"})


def is_pin(text: str) -> bool:
    """Whether a till would take it: 4 to 8 digits."""
    return _PIN.fullmatch(text) is not None


def is_weak(pin: str, identifier: str = "") -> bool:
    """Whether it is among those that are tried first: 1111, 1234, the identifier, a year."""
    return (
        len(set(pin)) == 1
        or any(pin in run for run in _KEYPAD_RUNS)
        or pin in _FAVOURITES
        or (bool(identifier) and pin.strip("0") == identifier.strip("0"))
        or (len(pin) == len("2000") and pin[:2] in {"19", "20"})
    )
