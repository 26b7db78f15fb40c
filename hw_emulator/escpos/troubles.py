"""What goes wrong with a receipt printer, and at which byte. Decides only; the printer obeys.

    spec = kind ":" at [":" value]

``at`` counts the bytes that the printer has carried out since the trouble was added, 0 is before
the next one. Kinds that spoil answers count answers instead. What goes wrong on the line, and with
every device, is the business of ``hw_emulator.faults``.

    paper-out:700          the paper ends after 700 bytes        cover:0, hot:0, cutter:9 alike
    power:700              power fails there: buffers and settings are gone
    power:700:2.5          the same, and for 2.5 s the printer is dead
    silent:0               never answers again; silent:3:2 loses two answers after three
    stale:0:12             bytes, in hexadecimal, that nobody asked for come before an answer
    late:0:0.5             the next answer comes half a second later
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Every trouble there is."""

    PAPER_OUT = "paper-out"
    COVER = "cover"
    CUTTER = "cutter"
    HOT = "hot"
    POWER = "power"
    SILENT = "silent"
    STALE = "stale"
    LATE = "late"


SENSORS = {
    Kind.PAPER_OUT: "paper_out",
    Kind.COVER: "cover_open",
    Kind.CUTTER: "cutter_failed",
    Kind.HOT: "overheated",
}
OF_ANSWERS = frozenset({Kind.SILENT, Kind.STALE, Kind.LATE})
_FOR_EVER = 1 << 30
_PARTS = (2, 3)
_STALE_MAX = 64


@dataclass(slots=True)
class Trouble:
    """A trouble and how many bytes or answers are left to wait for."""

    kind: Kind
    left: int
    value: str = ""

    @property
    def number(self) -> float:
        """The value as a number, 0 without one."""
        return float(self.value or 0)


def read_trouble(spec: str) -> Trouble:
    """Trouble of a spec such as ``paper-out:700``; raises ValueError."""
    parts = spec.split(":")
    kind = Kind(parts[0])
    if len(parts) not in _PARTS:
        msg = f"trouble {spec!r} is not kind:at or kind:at:value"
        raise ValueError(msg)
    trouble = Trouble(kind, int(parts[1]), (*parts, "")[2])
    if trouble.left < 0:
        msg = f"trouble {spec!r} strikes never"
        raise ValueError(msg)
    if kind is Kind.STALE:
        if not 0 < len(bytes.fromhex(trouble.value)) <= _STALE_MAX:
            msg = f"trouble {spec!r} has no bytes"
            raise ValueError(msg)
    elif trouble.number < 0:
        msg = f"trouble {spec!r} has a value below zero"
        raise ValueError(msg)
    return trouble


@dataclass(slots=True)
class Troubles:
    """All troubles of one printer."""

    waiting: list[Trouble] = field(default_factory=list)

    def add(self, spec: str) -> None:
        """Add a trouble; raises ValueError."""
        self.waiting.append(read_trouble(spec))

    def before(self, size: int) -> list[Trouble]:
        """What strikes before the next ``size`` bytes are carried out in full."""
        ours = [trouble for trouble in self.waiting if trouble.kind not in OF_ANSWERS]
        struck = [trouble for trouble in ours if trouble.left < size]
        self.waiting = [trouble for trouble in self.waiting if trouble not in struck]
        return struck

    def passed(self, size: int) -> None:
        """Count ``size`` bytes as carried out."""
        for trouble in self.waiting:
            if trouble.kind not in OF_ANSWERS:
                trouble.left -= size

    def answered(self, answer: bytes) -> tuple[bytes, float]:
        """What becomes of the next answer: its bytes, and after how many seconds they come."""
        delay_s = 0.0
        ours = [trouble for trouble in self.waiting if trouble.kind in OF_ANSWERS]
        struck = [trouble for trouble in ours if trouble.left == 0]
        self.waiting = [trouble for trouble in self.waiting if trouble not in struck]
        for trouble in ours:
            trouble.left -= 1
        for trouble in struck:
            match trouble.kind:
                case Kind.SILENT:
                    answer = b""
                    most = int(trouble.number) or _FOR_EVER
                    if most > 1:
                        self.waiting.append(Trouble(Kind.SILENT, 0, str(most - 1)))
                case Kind.STALE:
                    answer = bytes.fromhex(trouble.value) + answer
                case _:
                    delay_s = trouble.number
        return answer, delay_s
