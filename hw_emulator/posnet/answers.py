"""Frame errors, and the answers kept for ``rpt``: 32 with a token, 1 KiB together. No I/O.

Source: protocol.md §4.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from drivers.posnet.frame import Frame, encode

ANSWERS_MAX, ANSWERS_BYTES_MAX = 32, 1024
NAME_MAX = 32  # the longest mnemonic has 27 characters

# Stands for an answer that never comes: the printer starts anew instead.
SILENCE = Frame("")


class NoAnswer(Exception):
    """The command was carried out, and that is the last the client hears of it."""


@dataclass(slots=True)
class Answers:
    """The kept answers, newest last; they live in RAM and are gone with the power."""

    _kept: deque[tuple[Frame, int]] = field(default_factory=deque)

    def keep(self, answer: Frame) -> None:
        """Keep one answer that has a token; the oldest make room."""
        self._kept.append((answer, len(encode(answer))))
        while len(self._kept) > ANSWERS_MAX or self._bytes() > ANSWERS_BYTES_MAX:
            self._kept.popleft()

    def find(self, token: str | None) -> Frame | None:
        """The newest answer with ``token``."""
        return next((answer for answer, _ in reversed(self._kept) if answer.token == token), None)

    def _bytes(self) -> int:
        return sum(size for _, size in self._kept)


def frame_error(code: int, mnemonic: str = "", field: str = "", token: str | None = None) -> Frame:
    """An ``ERR`` frame: the frame itself was wrong, nothing was carried out."""
    fields = [("cm", _clean(mnemonic))] if mnemonic else []
    if mnemonic and field:
        fields.append(("fd", _clean(field)))
    return Frame("ERR", tuple(fields), token, code)


def _clean(text: str) -> str:
    # A printer that is sent noise must not send noise back.
    return "".join(mark if mark.isprintable() else " " for mark in text)[:NAME_MAX]
