"""Devices on a pseudo-terminal, which a client opens as if it were a serial port.

The slave side stays open here as well, so that a client may close and come back at any time. With a
symlink the device can vanish and come back as a USB one does; without it, where a client would not
find it again, it falls silent instead.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from typing import TYPE_CHECKING

from hw_emulator.outlet import Outlet
from hw_emulator.pace import Pace

if TYPE_CHECKING:
    from pathlib import Path

    from hw_emulator.lines import Connect

_READ_BYTES = 4096
_STUCK_S = 1.0


class PtyLine:
    """One pseudo-terminal; ``path`` is what to open. ``link`` becomes a symlink to it.

    Raises OSError when there is no terminal left, FileExistsError when ``link`` is something else
    than an old symlink.
    """

    def __init__(
        self, connect: Connect, link: Path | None = None, *, baud: int = 0, interface: int = 1
    ) -> None:
        self._pace_in, self._pace_out = Pace(baud), Pace(baud)
        self._connect, self._interface, self._link = connect, interface, link
        self._lock = threading.RLock()
        self._is_deaf = self._is_stopped = False
        self._end = _End(self._pace_out, link)
        self.path = str(link) if link else self._end.path
        self._feed = connect(_Way(self), interface)

    def start(self) -> None:
        """Read what clients write."""
        self._begin(self._end)

    def stop(self) -> None:
        """Hang up and remove the symlink."""
        with self._lock:
            self._is_stopped = self._is_deaf = True
            end = self._end
        end.close()

    def down(self) -> None:
        """Vanish, or fall silent."""
        with self._lock:
            self._is_deaf = True
            if self._link:
                self._end.close()
            else:
                self._end.outlet.clear()

    def up(self) -> None:
        """Come back: another terminal behind the same symlink. Raises OSError."""
        with self._lock:
            if self._is_stopped:
                return
            if self._end.is_closed:
                self._end = _End(self._pace_out, self._link)
                self._begin(self._end)
            self._feed = self._connect(_Way(self), self._interface)
            self._is_deaf = False

    def replug(self) -> None:
        """As when somebody pulls the plug and puts it back; without a symlink nobody sees it."""
        # Who comes second, or while it is down, finds it done.
        if self._lock.acquire(blocking=False):
            try:
                if not self._end.is_closed:
                    self.down()
                    self.up()
            finally:
                self._lock.release()

    def set_baud(self, baud: int) -> None:
        """Bytes pass no faster than this."""
        self._pace_in.baud = self._pace_out.baud = baud

    def send(self, data: bytes) -> None:
        """To whoever has it open."""
        if not self._is_deaf:
            self._end.outlet(data)

    def hang_up(self) -> None:
        """Pull the plug once everything sent so far is out."""
        self._end.outlet.then(self.replug)

    def _begin(self, end: _End) -> None:
        thread = threading.Thread(target=self._read, args=(end,), name="pty", daemon=True)
        thread.start()
        end.thread = thread

    def _read(self, end: _End) -> None:
        waited = True
        while not end.is_closed:
            try:
                data = os.read(end.master, self._pace_in.chunk_bytes or _READ_BYTES)
            except BlockingIOError:
                select.select([end.master, end.wake_read], [], [])
                waited = True
                continue
            except OSError:
                return
            self._pace_in.take(len(data), follows=not waited)
            waited = False
            if not self._is_deaf:
                self._feed(data)


class _Way:
    """The way back to whoever has the terminal open; nobody can be owed anything there."""

    def __init__(self, line: PtyLine) -> None:
        self._line = line

    def __call__(self, data: bytes) -> None:
        self._line.send(data)

    def hang_up(self) -> None:
        self._line.hang_up()

    def owe(self) -> None:
        """A terminal does not tell when its client leaves."""

    def settle(self) -> None:
        """As ``owe``."""

    def set_baud(self, baud: int) -> None:
        self._line.set_baud(baud)


class _End:
    """Our end of one terminal, with its symlink."""

    def __init__(self, pace: Pace, link: Path | None) -> None:
        self.master, self._slave = os.openpty()
        self.wake_read, self._wake_write = os.pipe()
        self.is_closed = False
        self.thread: threading.Thread | None = None
        tty.setraw(self._slave)
        os.set_blocking(self.master, False)
        self.path = os.ttyname(self._slave)
        self.outlet = Outlet(self.master, pace, patience_s=_STUCK_S)
        self._link: Path | None = None
        if link:
            try:
                _replace_link(link, self.path)
            except OSError:
                self.close()
                raise
            self._link = link

    def close(self) -> None:
        """Hang up. May be repeated."""
        if self.is_closed:
            return
        self.is_closed = True
        os.write(self._wake_write, b"x")
        if self.thread and self.thread is not threading.current_thread():
            self.thread.join(_STUCK_S)
        self.outlet.close()
        for descriptor in (self.master, self._slave, self.wake_read, self._wake_write):
            os.close(descriptor)
        if self._link:
            with contextlib.suppress(OSError):
                self._link.unlink()


def _replace_link(link: Path, target: str) -> None:
    if link.is_symlink():
        link.unlink()
    link.symlink_to(target)
