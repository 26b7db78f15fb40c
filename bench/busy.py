"""Keys and scans while a daily report prints and 100,000 products come from the office.

The whole catalogue is fetched anew (menu 8 4 8) and sold from meanwhile; the printer is on a line
of 9600 Bd and takes its time. Whatever is measured ends before fetching and printing do.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from backoffice.running import open_office
from bench.goods import product
from bench.keys import BACK, Typist
from bench.measure import MS, SEED, Row, percentile, short
from bench.scan import is_reporting
from bench.screen import screen
from bench.shop import ARTICLE, BARCODE, BAUD, log_in, pay, shop, shows
from bench.stocked import store
from terminal.i18n import ntranslate
from terminal.store.db import open_reader
from terminal.store.exchanges import recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.measure import Run
    from bench.screen import Screen
    from bench.shop import Shop

KEY_LIMIT_S, SCAN_LIMIT_S = 0.050, 0.100
_FULL_DOWNLOAD = "\x1b[21~848"
_GAP_S = 0.1
_REPORT_S = 40.0
_FETCH_WAIT_S = 300.0


def rows(run: Run) -> list[Row]:
    """The tails."""
    place, count = shop(run), run.some(100_000, 5_000)
    _stock(place, count)
    keys: list[float] = []
    scans: list[float] = []
    rounds = run.some(3, 1)
    with screen([sys.executable, "-m", "bench.till", str(place.folder / "till.toml")]) as till:
        log_in(till)
        till.until(shows("printer OK"))
        _fetch(till, place, lambda _: None)
        for _ in range(rounds):
            keys += _busy(till, place, _type)
            scans += _busy(till, place, _scan)
    return [
        _row("key → first byte", keys, KEY_LIMIT_S, rounds, count),
        _row("scan → line", scans, SCAN_LIMIT_S, rounds, count),
    ]


def _row(what: str, waits_s: list[float], limit_s: float, rounds: int, count: int) -> Row:
    tail_s = percentile(waits_s, 0.99)
    return Row(
        f"{what} while a report prints and {count:,} products come, p99",
        f"{short(tail_s * MS)} ms",
        f"limit {short(limit_s * MS)} ms",
        tail_s / limit_s,
        1.0,
        f"p50 {short(median(waits_s) * MS)} ms; {len(waits_s)} in {rounds} rounds, {BAUD} Bd",
    )


def _stock(place: Shop, count: int) -> None:
    """Put the products beside those of the sample shop."""
    server = open_office(f"sqlite:///{place.folder / 'office.db'}")
    dice = random.Random(SEED)
    store(server, "products", [product(no, dice) for no in range(count)])
    server.engine.dispose()


def _busy(till: Screen, place: Shop, act: Callable[[Screen, int], float]) -> list[float]:
    """The waits of ``act``, again and again until the products are here."""
    place.trouble(f"slow:dailyrep:1:{_REPORT_S}")
    os.kill(till.process.pid, signal.SIGUSR1)
    waits_s: list[float] = []
    with closing(open_reader(place.folder / "till" / "journal.db")) as journal:
        till.until(lambda _: is_reporting(journal))
        _fetch(till, place, lambda no: waits_s.append(act(till, no)))
        assert is_reporting(journal), "the report was too quick"
        till.until(lambda _: not is_reporting(journal), 2 * _REPORT_S)
    log_in(till)
    if act is _scan:
        pay(till)
    return waits_s


def _fetch(till: Screen, place: Shop, meanwhile: Callable[[int], None]) -> None:
    """Have everything fetched; ``meanwhile`` hears how often it was called, from 1."""
    with closing(open_reader(place.folder / "till" / "journal.db")) as journal:
        before = recent(journal)[:1]
        till.type(_FULL_DOWNLOAD)
        till.until(shows("Start? Enter = yes, Esc = no"))
        till.type("\r")
        till.rest(_GAP_S)
        till.type("\x1b")
        till.until(shows("TOTAL"))
        no = 0
        while recent(journal)[:1] == before:
            no += 1
            till.rest(_GAP_S)
            meanwhile(no)


def _type(till: Screen, no: int) -> float:
    return Typist(till).press("7" if no % 2 else BACK)


def _scan(till: Screen, no: int) -> float:
    wanted = shows(f" {ntranslate('{count} item', '{count} items', no)} ", ARTICLE)
    at_s = till.type(f"{BARCODE}\r")
    return till.until(wanted) - at_s
