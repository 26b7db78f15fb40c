"""How long things are waited for: between tries of a step, and for a worker that says nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass

_DOUBLINGS_MAX = 30


@dataclass(frozen=True, slots=True)
class Patience:
    """Lengths in seconds. With these an hour's outage of the other side is sat out.

    A step is tried ``tries`` times, the waits between them double from ``first_s`` to ``most_s``.
    A worker says every ``beat_s`` that it lives; after ``silence_s`` without a word it is dead.
    The loop of a worker looks around every ``look_s``.
    """

    first_s: float = 5.0
    most_s: float = 1800.0
    tries: int = 14
    beat_s: float = 5.0
    silence_s: float = 30.0
    look_s: float = 0.5

    def wait_s(self, attempt: int, least_s: float = 0.0) -> float:
        """How long to wait after the try number ``attempt`` failed, not shorter than asked.

        Somewhere in the upper half, so that jobs that failed together do not come together again.
        """
        doubled = min(self.first_s * 2.0 ** min(attempt - 1, _DOUBLINGS_MAX), self.most_s)
        return max(doubled * random.uniform(0.5, 1.0), least_s)  # noqa: S311 - no secret
