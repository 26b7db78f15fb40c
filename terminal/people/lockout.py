"""How long wrong PINs keep a user, and a terminal, waiting. Pure: the journal keeps the state.

Five wrong PINs in a row cost 30 seconds, each further one twice as much, up to 15 minutes. A good
PIN clears the count.
"""

from __future__ import annotations

from dataclasses import dataclass

FREE_TRIES_MAX = 5
_FIRST_WAIT_S = 30.0
WAIT_MAX_S = 900.0


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong PINs in a row, and the time (seconds since 1970) before which no PIN is looked at."""

    count: int = 0
    locked_until: float = 0.0


NONE = Failures()


def wait_s(failures: Failures, now: float) -> float:
    """Seconds to wait, 0 when a PIN may be tried."""
    return max(failures.locked_until - now, 0.0)


def bounded(failures: Failures, now: float) -> Failures:
    """The same state, when the clock was set back: nobody waits for the time it once showed."""
    return Failures(failures.count, min(failures.locked_until, now + _penalty_s(failures.count)))


def failed(failures: Failures, now: float) -> Failures:
    """The state after one more wrong PIN."""
    count = failures.count + 1
    penalty_s = _penalty_s(count)
    return Failures(count, now + penalty_s if penalty_s else 0.0)


def _penalty_s(count: int) -> float:
    if count < FREE_TRIES_MAX:
        return 0.0
    # The doubling reaches the bound after five steps; a larger power is never needed.
    doublings = min(count - FREE_TRIES_MAX, 5)
    return min(_FIRST_WAIT_S * float(1 << doublings), WAIT_MAX_S)
