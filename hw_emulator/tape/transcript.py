"""What was said and heard on a line: commands of ours, sounds of the device, in order. No I/O.

A sound stands where its first bytes came, also when its end came much later or never.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from drivers.posnet.frame import FRAME_MAX, Frame, Malformed
from hw_emulator.tape.cutting import Cutter, Stray, Torn

if TYPE_CHECKING:
    from hw_emulator.tape.cutting import Piece

_TOKEN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Command:
    """Something of ours: the ``no``-th command, its bytes, on the ``link``-th line of the tape."""

    no: int
    frame: Frame | Malformed
    raw: bytes
    link: int
    at_s: float
    wall_s: float

    @property
    def name(self) -> str:
        """Its mnemonic."""
        return self.frame.mnemonic

    @property
    def key(self) -> str:
        """What its answer is known by."""
        return _key(self.frame)


@dataclass(frozen=True, slots=True)
class Sound:
    """Something of the device's."""

    piece: Piece
    link: int
    at_s: float

    @property
    def key(self) -> str:
        """What its command is known by; empty when it does not tell."""
        return _key(self.piece) if isinstance(self.piece, Frame) else ""


Event: TypeAlias = Command | Sound


class Transcript:
    """The events of one conversation; ``link`` numbers its lines."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._cutter = Cutter()
        # Where a frame began whose end has not come: its place among the events, and the time.
        self._begun: tuple[int, float] | None = None

    def say(self, command: Command) -> None:
        """We sent a command."""
        self.events.append(command)

    def hear(self, data: bytes, link: int, at_s: float) -> None:
        """The device sent bytes."""
        for piece, _ in self._cutter.feed(data):
            self._add(piece, link, at_s)
        if not self._cutter.is_in_frame:
            self._begun = None
        elif self._begun is None:
            self._begun = (len(self.events), at_s)

    def hang_up(self, link: int, at_s: float) -> None:
        """The line was closed."""
        for piece, _ in self._cutter.end():
            self._add(piece, link, at_s)
        self._begun = None

    def _add(self, piece: Piece, link: int, at_s: float) -> None:
        begun, self._begun = self._begun, None
        if isinstance(piece, Torn) and begun is not None:
            place, begun_s = begun
            self.events.insert(place, Sound(piece, link, begun_s))
            return
        last = self.events[-1] if self.events else None
        if isinstance(piece, Stray) and isinstance(last, Sound) and last.link == link:
            before = last.piece
            if isinstance(before, Stray) and len(before.data) < FRAME_MAX:
                # One spoilt answer, brought by the line in slices.
                piece = Stray(before.data + piece.data)
                self.events.pop()
        self.events.append(Sound(piece, link, at_s))


def _key(frame: Frame | Malformed) -> str:
    token = frame.token or ""
    if token.isascii() and token.isdigit() and len(token) <= _TOKEN_DIGITS:
        return str(int(token))
    return "" if frame.mnemonic == "ERR" else frame.mnemonic
