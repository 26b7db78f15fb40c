"""What a shop scale is to the till, whichever protocol it speaks. No I/O.

A weight is whole thousandths of a kilogram. Only a weight that the scale calls stable, twice in a
row and equal, may be sold; anything else is an answer about the scale, not about the goods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

KG = "kg"


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer of a scale.

    ``milli`` is None when the scale gave no number. ``is_net``: a tare is taken off (None: the
    scale does not say). ``is_unchanged``: it only said that nothing has moved since it last told.
    """

    milli: int | None
    is_stable: bool
    unit: str = KG
    is_net: bool | None = None
    is_overload: bool = False
    is_underload: bool = False
    is_unchanged: bool = False

    @property
    def obstacle(self) -> str:
        """Why it cannot be sold, in one word; empty when nothing is in the way."""
        if self.is_overload:
            return "overload"
        if self.is_underload or (self.milli is not None and self.milli < 0):
            return "underload"
        if self.unit != KG:
            return "unit"
        if self.is_unchanged:
            return "unchanged"
        if not self.is_stable or self.milli is None:
            return "unstable"
        return "" if self.milli else "empty"


@dataclass(frozen=True, slots=True)
class Step:
    """One question and how its answer is found: ``hear`` gives None until it is complete."""

    send: bytes
    hear: Callable[[bytes], Weight | bool | None]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a protocol says. The last step of ``weigh`` hears a ``Weight``, those before it a bool.

    ``zero`` and ``tare`` are empty where the protocol has no such command.
    """

    name: str
    weigh: tuple[Step, ...]
    zero: tuple[Step, ...] = ()
    tare: tuple[Step, ...] = ()


class Scale(Protocol):
    """A scale; every method blocks and belongs to one thread.

    Reading changes nothing, so a scale that does not answer is ``Unreachable``, never in doubt.
    """

    def read(self) -> Weight:
        """What it shows now, stable or not."""

    def weigh(self, patience_s: float) -> int:
        """A stable weight above zero, in thousandths; raises ``NotReady`` when there is none."""

    def zero(self) -> None:
        """Make the empty pan the zero; raises ``NotDone`` where it cannot, ``InDoubt``."""

    def tare(self) -> None:
        """Take what is on the pan off everything that follows; raises as ``zero``."""

    def close(self) -> None:
        """Give the line back."""
