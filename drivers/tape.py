"""The Tape: what went over a line in the last minutes, with times. No files, no meaning of bytes.

Bounded twice, by age and by bytes, so that it can always run. One tape belongs to one device and
outlives its links; opening, closing and breaking are on it as well.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from drivers.errors import Unreachable
from drivers.link import DRAIN_MAX, LinkLost
from drivers.tape_file import Kind, Passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Link, Pin, PinLink

KEEP_S = 600.0
BYTES_MAX = 1 << 20
# What an entry takes besides its bytes; without it a million empty ones would be free.
_ENTRY_BYTES = 64

_Some = TypeVar("_Some", bound="Link")


class Tape:
    """The last ``keep_s`` seconds of one device, at most ``bytes_max``; read from any thread."""

    def __init__(self, keep_s: float = KEEP_S, bytes_max: int = BYTES_MAX) -> None:
        self._keep_s = keep_s
        self._bytes_max = bytes_max
        self._passages: deque[Passage] = deque()
        self._bytes = 0
        self._lost = 0
        self._heard = 0
        self._lock = threading.Lock()

    def opens(self, open_link: Callable[[], Link]) -> Link:
        """Open a link and record it here, also when it cannot be opened; raises ``Unreachable``."""
        return self.wrap(self._opened(open_link))

    def opens_pins(self, open_pins: Callable[[], PinLink]) -> PinLink:
        """As ``opens``, with the modem lines."""
        return _TapedPins(self._opened(open_pins), self)

    def wrap(self, link: Link) -> Link:
        """Give a link that works as ``link`` and is recorded here."""
        return _TapedLink(link, self)

    def record(self, data: bytes, *, is_ours: bool) -> None:
        """Keep ``data`` with the time of this moment."""
        self._keep(Kind.OUT if is_ours else Kind.IN, data)

    def note(self, kind: Kind, text: str) -> None:
        """Keep a sentence about the line itself."""
        self._keep(kind, text.encode("utf-8", errors="replace"))

    def passages(self) -> tuple[Passage, ...]:
        """What is kept, oldest first."""
        with self._lock:
            self._forget(time.monotonic())
            return tuple(self._passages)

    def lines(self) -> tuple[str, ...]:
        """Printable text, oldest first."""
        return tuple(passage.line() for passage in self.passages())

    @property
    def lost(self) -> int:
        """How many entries were given up for room before they were old."""
        return self._lost

    @property
    def heard(self) -> int:
        """How many bytes the device has ever sent; tells whether there is anything new."""
        return self._heard

    def _opened(self, open_it: Callable[[], _Some]) -> _Some:
        try:
            link = open_it()
        except Unreachable as error:
            self.note(Kind.ERROR, str(error))
            raise
        self.note(Kind.OPEN, "")
        return link

    def _keep(self, kind: Kind, data: bytes) -> None:
        now_s = time.monotonic()
        passage = Passage(now_s, time.time(), kind, data)
        with self._lock:
            self._passages.append(passage)
            self._bytes += len(data) + _ENTRY_BYTES
            if kind is Kind.IN:
                self._heard += len(data)
            self._forget(now_s)

    def _forget(self, now_s: float) -> None:
        oldest_s = now_s - self._keep_s
        while self._passages and self._passages[0].at_s < oldest_s:
            self._drop()
        while self._bytes > self._bytes_max and len(self._passages) > 1:
            self._drop()
            self._lost += 1

    def _drop(self) -> None:
        self._bytes -= len(self._passages.popleft().data) + _ENTRY_BYTES


class _TapedLink:
    def __init__(self, link: Link, tape: Tape) -> None:
        self._link = link
        self._tape = tape
        self._is_open = True

    def write(self, data: bytes) -> None:
        # Before the write: what broke the line is what the technician wants to see.
        self._tape.record(data, is_ours=True)
        try:
            self._link.write(data)
        except LinkLost as lost:
            self._tape.note(Kind.ERROR, str(lost))
            raise

    def read(self, timeout_s: float) -> bytes:
        try:
            data = self._link.read(timeout_s)
        except LinkLost as lost:
            self._tape.note(Kind.ERROR, str(lost))
            raise
        if data:
            self._tape.record(data, is_ours=False)
        return data

    def drain(self) -> None:
        # As a link drains itself, but what is dropped was said by the device and is kept here.
        dropped = 0
        while dropped < DRAIN_MAX and (data := self.read(0.0)):
            dropped += len(data)

    def close(self) -> None:
        self._link.close()
        if self._is_open:
            self._is_open = False
            self._tape.note(Kind.CLOSE, "")


class _TapedPins(_TapedLink):
    """Modem lines are asked many times a second; only their changes are worth the tape."""

    def __init__(self, link: PinLink, tape: Tape) -> None:
        super().__init__(link, tape)
        self._pins = link
        self._seen: dict[str, bool] = {}

    def senses(self, pin: Pin) -> bool:
        try:
            is_up = self._pins.senses(pin)
        except LinkLost as lost:
            self._tape.note(Kind.ERROR, str(lost))
            raise
        if self._seen.get(pin) != is_up:
            self._seen[pin] = is_up
            self._tape.note(Kind.NOTE, f"{pin} {'up' if is_up else 'down'}")
        return is_up
