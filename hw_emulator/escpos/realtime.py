"""Finds the commands that a printer obeys as they come in. No I/O, no meaning.

A printer looks for them in everything, also within images and when its buffer is full; the bytes
stay in the stream, where the parser passes over them in their turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DLE, _EOT, _ENQ, _DC4 = 0x10, 0x04, 0x05, 0x14
# Bytes after DLE DC4, the function among them.
_DC4_SIZES = {1: 3, 2: 3, 7: 2, 8: 8}
_CLEAR = b"\x08\x01\x03\x14\x01\x06\x02\x08"


@dataclass(frozen=True, slots=True)
class Request:
    """``name`` is "status", "recover", "pulse", "clear" or "other"; ``data`` its parameters."""

    name: str
    data: bytes


@dataclass(slots=True)
class Watcher:
    """Watches one stream, however it was sliced."""

    _seen: bytearray = field(default_factory=bytearray)

    def split(self, data: bytes) -> Iterator[tuple[bytes, Request | None]]:
        """``data`` in parts, each with the request that it ends with; the last may have none."""
        start = 0
        for place, byte in enumerate(data, start=1):
            request = self._take(byte)
            if request:
                yield data[start:place], request
                start = place
        if start < len(data):
            yield data[start:], None

    def _take(self, byte: int) -> Request | None:
        seen = self._seen
        seen.append(byte)
        size = _size(seen)
        if size is None:
            seen[:] = b"\x10" if byte == _DLE else b""
            return None
        if len(seen) < size:
            return None
        request = _request(bytes(seen))
        seen.clear()
        return request


def _size(seen: bytearray) -> int | None:
    """Size of the command that ``seen`` begins, as far as is known; None when it begins none."""
    if seen[0] != _DLE:
        return None
    if len(seen) == 1:
        return 2
    if seen[1] in {_EOT, _ENQ}:
        return 3
    if seen[1] != _DC4:
        return None
    if len(seen) == 2:  # noqa: PLR2004
        return 3
    rest = _DC4_SIZES.get(seen[2])
    return None if rest is None else 2 + rest


def _request(command: bytes) -> Request | None:
    kind, rest = command[1], command[2:]
    if kind == _EOT:
        return Request("status", rest)
    if kind == _ENQ:
        return Request("recover", rest)
    if rest == _CLEAR:
        return Request("clear", b"")
    return Request("pulse", rest[1:]) if rest[0] == 1 else None
