"""Notes by one key each: a comma on the empty amount, then a digit for every note given. Pure.

No amount begins with a comma, so no amount is ever mistaken for a note.
"""

from __future__ import annotations

NOTES_GR = {"1": 1_000, "2": 2_000, "3": 5_000, "4": 10_000, "5": 20_000, "6": 50_000}
START = ","
_GROSZE = 100


def words() -> str:
    """The row of keys: ``1 = 10  2 = 20 …``."""
    return "  ".join(f"{key} = {gr // _GROSZE}" for key, gr in NOTES_GR.items())


class Counted:
    """Notes counted into an amount that is typed; any other key ends the counting."""

    def __init__(self) -> None:
        self._text = ""

    def add(self, typed: str, key: str) -> str | None:
        """The amount in grosze after the note ``key``; None when ``key`` is no note here."""
        is_counting = typed == START or (typed != "" and typed == self._text)
        if not is_counting or key not in NOTES_GR:
            return None
        before = 0 if typed == START else int(typed)
        self._text = str(before + NOTES_GR[key])
        return self._text
