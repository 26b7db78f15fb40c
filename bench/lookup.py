"""A bar code in a million products against the bare question; the first page of names.

The catalogue is filled page by page, as synchronisation does, once a run.
"""

from __future__ import annotations

import random
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from bench.goods import barcode, fill
from bench.measure import MS, SEED, US, Row, in_turn, middle, percentile, ratio, short, timed
from terminal.store.catalogue import Catalogue
from terminal.store.db import open_reader
from terminal.store.search import search

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.measure import Run

FIRST_NO = 1_000_000
PAGE_ROWS, PAGE_LIMIT_S = 20, 0.050
_BARE = """
    SELECT p.id, p.plu, p.name, p.price_gr, p.vat, p.unit, p.is_open_price
    FROM barcode b JOIN product p ON p.no = b.product WHERE b.code = ?
"""
_WORDS = ("mleko", "pol", "chleb zyt", "ser gor babu", "ma", "k", "sok 77")
_KEYS = ("65356", "737", "63", "9632", "24532077")


def products(run: Run) -> tuple[Path, int]:
    """The big catalogue of this run and how many products it has."""
    count = run.some(1_000_000, 20_000)
    path = run.folder / "products" / "catalogue.db"
    if not path.exists():
        path.parent.mkdir()
        fill(path, count)
    return path, count


def rows(run: Run) -> Iterator[Row]:
    """By code, by letters, by keys."""
    path, count = products(run)
    with closing(open_reader(path)) as db:
        catalogue = Catalogue(db)
        yield _by_code(run, db, count)
        sold = {f"p{no}": no % 97 for no in range(0, count, 211)}
        for word, texts, by_keys in (("letters", _WORDS, False), ("keys", _KEYS, True)):

            def find(text: str, *, by_keys: bool = by_keys) -> int:
                return len(search(catalogue, text, by_keys=by_keys, sold=sold, limit=PAGE_ROWS))

            yield _by_name(run, f"name by {word}", texts, find, count)


def _by_code(run: Run, db: sqlite3.Connection, count: int) -> Row:
    rounds, asked = run.some(21, 7), 2000
    dice = random.Random(SEED)
    catalogue, bare = Catalogue(db), db.cursor()
    codes: list[str] = []

    def draw() -> None:
        codes[:] = [barcode(FIRST_NO + dice.randrange(count)) for _ in range(asked)]

    def select(code: str) -> None:
        bare.execute(_BARE, (code,)).fetchall()

    def ours() -> float:
        draw()
        return _p50([timed(catalogue.find, code) for code in codes])

    def limit() -> float:
        draw()
        return _p50([timed(select, code) for code in codes])

    assert [found.id for found in catalogue.find(barcode(FIRST_NO + 7))] == ["p7"]
    mine, peer = in_turn(rounds, ours, limit)
    return Row(
        f"bar code in {count:,} products",
        middle(mine, US, " µs"),
        f"bare SELECT {middle(peer, US, ' µs')}",
        ratio(mine, peer),
        2.0,
        f"p50 of {asked} random codes; {rounds} rounds",
    )


def _by_name(
    run: Run, name: str, texts: tuple[str, ...], find: Callable[[str], int], count: int
) -> Row:
    rounds = run.some(11, 5)
    found = [find(text) for text in texts]
    assert all(found), dict(zip(texts, found, strict=True))
    slowest = [max(timed(find, text) for text in texts) for _ in range(rounds)]
    return Row(
        f"{name} in {count:,} products, first page",
        middle(slowest, MS, " ms"),
        f"limit {short(PAGE_LIMIT_S * MS)} ms",
        median(slowest) / PAGE_LIMIT_S,
        1.0,
        f"slowest of {', '.join(texts)}; {rounds} rounds",
    )


def _p50(values: list[float]) -> float:
    return percentile(values, 0.5)
