"""Renews what the office signs by itself, as long as it runs: tills take no old timestamp."""

from __future__ import annotations

import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

from backoffice.releases.faults import ReleaseFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backoffice.releases.shelf import Shelf

LOOK_S = 600.0
STOP_MAX_S = 5.0


class Renewal:
    """A thread that looks at once and then every ten minutes; half of a life is its time."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime], look_s: float = LOOK_S) -> None:
        self._shelf, self._clock, self._look_s = shelf, clock, look_s
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="release renewal", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        self._thread.join(STOP_MAX_S)

    def _run(self) -> None:
        said = ""
        while True:
            try:
                self._shelf.renew(self._clock())
                said = ""
            except (ReleaseFault, OSError) as error:
                # Once, not every ten minutes: /v1/metrics tells how long it still lasts.
                if str(error) != said:
                    said = str(error)
                    print(f"releases are not renewed: {said}", file=sys.stderr)  # noqa: T201
            if self._stopped.wait(self._look_s):
                return
