"""What goes wrong, and when: scripted rules and seeded dice. Decides only; others carry it out.

    spec = kind ":" command [":" n [":" value]]        lose:trend:1   cut:*:3:7   dead:scnt:1:5/30

``command`` is a mnemonic or ``*``; the fault strikes its n-th occurrence (1 by default), counted
from the moment the rule was added. Chance hangs on the seed, the command and how often it came, and
on nothing else: the same seed spoils the same commands however often a client polls in between.
"""

from __future__ import annotations

import logging
import random
import threading
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.fault_kinds import KINDS, Kind
from hw_emulator.fault_rules import ANY, Fault, Rule, Strike, read_chaos, read_rule
from hw_emulator.spoil import spoil_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY", "Fault", "Faults", "Kind", "Rule", "Strike", "read_chaos", "read_rule"]

log = logging.getLogger(__name__)

STRIKES_MAX, COMMANDS_MAX = 10_000, 1_000
_LOSS_KINDS = (Kind.DROP, Kind.LOSE, Kind.CUT, Kind.GARBLE)


@dataclass(slots=True)
class Faults:
    """All faults of one device.

    ``loss`` is the share of commands that meet a lost command or a lost, cut or garbled answer;
    ``chaos`` gives the share for each kind. ``allowed`` are the kinds this device can have. Raises
    ValueError.
    """

    rules: list[Rule] = field(default_factory=list)
    seed: int = 0
    loss: float = 0.0
    chaos: dict[Kind, float] = field(default_factory=dict)
    allowed: frozenset[Kind] = frozenset(KINDS)
    _counts: Counter[str] = field(default_factory=Counter)
    _strikes: deque[Strike] = field(default_factory=lambda: deque(maxlen=STRIKES_MAX))
    _struck: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        for rule in self.rules:
            self._check(rule.kind)
        self.set_chance(self.seed, self.chaos, self.loss)

    def add(self, spec: str) -> None:
        """Add a rule; raises ValueError."""
        rule = read_rule(spec)
        self._check(rule.kind)
        with self._lock:
            self.rules.append(rule)

    def clear(self) -> None:
        """Nothing goes wrong any more: no rules, no chance."""
        with self._lock:
            self.rules = []
            self.chaos, self.loss = {}, 0.0

    def set_chance(self, seed: int, chaos: dict[Kind, float], loss: float = 0.0) -> None:
        """Load the dice; commands are counted from one again. Raises ValueError."""
        for kind, share in chaos.items():
            self._check(kind)
            if not KINDS[kind].draw:
                msg = f"{kind} cannot be left to chance; use a rule"
                raise ValueError(msg)
            if not 0 <= share <= 1:
                msg = f"{kind}={share}: a share is from 0 to 1"
                raise ValueError(msg)
        if not 0 <= loss <= 1 or loss + sum(chaos.values()) > 1:
            msg = f"more than every command would be struck: loss {loss}, chaos {chaos}"
            raise ValueError(msg)
        with self._lock:
            self.seed, self.chaos, self.loss = seed, dict(chaos), loss
            self._counts.clear()

    def strike(self, command: str) -> dict[Kind, Fault]:
        """Count one occurrence of a command; give what goes wrong with it."""
        found: dict[Kind, Fault] = {}
        with self._lock:
            nth = self._count(command)
            for rule in self.rules:
                if rule.command in {ANY, command}:
                    rule.countdown -= 1
                    if rule.countdown == 0:
                        luck = self._dice(command, nth, rule.kind).random()
                        fault = Fault(rule.kind, rule.value, rule.seconds, luck, rule.is_open)
                        found[rule.kind] = fault
            self.rules = [rule for rule in self.rules if rule.countdown > 0]
            by_rule = set(found)
            if (thrown := self._throw(command, nth)) and thrown.kind not in found:
                found[thrown.kind] = thrown
            for fault in found.values():
                self._note(command, nth, fault, "rule" if fault.kind in by_rule else "dice")
        return found

    def spoil(self, answer: bytes, struck: dict[Kind, Fault]) -> bytes:
        """The bytes of an answer as they arrive; empty when nothing does."""
        return spoil_answer(answer, struck)

    def strikes(self, since: int = 0) -> tuple[int, list[Strike]]:
        """How many there were, and those that are kept with a number above ``since``."""
        with self._lock:
            return self._struck, [strike for strike in self._strikes if strike.number > since]

    def _check(self, kind: Kind) -> None:
        if kind not in self.allowed:
            msg = f"this device has no {kind}; it has {', '.join(sorted(self.allowed))}"
            raise ValueError(msg)

    def _count(self, command: str) -> int:
        if command not in self._counts and len(self._counts) >= COMMANDS_MAX:
            return 1  # a client that makes up commands must not fill the memory
        self._counts[command] += 1
        return self._counts[command]

    def _dice(self, command: str, nth: int, for_: str) -> random.Random:
        return random.Random(f"{self.seed}:{command}:{nth}:{for_}")  # noqa: S311

    def _throw(self, command: str, nth: int) -> Fault | None:
        if not self.chaos and not self.loss:
            return None
        dice = self._dice(command, nth, "")
        point = dice.random()
        for kind, share in self._shares():
            point -= share
            if point < 0:
                draw = KINDS[kind].draw
                value = draw(dice) if draw else None
                return Fault(kind, value or 0, luck=dice.random(), is_open=value is None)
        return None

    def _shares(self) -> Iterable[tuple[Kind, float]]:
        yield from ((kind, self.loss / len(_LOSS_KINDS)) for kind in _LOSS_KINDS)
        yield from self.chaos.items()

    def _note(self, command: str, nth: int, fault: Fault, by: str) -> None:
        self._struck += 1
        self._strikes.append(Strike(self._struck, command, nth, fault, by))
        spec = self._strikes[-1].spec
        log.info("strike %d by %s, seed %d: %s", self._struck, by, self.seed, spec)
