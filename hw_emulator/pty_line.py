"""Devices on a pseudo-terminal, which a client opens as if it were a serial port.

The slave side stays open here as well, so that a client may close and come back at any time.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from typing import TYPE_CHECKING

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
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._is_read = True
        self._master, self._slave = os.openpty()
        self._stop_read, self._stop_write = os.pipe()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self._link = link
        if link:
            _replace_link(link, self.path)
            self.path = str(link)
        self._feed = connect(self._send, interface)
        self._thread = threading.Thread(target=self._read, name="pty", daemon=True)

    def start(self) -> None:
        """Read what clients write."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up and remove the symlink."""
        self._stopping.set()
        os.write(self._stop_write, b"x")
        if self._thread is not threading.current_thread() and self._thread.is_alive():
            self._thread.join(_STUCK_S)
        with self._lock:
            for end in (self._master, self._slave, self._stop_read, self._stop_write):
                os.close(end)
            self._master = -1
        if self._link:
            with contextlib.suppress(OSError):
                self._link.unlink()

    def _read(self) -> None:
        chunk_bytes = self._pace_in.chunk_bytes or _READ_BYTES
        waited = True
        while not self._stopping.is_set():
            try:
                data = os.read(self._master, chunk_bytes)
            except BlockingIOError:
                select.select([self._master, self._stop_read], [], [])
                waited = True
                continue
            self._pace_in.take(len(data), follows=not waited)
            waited = False
            self._feed(data)

    def _send(self, data: bytes) -> None:
        with self._lock:
            step = self._pace_out.chunk_bytes or len(data)
            for start in range(0, len(data), step):
                chunk = data[start : start + step]
                self._pace_out.take(len(chunk), follows=start > 0)
                if not self._write(chunk):
                    return

    def _write(self, chunk: bytes) -> bool:
        """Write all of ``chunk``; False when nobody has read for a while and it is lost."""
        while chunk and self._master >= 0:
            patience_s = _STUCK_S if self._is_read else 0
            _, writable, _ = select.select([], [self._master], [], patience_s)
            self._is_read = bool(writable)
            if not writable:
                return False
            with contextlib.suppress(BlockingIOError):
                chunk = chunk[os.write(self._master, chunk) :]
        return not chunk


def _replace_link(link: Path, target: str) -> None:
    if link.is_symlink():
        link.unlink()
    link.symlink_to(target)
