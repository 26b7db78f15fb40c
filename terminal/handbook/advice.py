"""What the handbook holds about one error. No I/O."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """Message ids: the cause, whether receipt or report is in the fiscal memory, the remedy.

    Empty where there is nothing to say.
    """

    why: str
    exists: str
    remedy: str
