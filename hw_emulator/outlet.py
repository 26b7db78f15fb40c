"""Bytes on their way to one client: in order, no faster than the line, never in the device's way.

What the client does not take at once is kept up to a limit, and sent by a thread of its own. What
a client lets pile up beyond that is lost, as on a wire, or costs it the connection.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from hw_emulator.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

KEPT_MAX = 256 * 1024
_TICK_S = 0.1
_END_S = 5.0
_Item: TypeAlias = "bytes | Callable[[], None]"


def write_some(fd: int, data: bytes) -> int:
    """How much of ``data`` a non-blocking descriptor takes now; raises OSError when it is gone."""
    try:
        return os.write(fd, data)
    except BlockingIOError:
        return 0


class Outlet:
    """Sends to the non-blocking descriptor ``fd`` at ``pace``.

    ``patience_s`` is how long a client may refuse bytes before they are lost (None: for ever);
    ``on_full`` is called when there is no more room (None: the newest bytes are lost).
    """

    def __init__(
        self,
        fd: int,
        pace: Pace | None = None,
        *,
        kept_max: int = KEPT_MAX,
        patience_s: float | None = None,
        on_full: Callable[[], None] | None = None,
    ) -> None:
        self._fd = fd
        self._pace = pace or Pace()
        self._kept_max = kept_max
        self._patience_s = patience_s
        self._on_full = on_full
        self._changed = threading.Condition()
        self._urgent: deque[_Item] = deque()
        self._queue: deque[_Item] = deque()
        self._kept = 0
        self._is_busy = self._is_held = self._is_closed = False
        self._is_read = True
        self._thread: threading.Thread | None = None

    def __call__(self, data: bytes) -> None:
        """Send ``data`` after everything sent before; returns at once."""
        self._put(data, self._queue)

    def urgent(self, data: bytes) -> None:
        """Send ``data`` before what is waiting, whether or not the line is held."""
        self._put(data, self._urgent)

    def then(self, do: Callable[[], None]) -> None:
        """Call ``do`` once everything sent so far is out."""
        with self._changed:
            if self._is_busy or self._queue or self._urgent:
                self._queue.append(do)
                self._wake()
                return
        do()

    def hold(self, *, is_held: bool) -> None:
        """Stop sending, or go on."""
        with self._changed:
            self._is_held = is_held
            self._changed.notify_all()

    def wait_empty(self, timeout_s: float) -> bool:
        """Wait until everything is out; False when it is not within ``timeout_s``."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._is_closed or not (self._is_busy or self._queue or self._urgent),
                timeout_s,
            )

    def clear(self) -> None:
        """Forget the bytes that are waiting."""
        with self._changed:
            self._kept -= sum(len(item) for item in self._queue if isinstance(item, bytes))
            errands = [item for item in self._queue if not isinstance(item, bytes)]
            self._queue.clear()
            self._queue.extend(errands)
            self._changed.notify_all()

    def close(self) -> None:
        """Send nothing more. The descriptor belongs to somebody else."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(_END_S)

    def _put(self, data: bytes, queue: deque[_Item]) -> None:
        with self._changed:
            if self._is_closed or not data:
                return
            if self._is_free(queue):
                try:
                    data = data[write_some(self._fd, data) :]
                except OSError:
                    self._is_closed = True
                    self._changed.notify_all()
                    return
            if not data:
                return
            is_full = self._kept + len(data) > self._kept_max
            if not is_full:
                queue.append(data)
                self._kept += len(data)
                self._wake()
        if is_full:
            log.info("a client does not read: %d bytes lost", len(data))
            if self._on_full:
                self._on_full()

    def _is_free(self, queue: deque[_Item]) -> bool:
        """Whether bytes may go straight out, without the thread."""
        waiting = self._is_busy or self._urgent or (queue is self._queue and self._queue)
        is_held = queue is self._queue and (self._is_held or self._pace.baud)
        return not waiting and not is_held

    def _wake(self) -> None:
        if not self._thread:
            self._thread = threading.Thread(target=self._run, name="outlet", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while (item := self._next()) is not None:
            is_lost = False
            if isinstance(item, bytes):
                try:
                    is_lost = not self._send(item)
                except OSError:
                    self._is_closed = True
            else:
                item()
            with self._changed:
                self._kept -= len(item) if isinstance(item, bytes) else 0
                self._is_busy = False
                self._changed.notify_all()
            if is_lost:
                log.info("nobody reads: answers are lost")
                self.clear()

    def _next(self) -> _Item | None:
        def ready() -> bool:
            return bool(self._is_closed or self._urgent or (self._queue and not self._is_held))

        with self._changed:
            self._changed.wait_for(ready)
            if self._is_closed:
                return None
            self._is_busy = True
            return (self._urgent or self._queue).popleft()

    def _send(self, data: bytes) -> bool:
        """Send all of ``data``; False when nobody has read for a while and it is lost."""
        start = 0
        while start < len(data) and not self._is_closed:
            chunk = data[start : start + (self._pace.chunk_bytes or len(data))]
            self._pace.take(len(chunk), follows=start > 0)
            start += len(chunk)
            if not self._write(chunk):
                return False
        return True

    def _write(self, chunk: bytes) -> bool:
        refused_at = time.monotonic()
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        while not self._is_closed:
            chunk = chunk[write_some(self._fd, chunk) :]
            if not chunk:
                self._is_read = True
                return True
            patience_s = self._patience_s if self._is_read else 0
            if patience_s is not None and time.monotonic() - refused_at >= patience_s:
                self._is_read = False
                return False
            poll.poll(_TICK_S * 1000)
        return False
