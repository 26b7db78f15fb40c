"""What a receipt printer says → what its sensors say. No I/O, and never a guess.

Everything comes in one stream; its fixed bits tell the kinds apart:

    bit             7 6 5 4 3 2 1 0
    DLE EOT n       0 . . 1 . . 1 0      the answer to a question
    GS a, first     0 . . 1 . . 0 0      a report of four bytes, asked for once, then unasked
    GS a, others    0 . . 0 . . . .      the other three, together but for XON and XOFF
    GS r n          0 . . 0 . . . .      outside a report: everything before it is printed
    DLE DC4 8       37 25 00             the buffers are clear
    XON, XOFF       11, 13               flow control, no answer

Source: the ESC/POS command reference, "identification of send status".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from drivers.paper import Fault, PaperState, PaperStatus

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
CONFIRM = b"\x1dr\x01"  # answered when everything before it has been printed
REPORT_ON = b"\x1da\x0f"  # drawer, on and off line, errors, paper
RECOVER = b"\x10\x05\x02"  # go on after an error, without what is in the buffers
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_CLEARED = (0x37, 0x25, 0x00)
_KIND_MASK, _ANSWER, _REPORT = 0x93, 0x12, 0x10
_DATA_MASK = 0x90
_REPORT_BYTES = 4
_XON, _XOFF = 0x11, 0x13

_DRAWER_HIGH, _OFFLINE = 0x04, 0x08
_COVER_OPEN, _ERROR = 0x04, 0x40
_CUTTER, _BROKEN, _OVERHEATED = 0x0C, 0x20, 0x40  # bit 2: recoverable, the cutter as a rule
_PAPER_LOW, _PAPER_OUT = 0x0C, 0x60
_REPORT_COVER = 0x20
_REPORT_LOW, _REPORT_OUT = 0x03, 0x0C


class What(Enum):
    """What was heard."""

    ANSWER = auto()
    REPORT = auto()
    PRINTED = auto()
    CLEARED = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that the printer said."""

    what: What
    data: bytes


@dataclass(slots=True)
class Ear:
    """Takes the stream apart, however it was sliced; what is nothing of the above is passed over.

    Holds back at most three bytes: the beginning of a report or of ``CLEARED``.
    """

    _begun: list[int] = field(default_factory=list)

    def feed(self, data: bytes) -> list[Heard]:
        """Take ``data``; give what is complete."""
        found = (self._take(byte) for byte in data if byte not in {_XON, _XOFF})
        return [heard for heard in found if heard]

    def forget(self) -> None:
        """The line is another one."""
        self._begun.clear()

    def _take(self, byte: int) -> Heard | None:
        begun = self._begun
        if begun and (*begun, byte) == _CLEARED[: len(begun) + 1]:
            begun.append(byte)
            return self._end(What.CLEARED, len(_CLEARED))
        if begun and begun[0] == _CLEARED[0]:
            begun.clear()
        if byte & _KIND_MASK == _ANSWER:
            return Heard(What.ANSWER, bytes((byte,)))
        if byte & _KIND_MASK == _REPORT or byte == _CLEARED[0]:
            begun[:] = (byte,)
            return None
        if byte & _DATA_MASK:
            begun.clear()
            return None
        if not begun:
            return Heard(What.PRINTED, bytes((byte,)))
        begun.append(byte)
        return self._end(What.REPORT, _REPORT_BYTES)

    def _end(self, what: What, size: int) -> Heard | None:
        if len(self._begun) < size:
            return None
        heard = Heard(what, bytes(self._begun))
        self._begun.clear()
        return heard


def question(number: int) -> bytes:
    """Bytes that ask for status ``number``, 1 to 4."""
    return bytes((0x10, 0x04, number))


def is_offline(answer: int) -> bool:
    """Whether the answer to 1 says so."""
    return bool(answer & _OFFLINE)


def has_error(answer: int | None) -> bool:
    """Whether the answer to 2 says that the answer to 3 has more."""
    return answer is not None and bool(answer & _ERROR)


def read_status(
    printer: int | None,
    cause: int | None,
    error: int | None,
    paper: int | None,
    *,
    open_is_low: bool = True,
) -> PaperStatus:
    """Join the answers to 1, 2, 3 and 4; None stands for a missing one.

    The answer to 3 is not missing where the one to 2 tells of no error.
    """
    return PaperStatus(
        is_online=None if printer is None else not is_offline(printer),
        paper=_paper(paper, _PAPER_LOW, _PAPER_OUT),
        cover_open=None if cause is None else bool(cause & _COVER_OPEN),
        drawer_open=None if printer is None else _drawer(printer, open_is_low=open_is_low),
        fault=Fault.NONE if cause is not None and not has_error(cause) else _fault(error),
    )


def read_report(report: bytes, *, open_is_low: bool = True) -> PaperStatus:
    """What the four bytes of a report say."""
    printer, error, paper, _ = report
    return PaperStatus(
        is_online=not is_offline(printer),
        paper=_paper(paper, _REPORT_LOW, _REPORT_OUT),
        cover_open=bool(printer & _REPORT_COVER),
        drawer_open=_drawer(printer, open_is_low=open_is_low),
        fault=_fault(error),
    )


def _paper(answer: int | None, low: int, out: int) -> PaperState:
    if answer is None:
        return PaperState.UNKNOWN
    if answer & out:
        return PaperState.OUT
    return PaperState.LOW if answer & low else PaperState.OK


def _drawer(answer: int, *, open_is_low: bool) -> bool:
    return bool(answer & _DRAWER_HIGH) is not open_is_low


def _fault(answer: int | None) -> Fault:
    if answer is None:
        return Fault.UNKNOWN
    if answer & _BROKEN:
        return Fault.BROKEN
    if answer & _CUTTER:
        return Fault.CUTTER
    return Fault.OVERHEATED if answer & _OVERHEATED else Fault.NONE
