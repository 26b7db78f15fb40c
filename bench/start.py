"""From ``kasoterminal run`` to its first paint and to a till that sells; memory; idle processor.

The peer is the smallest Textual program on a pseudo-terminal of the same size. Memory is looked at
after a sale, with the sample shop's goods and with a million products.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from bench.goods import barcode
from bench.lookup import FIRST_NO, products
from bench.measure import MS, Row, in_turn, middle, ratio, short
from bench.screen import MINIMAL, Screen, screen
from bench.shop import log_in, sell, shop, shows
from terminal.store.catalogue import Catalogue

if TYPE_CHECKING:
    from bench.measure import Run
    from bench.shop import Shop

RSS_LIMIT_MB = 80.0
CPU_LIMIT = 0.005
_SETTLE_S = 2.0
_PEOPLE = ("settings", "shop", "payment_method", "role", "user")
_TABLES = ("data_set", "vat_rate", "unit", "category", *_PEOPLE)


def rows(run: Run) -> list[Row]:
    """Times, memory, processor."""
    place = shop(run)
    rounds = run.some(9, 2)
    ready: list[float] = []

    def ours() -> float:
        painted_s, ready_s = _start(place)
        ready.append(ready_s)
        return painted_s

    def minimal() -> float:
        with screen(MINIMAL) as peer:
            return _first_paint(peer)

    mine, theirs = in_turn(rounds, ours, minimal)
    del ready[0]
    peer = f"minimal Textual {middle(theirs, MS, ' ms')}"
    how = f"{rounds} starts each in turn"
    return [
        Row("start → first paint", middle(mine, MS, " ms"), peer, ratio(mine, theirs), 1.3, how),
        Row(
            "start → asks for the operator",
            middle(ready, MS, " ms"),
            peer,
            ratio(ready, theirs),
            2.0,
            f"databases open, settings read, state of the day shown; {how}",
        ),
        *_at_rest(run, place, theirs),
    ]


def _start(place: Shop) -> tuple[float, float]:
    """Seconds to the first paint and to the question who sells."""
    with screen(place.command) as till:
        painted_s = _first_paint(till)
        return painted_s, till.until(shows("Identifier", "network OK")) - till.began_s


def _first_paint(one: Screen) -> float:
    """Seconds until something can be read."""
    return one.until(lambda text: text.strip()) - one.began_s


def _stock(run: Run, place: Shop) -> tuple[int, str, str]:
    """Give the till the big catalogue, its own people and settings; how many, a code, its name."""
    path, count = products(run)
    mine = place.folder / "till" / path.name
    before = shutil.copy(mine, place.folder / "before.db")
    shutil.copy(path, mine)
    code = barcode(FIRST_NO)
    with closing(sqlite3.connect(mine, isolation_level=None)) as db:
        db.execute("ATTACH ? AS before", (str(before),))
        for table in _TABLES:
            db.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM before.{table}")
        return count, code, Catalogue(db).find(code)[0].name


def _at_rest(run: Run, place: Shop, minimal_s: list[float]) -> list[Row]:
    watched_s = run.some(15, 2)
    with screen(MINIMAL) as minimal, screen(place.command) as till:
        _first_paint(minimal)
        log_in(till)
        sell(till)
        sample_mb, minimal_mb = till.rss_mb(), minimal.rss_mb()
        till.rest(_SETTLE_S)
        before_s = till.cpu_s()
        till.rest(watched_s)
        share = (till.cpu_s() - before_s) / watched_s
    count, code, name = _stock(run, place)
    full_s = [_start(place)[1] for _ in range(run.some(5, 1))]
    with screen(place.command) as till:
        log_in(till)
        sell(till, code, name)
        till.type("*65356")
        till.rest(_SETTLE_S)
        full_mb = till.rss_mb()
    return [
        Row(
            f"start → asks for the operator, {count:,} products",
            middle(full_s, MS, " ms"),
            f"minimal Textual {middle(minimal_s, MS, ' ms')}",
            median(full_s) / median(minimal_s),
            2.0,
            f"{len(full_s)} starts after those of the peer",
        ),
        *(
            Row(
                f"memory after a sale, {goods}",
                f"{short(mb)} MB",
                f"limit {short(RSS_LIMIT_MB)} MB",
                mb / RSS_LIMIT_MB,
                1.0,
                f"resident; minimal Textual {short(minimal_mb)} MB",
            )
            for goods, mb in (("sample goods", sample_mb), (f"{count:,} products", full_mb))
        ),
        Row(
            "idle processor",
            f"{share:.2%}",
            f"limit {CPU_LIMIT:.1%}",
            share / CPU_LIMIT,
            1.0,
            f"of one core, {watched_s} s at the selling screen, its clock ticking",
        ),
    ]
