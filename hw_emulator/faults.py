"""What goes wrong, and when: scripted rules and seeded dice. Decides only; others carry it out.

    spec = kind ":" command [":" n [":" value]]

``command`` is a mnemonic or ``*``; the fault strikes its n-th occurrence (1 by default), counted
from the moment the rule was added.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Every fault there is."""

    DROP = "drop"  # the command is lost on its way: not executed, no answer
    LOSE = "lose"  # executed, the answer is lost
    CUT = "cut"  # executed, the answer ends before byte VALUE
    GARBLE = "garble"  # executed, one byte of the answer is wrong
    NOISE = "noise"  # executed, VALUE bytes of noise come before the answer
    LATE = "late"  # executed, the answer comes VALUE seconds later, out of step
    SHIFT = "shift"  # executed, the answer comes together with the next one
    DOUBLE = "double"  # executed, the answer comes twice
    SLOW = "slow"  # the device takes VALUE seconds, later commands wait
    REFUSE = "refuse"  # not executed, refused with error number VALUE
    DIE_BEFORE = "die-before"  # the device dies instead of executing
    DIE_AFTER = "die-after"  # executed, the device dies before answering
    NO_PAPER = "no-paper"  # paper ends just before the command
    NO_PAPER_AFTER = "no-paper-after"  # executed, paper ends before the answer
    COVER = "cover"  # the cover is opened just before the command
    HOT = "hot"  # the mechanism overheats just before the command


NEEDS_VALUE = {Kind.CUT, Kind.LATE, Kind.SLOW, Kind.REFUSE}
ANY = "*"
_DICE = (Kind.DROP, Kind.LOSE, Kind.CUT, Kind.GARBLE)
_CUT_MAX = 12
_PARTS_MAX = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that strikes now."""

    kind: Kind
    value: float = 0


@dataclass(slots=True)
class Rule:
    """A fault and what is left to wait for."""

    kind: Kind
    command: str
    countdown: int
    value: float = 0


def read_rule(spec: str) -> Rule:
    """Rule of a spec such as ``lose:trend:1``; raises ValueError."""
    parts = spec.split(":")
    kind = Kind(parts[0])
    if len(parts) > _PARTS_MAX or (kind in NEEDS_VALUE and len(parts) < _PARTS_MAX):
        msg = f"fault {spec!r} is not kind:command:n:value"
        raise ValueError(msg)
    command = parts[1] if len(parts) > 1 else ANY
    nth = parts[2] if len(parts) > 2 else "1"  # noqa: PLR2004
    value = parts[3] if len(parts) > 3 else "0"  # noqa: PLR2004
    if int(nth) < 1:
        msg = f"fault {spec!r} strikes never"
        raise ValueError(msg)
    return Rule(kind, command, int(nth), float(value))


@dataclass(slots=True)
class Faults:
    """All faults of one device; ``loss`` is the share of commands that meet a random one."""

    rules: list[Rule] = field(default_factory=list)
    seed: int = 0
    loss: float = 0.0
    dice: random.Random = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311

    def add(self, spec: str) -> None:
        """Add a rule; raises ValueError."""
        rule = read_rule(spec)
        with self._lock:
            self.rules.append(rule)

    def strike(self, mnemonic: str) -> dict[Kind, Fault]:
        """Count one occurrence of a command; give what goes wrong with it."""
        found: dict[Kind, Fault] = {}
        with self._lock:
            for rule in self.rules:
                if rule.command in {ANY, mnemonic}:
                    rule.countdown -= 1
                    if rule.countdown == 0:
                        found[rule.kind] = Fault(rule.kind, rule.value)
            self.rules = [rule for rule in self.rules if rule.countdown > 0]
            if self.loss and self.dice.random() < self.loss:
                kind = self.dice.choice(_DICE)
                found[kind] = Fault(kind, self.dice.randrange(1, _CUT_MAX))
        return found

    def spoil(self, answer: bytes, struck: dict[Kind, Fault]) -> bytes:
        """The bytes of an answer as they arrive; empty when nothing does."""
        if Kind.LOSE in struck:
            return b""
        if Kind.CUT in struck:
            answer = answer[: int(struck[Kind.CUT].value)]
        if Kind.GARBLE in struck and answer:
            with self._lock:
                place = self.dice.randrange(len(answer))
            answer = answer[:place] + bytes([answer[place] ^ 0x15]) + answer[place + 1 :]
        if Kind.NOISE in struck:
            with self._lock:
                answer = self.dice.randbytes(int(struck[Kind.NOISE].value) or 8) + answer
        return answer * 2 if Kind.DOUBLE in struck else answer
