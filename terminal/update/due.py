"""When to look for a newer program: daily, and soon after an exchange; never all tills at once."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MINUTE_S = 60.0
_HOUR_S = 60 * _MINUTE_S
_DAY_S = 24 * _HOUR_S
# Tills of a chain are switched on at the same minute, and push at the same one.
_FIRST_S = (1 * _MINUTE_S, 10 * _MINUTE_S)
_SOON_S = (0.0, 2 * _MINUTE_S)
_NEXT_S = (_DAY_S - _HOUR_S, _DAY_S + _HOUR_S)
_RETRY_S = (_HOUR_S / 2, _HOUR_S)
# An exchange right after a search says nothing new.
_REST_S = 15 * _MINUTE_S


class Due:
    """``clock`` goes on while the wall clock is set; ``rng`` draws the moments."""

    def __init__(
        self, clock: Callable[[], float], rng: random.Random | random.SystemRandom | None = None
    ) -> None:
        self._clock = clock
        self._rng = rng or random.SystemRandom()
        self._looked_at: float | None = None
        self._at = self._after(_FIRST_S)

    def is_due(self) -> bool:
        """Whether it is time."""
        return self._clock() >= self._at

    def exchanged(self) -> None:
        """The office was just reached for something else: what it offers may be new."""
        now = self._clock()
        if self._looked_at is None or now - self._looked_at >= _REST_S:
            self._at = min(self._at, self._after(_SOON_S))

    def looked(self, *, is_well: bool) -> None:
        """A search is over."""
        self._looked_at = self._clock()
        self._at = self._after(_NEXT_S if is_well else _RETRY_S)

    def _after(self, span_s: tuple[float, float]) -> float:
        return self._clock() + self._rng.uniform(*span_s)
