"""Makes a copy a day, as long as the office runs."""

from __future__ import annotations

import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

from backoffice.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backoffice.copies.kept import Copies

LOOK_S = 600.0
STOP_MAX_S = 5.0


class Daily:
    """A thread that looks every ten minutes whether there is a copy of today (UTC)."""

    def __init__(
        self, copies: Copies, clock: Callable[[], datetime], look_s: float = LOOK_S
    ) -> None:
        self._copies, self._clock, self._look_s = copies, clock, look_s
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="daily copy", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Make no more; one that is being made is given up with the process."""
        self._stopped.set()
        self._thread.join(STOP_MAX_S)

    def _run(self) -> None:
        said = ""
        # Not at once: an office that has just been started has other things to do.
        while not self._stopped.wait(self._look_s):
            moment = self._clock()
            newest = next(iter(self._copies.listed()), None)
            if newest and newest.made_at.date() >= moment.date():
                continue
            try:
                self._copies.make(moment)
                said = ""
            except OfficeError as error:
                # Once, not every ten minutes.
                if error.detail != said:
                    said = error.detail
                    print(f"no copy was made: {said}", file=sys.stderr)  # noqa: T201
