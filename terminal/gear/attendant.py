"""A thread that attends one device: works with it, says when it goes and comes, never gives up.

A device that is missing costs a look now and then, and a lamp; it never costs a sale.
"""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from terminal.events import DeviceChanged

if TYPE_CHECKING:
    from collections.abc import Callable

RETRY_FIRST_S = 1.0
RETRY_MAX_S = 15.0
STOP_S = 3.0
_log = logging.getLogger(__name__)


class Attendant:
    """``work`` does one step and returns within a second or so; ``close`` gives the line back.

    ``tell`` hears ``DeviceChanged`` when the device called ``name`` comes or goes. A fault of our
    own in ``work`` is logged and counts as a device that went.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], None],
        close: Callable[[], None],
        tell: Callable[[object], None],
    ) -> None:
        self._name = name
        self._work = work
        self._close = close
        self._tell = tell
        self._is_online: bool | None = None
        self._stopping = Event()
        self._retry_s = RETRY_FIRST_S
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Stop working; a step that hangs is left to end by itself."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def rest(self, seconds: float) -> None:
        """Wait, but no longer than until ``stop``; for ``work`` itself."""
        self._stopping.wait(seconds)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work()
            except DeviceError as error:
                self._went(str(error))
            except Exception as error:  # noqa: BLE001 - the thread must outlive our own mistakes
                _log.exception("%s: a step failed", self._name)
                self._went(f"{type(error).__name__}: {error}")
            else:
                self._retry_s = RETRY_FIRST_S
                self._say(is_online=True)
        self._close()

    def _went(self, detail: str) -> None:
        if self._is_online is not False:
            _log.warning("%s does not answer: %s", self._name, detail)
        self._say(is_online=False, detail=detail)
        self._stopping.wait(self._retry_s)
        self._retry_s = min(self._retry_s * 2, RETRY_MAX_S)

    def _say(self, *, is_online: bool, detail: str = "") -> None:
        if is_online is not self._is_online:
            self._is_online = is_online
            self._tell(DeviceChanged(self._name, is_online=is_online, detail=detail))
