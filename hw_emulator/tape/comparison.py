"""Whether two answers to one command mean the same. Knows what may differ, and why. No I/O.

Times, signatures and what the two printers are called are volatile. Counters and totals started
somewhere else on the other printer: their distance is learned once and must stay. Totals of the day
are learned anew after a daily report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.posnet.frame import Frame, Malformed
from hw_emulator.tape.cutting import Stray, Torn

if TYPE_CHECKING:
    from hw_emulator.tape.cutting import Piece

DAILY_REPORT = "dailyrep"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[;, T]\d\d:\d\d\S*")
_NUMBER = re.compile(r"-?\d{1,15}")
_SEVEN = "abcdefg"
_TAXED = {f"p{rate}" for rate in _SEVEN}
_INVOICED = {f"f{rate}" for rate in _SEVEN}

# What says nothing about the conversation: names, signatures, printouts ever, paper, the drawer,
# which of its interfaces the till was plugged into, and which goods it had sold before.
_VOLATILE: dict[str, set[str]] = {
    "sid": {"nm", "vr"},
    "getrealid": {"nm", "vr", "nu", "vf"},
    "scomm": {"nu", "tz", "hr", "td"},
    "scnt": {"hn", "nu"},
    "sfsk": {"nu"},
    "sdev": {"qe", "pe", "cp", "tl"},
    "sdrwr": {"ds", "ks"},
    "doccntget": {"al"},
    "stot": {"cc"},
    "fmrecrd": {"si", "cc"},
}
_COUNTERS: dict[str, set[str]] = {
    "scnt": {"rd"},
    "sfsk": {"cl", "rd", "vt"},
    "stot": {"no"},
    "doccntget": {"bi"},
    "eclastdocnoget": {"di"},
    "fmrecrd": {"no"},
}
_OF_THE_DAY: dict[str, set[str]] = {
    # Receipts may be numbered by the day, too.
    "scnt": {"bn", "fn", "bc", "fc", "bt"},
    "stot": {"fn", "pn", "ct", "cn", "ft", "fl", "nf", "bc", "le", "oe", "tf"} | _TAXED | _INVOICED,
    "fmrecrd": {"fn", "fo", "fl", "pn", "ct", "cn", "nn", "fs", "lt", "ot", "ft"}
    | _TAXED
    | _INVOICED,
    "scashstate": {"kw"},
}
# Tells of the last receipt, which may be older than the tape.
_LAST_RECEIPT = "strns"


@dataclass(slots=True)
class Comparison:
    """One tape's worth of comparing; ``is_strict`` lets nothing differ."""

    is_strict: bool = False
    has_receipt: bool = False
    _distances: dict[tuple[str, str], int] = field(default_factory=dict)

    def difference(self, recorded: Piece | None, played: Piece | None) -> str:
        """What is not the same; empty when nothing is."""
        if recorded is None or played is None:
            if recorded is None and played is None:
                return ""
            return "no answer was recorded" if recorded is None else "the emulator does not answer"
        if not isinstance(recorded, Frame) or not isinstance(played, Frame):
            # How a line spoilt an answer is chance; that it did is what counts.
            both_spoilt = not isinstance(recorded, Frame) and not isinstance(played, Frame)
            whose = "the recorded" if not isinstance(recorded, Frame) else "the emulator's"
            return "" if both_spoilt else f"{whose} answer cannot be read"
        if self.is_strict:
            return "" if recorded == played else "not the same fields"
        return self._frames(recorded, played)

    def day_is_closed(self) -> None:
        """Both printers made a daily report: totals of the day begin again."""
        self._distances = {
            known: distance
            for known, distance in self._distances.items()
            if known[1] not in _OF_THE_DAY.get(known[0], ())
        }

    def _frames(self, recorded: Frame, played: Frame) -> str:
        if recorded.mnemonic != played.mnemonic:
            return f"one answers {recorded.mnemonic}, the other {played.mnemonic}"
        if recorded.error != played.error:
            was, said = recorded.error or "none", played.error or "none"
            return f"error {was} was recorded, the emulator says {said}"
        name = recorded.mnemonic
        if name == _LAST_RECEIPT and not self.has_receipt:
            return ""
        for key, value in recorded.fields:
            # Another generation of printers tells more, or less.
            if played.has(key) and not self._is_same(name, key, value, played.get(key)):
                return f"field {key}: {value!r} was recorded, the emulator says {played.get(key)!r}"
        return ""

    def _is_same(self, name: str, key: str, recorded: str, played: str) -> bool:
        if key in _VOLATILE.get(name, ()):
            return True
        is_counter = key in _COUNTERS.get(name, ()) or key in _OF_THE_DAY.get(name, ())
        if is_counter and _NUMBER.fullmatch(recorded) and _NUMBER.fullmatch(played):
            distance = int(recorded) - int(played)
            return self._distances.setdefault((name, key), distance) == distance
        are_moments = _MOMENT.fullmatch(recorded) and _MOMENT.fullmatch(played)
        return recorded == played or bool(are_moments)


def show(piece: Piece | None) -> str:
    """One line for people."""
    match piece:
        case None:
            return "nothing"
        case Frame():
            parts = [("!" if piece.immediate else "") + piece.mnemonic]
            parts += [] if piece.token is None else [f"@{piece.token}"]
            parts += [] if piece.error is None else [f"error {piece.error}"]
            parts += [name + value for name, value in piece.fields]
            return " ".join(parts)
        case Malformed():
            return f"an unreadable frame (frame error {piece.code})"
        case Stray():
            return f"{len(piece.data)} bytes that are no frame"
        case Torn():
            return f"a frame that ends after {len(piece.data)} bytes"
