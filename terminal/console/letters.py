"""Bytes as lines that a tired person can read out, type or paste, and back. Pure.

Letters and digits without I, L, O and U; what is typed for them is understood. Each line ends in
three check characters that also know its number and whether it is the last one: a mistyped line is
named, and the reader knows when all of it is there.
"""

from __future__ import annotations

import base64
import hashlib

_OURS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_THEIRS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_WRITE = str.maketrans(_THEIRS, _OURS)
_READ = str.maketrans(_OURS, _THEIRS)
_LOOKALIKES = str.maketrans("OIL", "011")
_GROUP = 5
_CHECK = 3
_LINE = 37
LINES_MAX = 64
_TYPED_MAX = 200


class Mistyped(ValueError):
    """Line ``number`` (from 1) is not as it was written."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number}")
        self.number = number


def written(data: bytes) -> list[str]:
    """``data`` in lines of at most eight groups of five."""
    text = base64.b32encode(data).decode().rstrip("=").translate(_WRITE)
    parts = [text[at : at + _LINE] for at in range(0, len(text), _LINE)] or [""]
    last = len(parts)
    return [
        _grouped(part + _check(part, number, is_last=number == last))
        for number, part in enumerate(parts, start=1)
    ]


class Reading:
    """Takes lines as they are typed; ``is_whole`` after the last one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.is_whole = False

    @property
    def number(self) -> int:
        """Of the line that comes next."""
        return len(self._parts) + 1

    def take(self, line: str) -> None:
        """One more line; raises ``Mistyped``, and the same line is wanted again."""
        if len(line) > _TYPED_MAX or self.is_whole or self.number > LINES_MAX:
            raise Mistyped(self.number)
        typed = "".join(line.upper().replace("-", "").split()).translate(_LOOKALIKES)
        part, check = typed[:-_CHECK], typed[-_CHECK:]
        if check == _check(part, self.number, is_last=True):
            self.is_whole = True
        elif check != _check(part, self.number, is_last=False):
            raise Mistyped(self.number)
        self._parts.append(part)

    def data(self) -> bytes:
        """What was written; raises ``Mistyped`` for what nobody writes."""
        text = "".join(self._parts).translate(_READ)
        try:
            return base64.b32decode(text + "=" * (-len(text) % 8))
        except ValueError:
            raise Mistyped(len(self._parts)) from None


def read(text: str) -> bytes:
    """All lines at once; raises ``Mistyped``."""
    reading = Reading()
    for line in text.splitlines():
        if line.strip():
            reading.take(line)
    if not reading.is_whole:
        raise Mistyped(reading.number)
    return reading.data()


def _grouped(text: str) -> str:
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def _check(part: str, number: int, *, is_last: bool) -> str:
    digest = hashlib.sha256(f"{number} {is_last} {part}".encode()).digest()
    bits = int.from_bytes(digest[:2])
    return "".join(_OURS[bits >> shift & 31] for shift in (10, 5, 0))
