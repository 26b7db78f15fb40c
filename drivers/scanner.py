"""A bar code scanner on a serial line: bytes in, scans out. It is never written to.

A code ends with CR, LF, TAB or ETX, or, from a scanner that was set to send no end, with a pause.
What begins anew with STX makes what stood before it void.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from drivers.errors import Unreachable
from drivers.gs1 import TEXT_MAX
from drivers.link import LinkLost
from drivers.scan import read_scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Link
    from drivers.scan import Scan

GAP_S = 0.2
# A line that is plugged in crackles; a code is longer.
_UNENDED_MIN = 4
_STX, _ENDS = 0x02, frozenset(b"\r\n\t\x03")


class Framer:
    """Cuts bytes into codes, however they were sliced. Memory is bounded; no clock of its own."""

    def __init__(self, gap_s: float = GAP_S) -> None:
        self._gap_s = gap_s
        self._pending = bytearray()
        self._last_s = float("-inf")

    def feed(self, data: bytes, at_s: float) -> list[str]:
        """Take ``data`` that came at ``at_s``; give the codes that are complete with it."""
        found = self.rest(at_s)
        for byte in data:
            if byte == _STX:
                self._pending.clear()
            elif byte in _ENDS:
                found += self._take(shortest=1)
            elif len(self._pending) <= TEXT_MAX:
                self._pending.append(byte)
        if data:
            self._last_s = at_s
        return found

    def rest(self, at_s: float) -> list[str]:
        """The code that ended with a pause, if it did."""
        if at_s - self._last_s < self._gap_s:
            return []
        return self._take(shortest=_UNENDED_MIN)

    def _take(self, shortest: int) -> list[str]:
        data = bytes(self._pending)
        self._pending.clear()
        if len(data) < shortest:
            return []
        try:
            return [data.decode()]
        except UnicodeDecodeError:
            return [data.decode("cp1250", errors="replace")]


class SerialScanner:
    """A scanner behind ``link_factory``; ``prefix`` and ``suffix`` are what it adds by itself.

    Belongs to one thread. Raises ``Unreachable``; the next reading opens the line anew.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        *,
        prefix: str = "",
        suffix: str = "",
        gap_s: float = GAP_S,
    ) -> None:
        self._link_factory = link_factory
        self._prefix = prefix
        self._suffix = suffix
        self._gap_s = gap_s
        self._framer = Framer(gap_s)
        self._link: Link | None = None

    def open(self) -> None:
        """Open the line, unless it is open."""
        if self._link is None:
            self._framer = Framer(self._gap_s)
            self._link = self._link_factory()

    def read(self, timeout_s: float) -> list[Scan]:
        """The codes that came; waits at most ``timeout_s`` for bytes."""
        self.open()
        assert self._link is not None  # noqa: S101 - open() has seen to it
        try:
            data = self._link.read(min(timeout_s, self._gap_s))
        except LinkLost as lost:
            self.close()
            raise Unreachable(str(lost)) from lost
        scans = [
            read_scan(text, self._prefix, self._suffix)
            for text in self._framer.feed(data, time.monotonic())
        ]
        return [scan for scan in scans if scan.code]

    def close(self) -> None:
        """Give the line back."""
        link, self._link = self._link, None
        if link:
            link.close()
