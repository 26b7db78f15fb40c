"""One fault: the rule that brings it about, how it strikes, and how it is written. Pure.

spec = kind ":" command [":" n [":" value]]        lose:trend:1   cut:*:3:7   dead:scnt:1:5/30
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hw_emulator.fault_kinds import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

ANY = "*"
VALUE_MAX, NOISE_MAX = 1_000_000_000, 64 * 1024
_PARTS_MAX = 4


@dataclass(slots=True)
class Fault:
    """One fault that strikes now.

    ``is_open``: no value was told; ``luck``, 0 to 1, chooses one once it is known how long that is
    what the fault strikes.
    """

    kind: Kind
    value: float = 0
    seconds: float = 0
    luck: float = 0.0
    is_open: bool = False

    def byte(self, size: int) -> int:
        """Before which of ``size`` bytes it strikes; ``size`` is behind the last one."""
        if self.is_open:
            self._settle(int(self.luck * (size + 1)))
        return max(0, min(int(self.value), size))

    def bit(self, size: int) -> tuple[int, int]:
        """Which bit of which of ``size`` bytes it strikes; the value 12.3 is bit 3 of byte 12."""
        if self.is_open:
            place, bit = divmod(int(self.luck * 8 * size), 8)
            self._settle(place + bit / 10)
        tenths = round(self.value * 10)
        return min(tenths // 10, size - 1), tenths % 10 % 8

    def noise(self) -> bytes:
        """Its noise."""
        size = min(int(self.or_else(8)), NOISE_MAX)
        return random.Random(self.luck).randbytes(size)  # noqa: S311

    def or_else(self, default: float) -> float:
        """The value, or ``default`` when none was told."""
        if self.is_open:
            self._settle(default)
        return self.value

    def _settle(self, value: float) -> None:
        self.value, self.is_open = value, False


@dataclass(slots=True)
class Rule:
    """A fault and what is left to wait for."""

    kind: Kind
    command: str
    countdown: int
    value: float = 0
    seconds: float = 0
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that struck the ``nth`` occurrence of ``command`` since the start."""

    number: int
    command: str
    nth: int
    fault: Fault
    by: str

    @property
    def spec(self) -> str:
        """The rule that makes it happen again."""
        kind, value = self.fault.kind, self.fault.value
        told = f":{value:g}" if KINDS[kind].value and not self.fault.is_open else ""
        span = f"/{self.fault.seconds:g}" if told and self.fault.seconds else ""
        return f"{kind}:{self.command or ANY}:{self.nth}{told}{span}"

    def told(self) -> dict[str, object]:
        """For whoever asks."""
        names = ("number", "spec", "command", "nth", "by")
        return {**{name: getattr(self, name) for name in names}, "kind": self.fault.kind.value}


def read_rule(spec: str) -> Rule:
    """Rule of a spec such as ``lose:trend:1``; raises ValueError."""
    name, *parts = spec.split(":")
    try:
        kind = Kind(name)
    except ValueError:
        msg = f"fault {spec!r}: no kind {name!r}; there are {', '.join(KINDS)}"
        raise ValueError(msg) from None
    if len(parts) >= _PARTS_MAX:
        msg = f"fault {spec!r} is not kind:command:n:value"
        raise ValueError(msg)
    command, nth, value = (*parts, *("", "", "")[len(parts) :])
    if not value and KINDS[kind].needs:
        msg = f"fault {spec!r} needs a value ({KINDS[kind].value}): {kind}:{command or ANY}:1:VALUE"
        raise ValueError(msg)
    if value and not KINDS[kind].value:
        msg = f"fault {spec!r}: {kind} takes no value"
        raise ValueError(msg)
    if not (nth or "1").isdecimal() or int(nth or "1") < 1:
        msg = f"fault {spec!r} strikes never: {nth!r} is no count from 1"
        raise ValueError(msg)
    return Rule(kind, command or ANY, int(nth or "1"), *_read_value(spec, value))


def _read_value(spec: str, text: str) -> tuple[float, float, bool]:
    value, _, seconds = text.partition("/")
    try:
        numbers = float(value or 0), float(seconds or 0)
    except ValueError:
        msg = f"fault {spec!r}: {text!r} is no number"
        raise ValueError(msg) from None
    least = -VALUE_MAX if spec.startswith(Kind.CLOCK) else 0
    if not (least <= numbers[0] <= VALUE_MAX and 0 <= numbers[1] <= VALUE_MAX):
        msg = f"fault {spec!r}: {text!r} is not from {least} to {VALUE_MAX}"
        raise ValueError(msg)
    return *numbers, not value


def read_chaos(text: str, allowed: Iterable[Kind] = tuple(KINDS)) -> dict[Kind, float]:
    """Shares by kind out of ``lose=0.05,late=0.01``; raises ValueError.

    ``any=0.1`` spreads a share over all that may be left to chance and are ``allowed``.
    """
    shares: dict[Kind, float] = {}
    kinds = [kind for kind in KINDS if kind in set(allowed) and KINDS[kind].draw]
    for part in filter(None, text.split(",")):
        name, _, share = part.partition("=")
        try:
            chosen = kinds if name == "any" else [Kind(name)]
            each = float(share) / len(chosen)
        except (ValueError, ZeroDivisionError):
            msg = f"chaos {part!r} is not KIND=SHARE; kinds are any, {', '.join(kinds)}"
            raise ValueError(msg) from None
        shares.update({kind: shares.get(kind, 0.0) + each for kind in chosen})
    return shares
