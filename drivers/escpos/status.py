"""Answers to ``DLE EOT n`` → what the sensors say. No I/O, and never a guess.

    bit      7 6 5 4 3 2 1 0
    always   0 . . 1 . . 1 0      anything else is no answer, such as XON or an unasked report
    n = 1    . . . . 8 . . .      8: off line
    n = 2    . . . . . 4 . .      4: cover open
    n = 4    . P P . N N . .      P: paper out, N: paper low

Source: the ESC/POS command reference, real-time commands.
"""

from __future__ import annotations

from drivers.paper import PaperState, PaperStatus

PRINTER, OFFLINE_CAUSE, PAPER = 1, 2, 4
_FIXED_MASK, _FIXED = 0x93, 0x12
_OFFLINE, _COVER_OPEN, _PAPER_LOW, _PAPER_OUT = 0x08, 0x04, 0x0C, 0x60


def question(number: int) -> bytes:
    """Bytes that ask for status ``number``: 1, 2 or 4."""
    return bytes((0x10, 0x04, number))


def find_answer(data: bytes) -> int | None:
    """Give the first byte of ``data`` that can be an answer."""
    return next((byte for byte in data if byte & _FIXED_MASK == _FIXED), None)


def read_status(printer: int | None, cause: int | None, paper: int | None) -> PaperStatus:
    """Join the answers to 1, 2 and 4; None stands for a missing one."""
    return PaperStatus(
        is_online=None if printer is None else not printer & _OFFLINE,
        paper=_paper(paper),
        cover_open=None if cause is None else bool(cause & _COVER_OPEN),
    )


def _paper(answer: int | None) -> PaperState:
    if answer is None:
        return PaperState.UNKNOWN
    if answer & _PAPER_OUT:
        return PaperState.OUT
    return PaperState.LOW if answer & _PAPER_LOW else PaperState.OK
