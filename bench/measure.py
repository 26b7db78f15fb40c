"""What all figures share: rounds in turn, medians and spreads, one table. No figure here."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import ExitStack
    from pathlib import Path

P = ParamSpec("P")

SEED = 20_240_601
MS, US = 1e3, 1e6
_HEAD = ("figure", "ours", "limit or peer", "ratio", "goal", "how")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``ratio`` is ours by the limit or the peer, ``goal`` its most."""

    figure: str
    ours: str
    peer: str
    ratio: float
    goal: float
    how: str

    @property
    def cells(self) -> tuple[str, ...]:
        """What is printed."""
        goal = f"≤ {self.goal:.2f} {'met' if self.ratio <= self.goal else 'MISSED'}"
        return self.figure, self.ours, self.peer, f"{self.ratio:.2f}", goal, self.how


@dataclass(slots=True)
class Run:
    """One run of the benchmarks; ``folder`` is temporary, ``kept`` what figures share.

    ``ends`` closes what was opened for the run.
    """

    folder: Path
    ends: ExitStack
    is_quick: bool
    kept: dict[str, object] = field(default_factory=dict)

    def some(self, full: int, quick: int) -> int:
        """How many, by the length of the run."""
        return quick if self.is_quick else full


def in_turn(rounds: int, *subjects: Callable[[], float]) -> list[list[float]]:
    """Measure each subject once a round, after one round that does not count."""
    found: list[list[float]] = [[] for _ in subjects]
    for number in range(-1, rounds):
        order = range(len(subjects)) if number % 2 else reversed(range(len(subjects)))
        for which in order:
            value = subjects[which]()
            if number >= 0:
                found[which].append(value)
    return found


def timed(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float:
    """Seconds that ``work`` takes."""
    began_s = time.perf_counter()
    work(*args, **kwargs)
    return time.perf_counter() - began_s


def ratio(ours: Sequence[float], peer: Sequence[float]) -> float:
    """Median of the ratios of the same rounds."""
    return statistics.median(a / b for a, b in zip(ours, peer, strict=True))


def middle(values: Sequence[float], scale: float = 1.0, unit: str = "") -> str:
    """Median and spread."""
    low, high = min(values) * scale, max(values) * scale
    return f"{short(statistics.median(values) * scale)}{unit} [{short(low)}–{short(high)}]"


def short(value: float) -> str:
    """Three figures."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which ``share`` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(rows: Sequence[Row]) -> str:
    """All rows under one head."""
    lines = [_HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[no]) for line in lines) for no in range(len(_HEAD) - 1)]
    lines.insert(1, tuple("-" * width for width in [*widths, len(_HEAD[-1])]))
    return "\n".join(
        " | ".join((*map(str.ljust, line[:-1], widths), line[-1])).rstrip() for line in lines
    )
