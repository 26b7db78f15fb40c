"""What a till does for the device it runs on: tells the supervisor that it lives, minds the disk.

A supervisor (systemd) hears that the till lives only while both its engine and its screen do: who
does not come to his turn for half of the supervisor's patience is taken for dead, and all of the
till is started anew. Nothing is lost by that, as by a power cut.
"""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import TYPE_CHECKING

from terminal.device.notify import ALIVE, READY, STOPPING, notify, status, watchdog_s
from terminal.version import VERSION

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.context import Context
    from terminal.till import Till

_LOOK_S = 60.0
_EVERY_S = 5.0


class Duty:
    """Begins when the till has started; ``screen_lives`` is the screen's own to call."""

    def __init__(self, context: Context, till: Till) -> None:
        self._context = context
        self._till = till
        self._patience_s = watchdog_s() or 0.0
        self._is_over = Event()
        self._is_ready = False
        self._engine_at = self._screen_at = time.monotonic()
        self._thread = Thread(target=self._watch, name="duty", daemon=True)

    def start(self) -> None:
        """Lay the reserve by, look after the copies, begin to watch."""
        self._till.space.look()
        self._till.safe.start()
        self._thread.start()

    def stop(self) -> None:
        """The till ends because somebody wants it to."""
        self._is_over.set()
        self._thread.join()
        notify(STOPPING)

    def screen_lives(self) -> None:
        """The screen has come to its turn; the first time the till is ready."""
        self._screen_at = time.monotonic()
        if not self._is_ready:
            self._is_ready = True
            notify(READY)
            status(f"{self._context.terminal} sells, version {VERSION}")

    def _watch(self) -> None:
        asked: Future[None] | None = None
        looked_at = time.monotonic()
        while not self._is_over.wait(min(_EVERY_S, self._patience_s / 2 or _EVERY_S)):
            if asked is None or asked.done():
                asked = self._context.engine.call(self._engine_lives)
            now = time.monotonic()
            if now - min(self._engine_at, self._screen_at) < self._patience_s:
                notify(ALIVE)
            if now - looked_at >= _LOOK_S:
                looked_at = now
                self._till.space.look()

    def _engine_lives(self) -> None:
        self._engine_at = time.monotonic()
