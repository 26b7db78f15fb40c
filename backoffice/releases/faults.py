"""What the makers of a release are told when it cannot be done."""

from __future__ import annotations


class ReleaseFault(Exception):
    """``detail`` is a sentence that says what is wrong, where, and what to do."""

    def __init__(self, *, detail: str) -> None:
        super().__init__(detail)


class Unfinished(ReleaseFault):
    """Nothing is wrong; signatures are missing, and the sentence says whose."""
