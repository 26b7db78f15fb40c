"""A scan until its line is on the screen, while a daily report prints and while nothing does.

Thirteen digits and Enter come in one write. The printer is on a line of 9600 Bd and takes its time
over the report; the till asks it every second how it is.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import MS, Row, middle, percentile, short
from bench.screen import screen
from bench.shop import ARTICLE, BARCODE, BAUD, Shop, log_in, pay, shop, shows
from terminal.i18n import ntranslate
from terminal.store.db import open_reader

if TYPE_CHECKING:
    import sqlite3

    from bench.measure import Run
    from bench.screen import Screen

LIMIT_S = 0.100
IDLE_LIMIT_S = 0.010
_GAP_S = 0.1
_REPORT_MARGIN_S = 2.0


def rows(run: Run) -> list[Row]:
    """The tail during the report, the middle against idle."""
    place = shop(run)
    rounds, scans = run.some(5, 1), run.some(25, 8)
    idle: list[list[float]] = []
    printing: list[list[float]] = []
    with screen([sys.executable, "-m", "bench.till", str(place.folder / "till.toml")]) as till:
        log_in(till)
        till.until(shows("printer OK"))
        for _ in range(rounds):
            idle.append(_scan(till, scans))
            pay(till)
            printing.append(_scan_in_report(till, place, scans))
            log_in(till)
            pay(till)
    waits_s = [wait_s for waits in printing for wait_s in waits]
    tail_s, idle_tail_s = (
        percentile((wait_s for waits in each for wait_s in waits), 0.99)
        for each in (printing, idle)
    )
    during, before = ([median(waits) for waits in each] for each in (printing, idle))
    return [
        Row(
            "scan → line, nothing else at work, p50",
            middle(before, MS, " ms"),
            f"limit {short(IDLE_LIMIT_S * MS)} ms",
            median(before) / IDLE_LIMIT_S,
            1.0,
            f"up to {scans} lines on the receipt; {rounds} rounds",
        ),
        Row(
            "scan → line while a report prints, p99",
            f"{short(tail_s * MS)} ms",
            f"limit {short(LIMIT_S * MS)} ms",
            tail_s / LIMIT_S,
            1.0,
            f"p50 {middle(during, MS, ' ms')}; nothing else at work p99"
            f" {short(idle_tail_s * MS)} ms; {len(waits_s)} scans, {rounds} reports, {BAUD} Bd",
        ),
    ]


def _scan_in_report(till: Screen, place: Shop, scans: int) -> list[float]:
    report_s = scans * 2 * _GAP_S + _REPORT_MARGIN_S
    place.trouble(f"slow:dailyrep:1:{report_s}")
    os.kill(till.process.pid, signal.SIGUSR1)
    with closing(open_reader(place.folder / "till" / "journal.db")) as journal:
        till.until(lambda _: is_reporting(journal))
        waits_s = _scan(till, scans)
        assert is_reporting(journal), "the report was too quick"
    return waits_s


def is_reporting(journal: sqlite3.Connection) -> bool:
    """Whether the daily report is at the printer."""
    step = journal.execute("SELECT step FROM closing WHERE ended_at IS NULL").fetchone()
    return bool(step and step[0] == "INTENT")


def _scan(till: Screen, scans: int) -> list[float]:
    waits_s = []
    for no in range(1, scans + 1):
        till.rest(_GAP_S)
        wanted = shows(f" {ntranslate('{count} item', '{count} items', no)} ", ARTICLE)
        at_s = till.type(f"{BARCODE}\r")
        waits_s.append(till.until(wanted) - at_s)
    return waits_s
