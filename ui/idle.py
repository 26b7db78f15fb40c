"""How long nobody has touched the till, and whether it is to be locked for that. No threads."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ui.known import Known
    from ui.screens.page import Page

_MINUTE_S = 60.0


class Idle:
    """``clock`` gives seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._touched_s = clock()

    def touched(self) -> None:
        """Somebody is here."""
        self._touched_s = self._clock()

    def wants_lock(self, known: Known, pages: Iterable[Page]) -> bool:
        """Whether nobody was here for as long as the shop says; asks once for each time.

        Never in the middle of something: a page may keep the till awake.
        """
        minutes = known.settings.idle_lock_min if known.settings else 0
        is_idle = 0 < minutes <= (self._clock() - self._touched_s) / _MINUTE_S
        if known.operator is None or not is_idle or any(page.keeps_awake for page in pages):
            return False
        self.touched()
        return True
