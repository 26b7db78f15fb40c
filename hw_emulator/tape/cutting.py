"""POSNET bytes cut into frames, and into what is none: noise, and frames that never ended. No I/O.

A device passes such bytes over; whoever looks for the fault wants to see them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from drivers.posnet.frame import ETX, FRAME_MAX, STX, Frame, Malformed, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(rb"[\x02\x03]")


@dataclass(frozen=True, slots=True)
class Stray:
    """Bytes outside of any frame."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Torn:
    """A frame whose end never came."""

    data: bytes


Piece: TypeAlias = Frame | Malformed | Stray | Torn


class Cutter:
    """Cuts the bytes of one direction; pieces come with the bytes they were made of."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> Iterator[tuple[Piece, bytes]]:
        """Take ``data``; give what it completes."""
        rest = self._pending + data
        self._pending = b""
        while rest:
            start = rest.find(STX)
            if start:
                stray = rest if start < 0 else rest[:start]
                yield Stray(stray), stray
                rest = b"" if start < 0 else rest[start:]
                continue
            mark = _MARK.search(rest, 1)
            if mark is None:
                if len(rest) > FRAME_MAX:
                    yield Torn(rest), rest
                else:
                    self._pending = rest
                return
            if mark[0] == ETX:
                raw = rest[: mark.end()]
                yield decode(raw[1:-1]), raw
            else:
                raw = rest[: mark.start()]
                yield Torn(raw), raw
            rest = rest[len(raw) :]

    @property
    def is_in_frame(self) -> bool:
        """Whether a frame has begun and not ended."""
        return bool(self._pending)

    def end(self) -> Iterator[tuple[Piece, bytes]]:
        """The line is closed: give what was left."""
        if self._pending:
            yield Torn(self._pending), self._pending
            self._pending = b""
