"""The thread that writes to a terminal line: the newest picture wins, old ones are never queued.

Textual's loop never waits for it. A picture is sent row by row, and a row only when the line has
carried the one before; whoever shows a newer picture meanwhile has it go on from there. So at any
speed what appears is at most one row old.
"""

from __future__ import annotations

import os
import termios
from contextlib import suppress
from threading import Condition, Thread
from typing import TYPE_CHECKING

from ui.celldiff.painter import Painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.celldiff.picture import Picture

# A line that XOFF has stopped must not keep the program from ending.
_END_S = 2.0


class Outlet(Thread):
    """Paints on ``fd`` between ``greeting`` and ``farewell``; calls ``lost`` when it is gone."""

    def __init__(
        self,
        fd: int,
        charset: str,
        greeting: bytes,
        farewell: bytes,
        lost: Callable[[], object],
    ) -> None:
        super().__init__(name="screen line", daemon=True)
        self._fd = fd
        self._painter = Painter(charset)
        self._greeting, self._farewell = greeting, farewell
        self._lost = lost
        self._changed = Condition()
        self._wanted: Picture | None = None
        self._done: Picture | None = None
        self._noise = b""
        self._is_unknown = False
        self._is_ending = False

    def show(self, picture: Picture) -> None:
        """This is what should be seen; returns at once."""
        with self._changed:
            self._wanted = picture
            self._changed.notify()

    def ring(self, sound: bytes) -> None:
        """Send a sound before the next row; of sounds that pile up one is heard."""
        with self._changed:
            self._noise = sound
            self._changed.notify()

    def redraw(self) -> None:
        """Somebody switched the terminal off and on, or something else wrote on it."""
        with self._changed:
            self._is_unknown = True
            self._done = None
            self._changed.notify()

    def stop(self) -> None:
        """Give the terminal back, if it still listens."""
        with self._changed:
            self._is_ending = True
            self._changed.notify()
        self.join(_END_S)
        if self.is_alive():
            with suppress(termios.error):
                termios.tcflush(self._fd, termios.TCOFLUSH)
            self.join(_END_S)

    def run(self) -> None:
        """Send until the end, or until the line is gone."""
        try:
            self._send(self._greeting)
            while self._turn():
                pass
            self._send(self._farewell)
        except OSError:
            self._lost()

    def _turn(self) -> bool:
        """Wait for something to do and do it; false at the end."""
        with self._changed:
            self._changed.wait_for(self._is_due)
            picture, noise = self._wanted, self._noise
            self._noise = b""
            if self._is_unknown:
                self._painter.forget()
                self._is_unknown = False
        if noise:
            self._send(noise)
        if picture is not None and self._paint(picture):
            self._done = picture
        return not self._is_ending

    def _is_due(self) -> bool:
        return bool(self._noise) or self._is_ending or self._wanted is not self._done

    def _paint(self, picture: Picture) -> bool:
        """Whether all of it was sent, and nothing else became due meanwhile."""
        for part in self._painter.paint(picture):
            self._send(part)
            if self._wanted is not picture or self._is_unknown or self._noise or self._is_ending:
                return False
        return True

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._fd, left) :]
        # Written is only what the kernel took; not every file is a line (ENOTTY).
        with suppress(termios.error):
            termios.tcdrain(self._fd)
