"""A terminal line without any of its tricks: text out in letters it has, a line in. Few bytes.

The kernel does the editing. Whatever comes in is bounded, and a line that is too long is told as
such and not half done.
"""

from __future__ import annotations

import os
import select
import termios
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from ui.celldiff.letters import nearest
from ui.console.typed import LINE_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IDLE_S = 300.0
_READ = 4096
_KEPT_MAX = 8 * LINE_MAX


class Idle(Exception):
    """Nobody has typed for five minutes."""


class Closed(Exception):
    """The line has ended, or its other side has gone."""


class Interrupted(Exception):
    """Ctrl-C."""


class Reader(Protocol):
    """How lines are read; ``history`` is for words, not for secrets and answers."""

    def read(self, prompt: str, *, history: bool = True, secret: bool = False) -> str:
        """The next line; raises ``Idle``, ``Closed`` and ``Interrupted``."""

    def clear(self) -> None:
        """Nothing of what was shown stays to be read."""


class Paper:
    """Where text goes: ``handle`` is the line, ``charset`` its letters."""

    def __init__(self, handle: int = 1, charset: str = "utf-8") -> None:
        self._handle = handle
        self._charset = charset

    def say(self, text: str) -> None:
        """A line; nothing in it commands the terminal."""
        self.put("".join(sign if sign.isprintable() else "·" for sign in text) + "\n")

    def put(self, text: str) -> None:
        """Text as it is, in letters that the line has; raises ``Closed``."""
        parts = text.split("\n")
        if self._charset != "utf-8":
            parts = [nearest(part, self._charset) for part in parts]
        data = "\n".join(parts).encode(self._charset, "replace")
        while data:
            try:
                data = data[os.write(self._handle, data) :]
            except OSError as error:
                raise Closed from error


class PlainReader:
    """Reads from ``handle``; asks on ``paper``."""

    def __init__(
        self,
        paper: Paper,
        handle: int = 0,
        idle_s: float = IDLE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._paper = paper
        self._handle = handle
        self._idle_s = idle_s
        self._clock = clock
        self._kept = b""
        self._is_long = False

    def read(self, prompt: str, *, history: bool = True, secret: bool = False) -> str:
        """The next line."""
        del history  # there is none
        self._paper.put(prompt)
        with self._silent(secret):
            try:
                line = self._line()
            except KeyboardInterrupt:
                self._kept = b""
                raise Interrupted from None
        if secret:
            self._paper.put("\n")
        return line.decode("utf-8", "replace")

    def clear(self) -> None:
        """A plain line keeps its paper."""

    def _line(self) -> bytes:
        ends_s = self._clock() + self._idle_s
        while b"\n" not in self._kept:
            left_s = ends_s - self._clock()
            if left_s <= 0 or not select.select([self._handle], [], [], left_s)[0]:
                raise Idle
            self._take()
        line, _, self._kept = self._kept.partition(b"\n")
        if self._is_long:
            self._is_long = False
            return b"?" * (LINE_MAX + 1)
        return line

    def _take(self) -> None:
        try:
            came = os.read(self._handle, _READ)
        except OSError as error:
            raise Closed from error
        if not came:
            raise Closed
        self._kept += came.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if len(self._kept) > _KEPT_MAX and b"\n" not in self._kept:
            self._kept, self._is_long = b"", True

    @contextmanager
    def _silent(self, secret: bool) -> Iterator[None]:  # noqa: FBT001 - says whether it does anything
        if not secret or not os.isatty(self._handle):
            yield
            return
        before = termios.tcgetattr(self._handle)
        without = [*before]
        without[3] &= ~termios.ECHO
        termios.tcsetattr(self._handle, termios.TCSADRAIN, without)
        try:
            yield
        finally:
            with suppress(termios.error):
                termios.tcsetattr(self._handle, termios.TCSADRAIN, before)
