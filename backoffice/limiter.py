"""Counts failures of one caller and says when to stop listening. In memory, no clock of its own."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

FAILURES_MAX = 10
CALLERS_MAX = 10_000
WINDOW = timedelta(minutes=1)


class Limiter:
    """At most ``FAILURES_MAX`` failures in ``window`` and caller; successes are free."""

    def __init__(self, window: timedelta = WINDOW) -> None:
        self._window = window
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def is_open(self, caller: str, moment: datetime) -> bool:
        """Whether the caller may try now."""
        with self._lock:
            recent = self._failures.get(caller)
            if recent is None:
                return True
            while recent and recent[0] <= moment - self._window:
                recent.popleft()
            return len(recent) < FAILURES_MAX

    def fail(self, caller: str, moment: datetime) -> None:
        """Count a failure; the oldest callers are forgotten first."""
        with self._lock:
            self._failures.setdefault(caller, deque(maxlen=FAILURES_MAX)).append(moment)
            self._failures.move_to_end(caller)
            while len(self._failures) > CALLERS_MAX:
                self._failures.popitem(last=False)
