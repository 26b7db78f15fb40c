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
_BARCODE_COUNTED = 65
_TABS_MAX = 33
_BARCODE_MAX = 256
_CUTS_AFTER_FEED = frozenset(b"ABghab")

# Number of parameter bytes by leading byte and command byte.
_FIXED: dict[int, dict[str, int]] = {
    ESC: {"@": 0, "2": 0, "i": 0, "m": 0, "<": 0, "L": 0, "S": 0, "\x0c": 0, "v": 0}
    | dict.fromkeys("!aEGMRtJdeK-=%{VrTuU3? A", 1)
    | {"$": 2, "\\": 2, "c": 2, "B": 2, "p": 3, "W": 8},
    GS: {":": 0}
    | dict.fromkeys("!BHhwfarIb/TE|", 1)
    | {"L": 2, "W": 2, "$": 2, "\\": 2, "P": 2, "^": 3, "g": 4},
    FS: {"&": 0, ".": 0} | dict.fromkeys("!C-tW", 1) | {"S": 2, "p": 2},
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

    def clear(self) -> None:
        """Forget what was begun."""
        self._pending.clear()


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
    first = start + 2
    size = _FIXED[lead].get(chr(code))
    if size is None:
        measure = _MEASURES.get((lead, chr(code)))
        if not measure:
            return None, 2
        size = measure(stream, first)
    if size is None or len(stream) - first < size:
        return None, 0
    name = chr(code) if code >= _FIRST_PRINTABLE else str(code)
    return Op(f"{_NAMES[lead]} {name}", bytes(stream[first : first + size])), 2 + size


# Each measure gives the size of the parameters at ``at``, None while that is not known yet.


def _little(stream: bytearray, at: int, size: int = 2) -> int | None:
    part = stream[at : at + size]
    return int.from_bytes(part, "little") if len(part) == size else None


def _byte(stream: bytearray, at: int) -> int | None:
    return stream[at] if at < len(stream) else None


def _until_nul(stream: bytearray, at: int, most: int) -> int | None:
    end = stream.find(0, at, at + most)
    if end >= 0:
        return end - at + 1
    return most if len(stream) - at >= most else None


def _tabs(stream: bytearray, at: int) -> int | None:
    return _until_nul(stream, at, _TABS_MAX)


def _cut(stream: bytearray, at: int) -> int | None:
    kind = _byte(stream, at)
    return None if kind is None else 1 + (kind in _CUTS_AFTER_FEED)


def _barcode(stream: bytearray, at: int) -> int | None:
    kind = _byte(stream, at)
    if kind is None:
        return None
    if kind >= _BARCODE_COUNTED:
        count = _byte(stream, at + 1)
        return None if count is None else 2 + count
    rest = _until_nul(stream, at + 1, _BARCODE_MAX)
    return None if rest is None else 1 + rest


def _counted(stream: bytearray, at: int) -> int | None:
    """``fn pL pH`` and as many bytes: GS ( and FS (."""
    count = _little(stream, at + 1)
    return None if count is None else 3 + count


def _graphics(stream: bytearray, at: int) -> int | None:
    count = _little(stream, at + 1, 4)
    return None if count is None else 5 + count


def _raster(stream: bytearray, at: int) -> int | None:
    width, height = _little(stream, at + 2), _little(stream, at + 4)
    return None if width is None or height is None else 6 + width * height


def _bit_image(stream: bytearray, at: int) -> int | None:
    mode, columns = _byte(stream, at), _little(stream, at + 1)
    if mode is None or columns is None:
        return None
    return 3 + columns * (1 if mode in {0, 1} else 3)


def _downloaded(stream: bytearray, at: int) -> int | None:
    width, height = _byte(stream, at), _byte(stream, at + 1)
    return None if width is None or height is None else 2 + width * height * 8


def _memorised(stream: bytearray, at: int) -> int | None:
    """``n`` and as many images, each with its sizes: FS q."""
    count = _byte(stream, at)
    if count is None:
        return None
    size = 1
    for _ in range(count):
        width, height = _little(stream, at + size), _little(stream, at + size + 2)
        if width is None or height is None:
            return None
        size += 4 + width * height * 8
    return size


def _letters(stream: bytearray, at: int) -> int | None:
    """``y c1 c2`` and for each letter its width and columns: ESC &."""
    if len(stream) - at < 3:  # noqa: PLR2004
        return None
    height, first, last = stream[at : at + 3]
    size = 3
    for _ in range(first, last + 1):
        width = _byte(stream, at + size)
        if width is None:
            return None
        size += 1 + width * height
    return size


def _real_time(stream: bytearray, at: int) -> int | None:
    function = _byte(stream, at)
    return None if function is None else _DLE_14_SIZES.get(function, 1)


_MEASURES: dict[tuple[int, str], Callable[[bytearray, int], int | None]] = {
    (ESC, "*"): _bit_image,
    (ESC, "D"): _tabs,
    (ESC, "&"): _letters,
    (GS, "V"): _cut,
    (GS, "k"): _barcode,
    (GS, "("): _counted,
    (GS, "8"): _graphics,
    (GS, "v"): _raster,
    (GS, "*"): _downloaded,
    (FS, "("): _counted,
    (FS, "q"): _memorised,
    (DLE, "\x14"): _real_time,
}
