"""How long until the printer is asked again, in whole seconds. No threads."""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING

from terminal.events import PrinterChanged

if TYPE_CHECKING:
    from collections.abc import Callable


class Countdown:
    """``clock`` gives seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until_s = 0.0

    @property
    def left(self) -> int:
        """Seconds left; 0 when nothing is waited for."""
        return max(0, ceil(self._until_s - self._clock()))

    def hear(self, event: object) -> None:
        """A printer that does not answer says when it is asked again."""
        if isinstance(event, PrinterChanged):
            self._until_s = self._clock() + event.retry_s if event.retry_s else 0.0
