"""Storing one receipt of five lines, against bare sqlite3 with the same rows and as many commits.

Eight commits: five lines, the payment, the intent before the first byte, the receipt sold with its
document. Both files have the till's tables, WAL and FULL, and lie on the same disk.
"""

from __future__ import annotations

import os
import time
from contextlib import closing
from statistics import median
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from bench.bare import Bare
from bench.goods import steps
from bench.measure import US, Row, in_turn, middle, percentile, ratio, short
from drivers.fiscal import Counters
from terminal.context import Context, local_now
from terminal.sale.ledger import Ledger
from terminal.sale.picture import Ruling, Verdict
from terminal.store import outbox
from terminal.store.db import checkpoint, close_writer, open_writer, write

if TYPE_CHECKING:
    from pathlib import Path

    from bench.measure import Run

BASE = Counters("ZBF1234567890", 1, 1, 0, 0, 0, (0, 0, 0, 0, 0, 0, 0), 0, 0)
COMMITS = 8
_BLOCK = bytes(4096)


def rows(run: Run) -> list[Row]:
    """Whole receipts and the commit that makes one fiscal."""
    rounds, batch = run.some(100, 30), 5
    ours, bare = Ours(run.folder / "ours.db"), Bare(run.folder / "bare.db")
    with closing(ours), closing(bare), (run.folder / "flush").open("wb", buffering=0) as file:
        ours.store()
        bare.learn(ours.db)
        ours.sold_s.clear()
        flushes: list[float] = []

        def flush() -> float:
            took = [_flush(file.fileno()) for _ in range(batch * COMMITS)]
            flushes.extend(took)
            return sum(took) / batch

        mine, limit, disk = in_turn(
            rounds, lambda: ours.measure(batch), lambda: bare.measure(batch), flush
        )
    flush_s = median(flushes)
    how = f"{rounds} rounds of {batch} receipts"
    return [
        Row(
            f"store a receipt, {COMMITS} commits",
            middle(mine, US, " µs"),
            f"bare sqlite3 {middle(limit, US, ' µs')}",
            ratio(mine, limit),
            1.5,
            f"5 lines, payment, intent, sold + document; {COMMITS} flushes alone"
            f" {middle(disk, US, ' µs')}; {how}",
        ),
        *(
            Row(
                f"commit of a sold receipt, {word}",
                f"{short(percentile(ours.sold_s, share) * US)} µs",
                f"fdatasync p50 {short(flush_s * US)} µs",
                percentile(ours.sold_s, share) / flush_s,
                goal,
                f"receipt, document, popularity, counters; 4 KiB flush; {len(ours.sold_s)} commits",
            )
            for word, share, goal in (("p50", 0.5, 2.0), ("p99", 0.99, 4.0))
        ),
    ]


class Ours:
    """The till's own ledger."""

    def __init__(self, path: Path) -> None:
        self.db = open_writer(path, "journal")
        with write(self.db):
            outbox.begin(self.db, 1)
        silent = cast("Any", SimpleNamespace(tell=lambda _: None))
        self._ledger = Ledger(
            Context(
                *(silent, silent, silent, silent, self.db, silent),
                *("T1", "lipa", 1, Event(), local_now),
            )
        )
        self.sold_s: list[float] = []

    def store(self) -> None:
        """One receipt from its first line to its number."""
        old = None
        for new in steps():
            self._ledger.store(old, new)
            old = new
        assert old is not None
        printing, _ = self._ledger.begin(old, BASE)
        began_s = time.perf_counter()
        self._ledger.sold(printing, Ruling(Verdict.SOLD, 6, 1, 2, BASE))
        self.sold_s.append(time.perf_counter() - began_s)

    def measure(self, batch: int) -> float:
        """Seconds a receipt."""
        began_s = time.perf_counter()
        for _ in range(batch):
            self.store()
        taken_s = (time.perf_counter() - began_s) / batch
        checkpoint(self.db)
        return taken_s

    def close(self) -> None:
        """Close the file."""
        close_writer(self.db)


def _flush(file: int) -> float:
    began_s = time.perf_counter()
    os.pwrite(file, _BLOCK, 0)
    os.fdatasync(file)
    return time.perf_counter() - began_s
