"""Bytes no faster than a line of so many baud carries them. No I/O."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

BITS_PER_BYTE = 10  # start bit, eight data bits, stop bit
CHUNK_S = 0.01


@dataclass(slots=True)
class Pace:
    """One direction of a line; ``baud`` 0 is no limit.

    Sleeps against a running deadline, so that within a message late wake-ups do not add up.
    """

    baud: int = 0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def chunk_bytes(self) -> int:
        """How many bytes to move at once; 0 when there is no limit."""
        return max(1, int(self.baud / BITS_PER_BYTE * CHUNK_S)) if self.baud else 0

    def take(self, size_bytes: int, *, follows: bool = False) -> None:
        """Wait until ``size_bytes`` more bytes would have passed the line.

        ``follows``: they were ready to go when the last ones had passed.
        """
        if not self.baud:
            return
        with self._lock:
            now = self.clock()
            start = self._free_at if follows else max(now, self._free_at)
            self._free_at = start + size_bytes * BITS_PER_BYTE / self.baud
            wait_s = self._free_at - now
        if wait_s > 0:
            self.sleep(wait_s)
