"""Bytes → ESC/POS operations, however the stream was sliced. No I/O, no meaning.

An operation is text, a control character, or a command with its parameters; what no table knows is
skipped by its two leading bytes, so that the text after it is still read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ESC, GS, FS, DLE = 0x1B, 0x1D, 0x1C, 0x10
SEQUENCE_MAX = 1 << 20
_FIRST_PRINTABLE = 0x20
_LENGTH_BYTES = 2
_BARCODE_COUNTED = 65

# Number of parameter bytes by leading byte and command byte.
_FIXED: dict[int, dict[str, int]] = {
    ESC: {"@": 0, "2": 0, "i": 0, "m": 0, "<": 0, "L": 0, "S": 0, "\x0c": 0}
    | dict.fromkeys("!aEGMRtJdeK-=%{VrTuU3? v", 1)
    | {"$": 2, "\\": 2, "c": 2, "p": 3, "W": 8, "v": 0},
    GS: {":": 0}
    | dict.fromkeys("!BHhwfarIb/T", 1)
    | {"L": 2, "W": 2, "$": 2, "\\": 2, "P": 2, "^": 3},
    FS: {"&": 0, ".": 0} | dict.fromkeys("!C-t", 1) | {"S": 2, "p": 2},
    DLE: {"\x04": 1, "\x05": 1},
}
_DLE_14_SIZES = {1: 3, 2: 3, 3: 2, 7: 2, 8: 8}


@dataclass(frozen=True, slots=True)
class Op:
    """``name`` is "text", "control", or leading byte and command: "ESC t", "GS k", "DLE 4"."""

    name: str
    data: bytes


@dataclass(slots=True)
class Parser:
    """Cuts a stream into operations."""

    _pending: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> list[Op]:
        """Take ``data``; give every operation that is complete."""
        self._pending += data
        found: list[Op] = []
        start = 0
        while start < len(self._pending):
            op, size = _next(self._pending, start)
            if not size:
                break
            if op:
                found.append(op)
            start += size
        del self._pending[:start]
        if len(self._pending) > SEQUENCE_MAX:
            self._pending.clear()
        return found


def _next(stream: bytearray, start: int) -> tuple[Op | None, int]:
    """Operation at ``start`` and its size; size 0 when more bytes are needed."""
    lead = stream[start]
    if lead in _NAMES:
        return _command(stream, start)
    if lead < _FIRST_PRINTABLE:
        return Op("control", bytes([lead])), 1
    end = start
    while end < len(stream) and stream[end] >= _FIRST_PRINTABLE:
        end += 1
    return Op("text", bytes(stream[start:end])), end - start


_NAMES = {ESC: "ESC", GS: "GS", FS: "FS", DLE: "DLE"}


def _command(stream: bytearray, start: int) -> tuple[Op | None, int]:
    if start + 1 >= len(stream):
        return None, 0
    lead, code = stream[start], stream[start + 1]
    rest = bytes(stream[start + 2 :])
    size = _FIXED[lead].get(chr(code))
    if size is None:
        measure = _MEASURES.get((lead, chr(code)))
        if not measure:
            return None, 2
        size = measure(rest)
    if size is None or len(rest) < size:
        return None, 0
    name = chr(code) if code >= _FIRST_PRINTABLE else str(code)
    return Op(f"{_NAMES[lead]} {name}", rest[:size]), 2 + size


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _cut(rest: bytes) -> int | None:
    if not rest:
        return None
    return 2 if chr(rest[0]) in "ABghab" else 1


def _barcode(rest: bytes) -> int | None:
    if not rest:
        return None
    if rest[0] >= _BARCODE_COUNTED:
        return 2 + rest[1] if len(rest) > 1 else None
    end = rest.find(0)
    return end + 1 if end > 0 else None


def _counted(rest: bytes) -> int | None:
    """``fn pL pH`` and as many bytes: GS ( and ESC ( and FS (."""
    return 3 + _little(rest[1:3]) if len(rest) > _LENGTH_BYTES else None


def _graphics(rest: bytes) -> int | None:
    return 5 + _little(rest[1:5]) if len(rest) > 4 else None  # noqa: PLR2004


def _raster(rest: bytes) -> int | None:
    return 6 + _little(rest[2:4]) * _little(rest[4:6]) if len(rest) > 5 else None  # noqa: PLR2004


def _bit_image(rest: bytes) -> int | None:
    if len(rest) <= _LENGTH_BYTES:
        return None
    bytes_per_column = 1 if rest[0] in {0, 1} else 3
    return 3 + _little(rest[1:3]) * bytes_per_column


def _downloaded(rest: bytes) -> int | None:
    return 2 + rest[0] * rest[1] * 8 if len(rest) > 1 else None


def _tabs(rest: bytes) -> int | None:
    end = rest.find(0)
    return end + 1 if end >= 0 else None


def _real_time(rest: bytes) -> int | None:
    return _DLE_14_SIZES.get(rest[0], 1) if rest else None


_MEASURES: dict[tuple[int, str], Callable[[bytes], int | None]] = {
    (ESC, "("): _counted,
    (ESC, "*"): _bit_image,
    (ESC, "D"): _tabs,
    (GS, "V"): _cut,
    (GS, "k"): _barcode,
    (GS, "("): _counted,
    (GS, "8"): _graphics,
    (GS, "v"): _raster,
    (GS, "*"): _downloaded,
    (FS, "("): _counted,
    (DLE, "\x14"): _real_time,
}
