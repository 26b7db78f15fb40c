"""A key at the selling screen until the first byte of paint, against the smallest Textual program.

Both run on a pseudo-terminal of 80×25. Keys come as fingers press them, not as a scanner does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import MS, SEED, Row, middle, percentile, ratio, short
from bench.screen import MINIMAL, screen
from bench.shop import log_in, shop, shows

if TYPE_CHECKING:
    from bench.measure import Run
    from bench.screen import Screen

DIGITS = 6
P99_LIMIT_S = 0.025
BYTES_LIMIT = 1000
BACK = "\x7f"
_GAP_S = (0.045, 0.075)


@dataclass(slots=True)
class Typist:
    """Types numbers and takes them back; notes how each key was answered."""

    screen: Screen
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    waits_s: list[float] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)

    def round(self, keys: int) -> float:
        """Press ``keys`` keys; gives the median wait in seconds."""
        for no in range(keys):
            place = no % (2 * DIGITS)
            self.press(self.dice.choice("123456789") if place < DIGITS else BACK)
        return median(self.waits_s[-keys:])

    def press(self, key: str) -> float:
        """Press a key and note how it was answered; gives the wait in seconds."""
        self.screen.hear(0.0)
        pressed_s = self.screen.type(key)
        at_s, size = self.screen.hear(1.0)
        assert size, f"no answer to {key!r}; shown:\n{self.screen.text}"
        self.waits_s.append(at_s - pressed_s)
        self.sizes.append(size + self.screen.rest(self.dice.uniform(*_GAP_S)))
        return self.waits_s[-1]


def rows(run: Run) -> list[Row]:
    """The middle, the tail, the bytes."""
    rounds, keys = run.some(9, 2), run.some(48, 24)
    with screen(shop(run).command) as till, screen(MINIMAL) as minimal:
        log_in(till)
        minimal.until(lambda text: "ready" in text)
        till.until(shows("printer OK"))
        till.rest(1.0)
        ours, peer = Typist(till), Typist(minimal)
        for typist in (ours, peer):
            typist.round(keys)
            typist.waits_s.clear()
            typist.sizes.clear()
        medians = [(ours.round(keys), peer.round(keys)) for _ in range(rounds)]
    mine, theirs = ([pair[no] for pair in medians] for no in (0, 1))
    tail_s, peer_tail_s = (percentile(one.waits_s, 0.99) for one in (ours, peer))
    how = f"{rounds * keys} keys each, {rounds} rounds in turn"
    size = median(ours.sizes)
    return [
        Row(
            "key → first byte, p50",
            middle(mine, MS, " ms"),
            f"minimal Textual {middle(theirs, MS, ' ms')}",
            ratio(mine, theirs),
            2.0,
            how,
        ),
        Row(
            "key → first byte, p99",
            f"{short(tail_s * MS)} ms",
            f"limit {short(P99_LIMIT_S * MS)} ms",
            tail_s / P99_LIMIT_S,
            1.0,
            f"minimal Textual {short(peer_tail_s * MS)} ms; {how}",
        ),
        Row(
            "bytes a key",
            f"{size:.0f} [{min(ours.sizes):.0f}–{max(ours.sizes):.0f}]",
            f"limit {BYTES_LIMIT}",
            size / BYTES_LIMIT,
            1.0,
            f"minimal Textual {median(peer.sizes):.0f}; the clock's ticks included; 80×25",
        ),
    ]
