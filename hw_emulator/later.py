"""Things to be done in a while, by one thread, as many as fit. No meaning of them."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WAITING_MAX = 10_000
_NAP_MAX_S = 3600.0


@dataclass(order=True, slots=True)
class _Due:
    at_s: float
    number: int
    do: Callable[[], None] = field(compare=False)


class Later:
    """The thread begins with the first call and ends with ``stop``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due: list[_Due] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._is_stopped = False
        self._thread: threading.Thread | None = None

    def __call__(self, seconds: float, do: Callable[[], None]) -> bool:
        """Call ``do`` in ``seconds``; False when too much is waiting already."""
        with self._changed:
            if self._is_stopped or len(self._due) >= WAITING_MAX:
                return False
            heapq.heappush(self._due, _Due(self._clock() + seconds, next(self._numbers), do))
            if not self._thread:
                self._thread = threading.Thread(target=self._run, name="later", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return True

    def stop(self) -> None:
        """Do nothing any more."""
        with self._changed:
            self._is_stopped = True
            self._due.clear()
            self._changed.notify_all()

    def _run(self) -> None:
        while do := self._next():
            do()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._is_stopped:
                wait_s = self._due[0].at_s - self._clock() if self._due else None
                if wait_s is not None and wait_s <= 0:
                    return heapq.heappop(self._due).do
                self._changed.wait(None if wait_s is None else min(wait_s, _NAP_MAX_S))
        return None
