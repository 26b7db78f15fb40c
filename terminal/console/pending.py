"""The challenge that waits for its answer: one at a time, for five minutes, for one try."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.console.challenge import Challenge

CHALLENGE_S = 300.0


class Pending:
    """``clock`` gives seconds that never jump, whatever is done to the time of day."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: tuple[Challenge, float] | None = None

    def put(self, challenge: Challenge) -> None:
        """This one was asked; one asked before is void."""
        self._asked = challenge, self._clock()

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._asked = None

    def take(self) -> Challenge:
        """The challenge, once; raises E-182 when there is none, or it is too old."""
        asked, self._asked = self._asked, None
        if asked is None or self._clock() - asked[1] >= CHALLENGE_S:
            late = translate(_("the challenge was used, or is older than five minutes"))
            raise Rejected(Code.TECHNICIAN_REFUSED, reason=late)
        return asked[0]
