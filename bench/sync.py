"""A first load of 100,000 and 1,000,000 products, and a hundred changed prices, over HTTP.

The limit is SQLite alone: the same rows, ready as tuples, into a plain table with an index of the
codes, without checks, digests or the search by name; and once more into all the tables of a till,
search by name and all, so that what is ours can be told from what is SQLite's.
"""

from __future__ import annotations

import gc
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from backoffice.snapshots import Snapshots, announced
from backoffice.store.engine import reading
from bench.measure import MS, SEED, Row, in_turn, middle, ratio, short, timed
from bench.stocked import SHOP, Stocked, Till, Wire, stocked
from terminal.store.db import close_writer, open_reader, open_writer, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.measure import Run
    from terminal.sync.wire import Product

CHANGED = 100
_TABLES = ("product", "barcode", "product_name", "sent")
DELTA_S, DELTA_BYTES_PER_ROW, DELTA_BYTES = 0.010, 40, 500
SNAPSHOT_BYTES_PER_ROW = 42
_TABLE = """
    CREATE TABLE product (
        id TEXT PRIMARY KEY, name TEXT, vat TEXT, price_gr INTEGER, unit TEXT, plu TEXT, code TEXT
    )
"""


def rows(run: Run) -> Iterator[Row]:
    """First loads, the file they come from, the delta."""
    some = stocked(run, run.some(100_000, 5_000))
    yield from _first(some, run.some(5, 3))
    yield from _delta(run, some)
    yield from _first(stocked(run, run.some(1_000_000, 20_000)), 1)


def _first(office: Stocked, rounds: int) -> Iterator[Row]:
    count = len(office.products)
    till = Till(_made(office.folder / "till"), office.identity)
    limit = _Limit(office.folder, office.products)
    with reading(office.server.engine) as connection:
        key = announced(connection, SHOP)[0].snapshot
    sizes: list[int] = []
    # What the bench keeps ready is no part of a till's memory.
    gc.collect()
    gc.freeze()

    def build() -> float:
        # Where the office itself looks for it: no load waits for the making.
        store = Snapshots(office.folder / "office.snapshots")
        for old in (office.folder / "office.snapshots").glob("*.gz"):
            old.unlink()
        begun = store.begin(office.server.engine, SHOP, key)
        taken_s = timed(begun.result)
        sizes.append(begun.result().path.stat().st_size)
        return taken_s

    measured = in_turn if rounds > 1 else _once
    made, mine, bare, whole = measured(
        rounds, build, till.first_load, limit.measure, lambda: limit.measure_all(till.folder)
    )
    how = f"{rounds} rounds"
    yield Row(
        f"first load of {count:,} products",
        middle(mine, MS, " ms"),
        f"bare inserts {middle(bare, MS, ' ms')}",
        ratio(mine, bare),
        0.25,
        f"fetch, check, judge, store, index codes and names; {how}",
    )
    yield Row(
        "the same, against all of a till's tables",
        middle(mine, MS, " ms"),
        f"bare inserts {middle(whole, MS, ' ms')}",
        ratio(mine, whole),
        3.0,
        f"same tables and indexes, rows ready; {how}",
    )
    yield Row(
        f"file of {count:,} products, made at the office",
        middle(made, MS, " ms"),
        f"bare inserts {middle(bare, MS, ' ms')}",
        ratio(made, bare),
        1.5,
        f"once for a revision and shop, whatever the number of tills; {how}",
    )
    per_row = sizes[-1] / count
    yield Row(
        "bytes a product in it",
        short(per_row),
        f"limit {SNAPSHOT_BYTES_PER_ROW}",
        per_row / SNAPSHOT_BYTES_PER_ROW,
        1.0,
        "gzip",
    )


def _once(_rounds: int, *subjects: Callable[[], float]) -> list[list[float]]:
    """Each once, without a round that does not count: a million takes its time."""
    return [[subject()] for subject in subjects]


def _delta(run: Run, office: Stocked) -> Iterator[Row]:
    count, rounds = len(office.products), run.some(21, 7)
    wire, dice = Wire(), random.Random(SEED)
    till = Till(_made(office.folder / "delta"), office.identity, wire)
    sizes: list[int] = []
    with closing(till.opened()) as opened:
        opened.pull()

        def change() -> float:
            office.change(CHANGED, dice)
            before = wire.bytes
            taken_s = timed(opened.pull)
            sizes.append(wire.bytes - before)
            return taken_s

        (mine,) = in_turn(rounds, change)
    yield Row(
        f"{CHANGED} changed prices of {count:,} products",
        middle(mine, MS, " ms"),
        f"limit {short(DELTA_S * MS)} ms",
        sorted(mine)[len(mine) // 2] / DELTA_S,
        1.0,
        f"two requests, one commit, digests equal; {rounds} rounds",
    )
    limit = CHANGED * DELTA_BYTES_PER_ROW + DELTA_BYTES
    yield Row(
        "bytes of that, both ways",
        f"{max(sizes)}",
        f"limit {limit}",
        max(sizes) / limit,
        1.0,
        f"{DELTA_BYTES_PER_ROW} a row and {DELTA_BYTES}; with headers",
    )


class _Limit:
    def __init__(self, folder: Path, products: list[Product]) -> None:
        self._path = folder / "bare.db"
        self._rows = [
            (one.id, one.name, one.vat, one.price_gr, one.unit, one.plu, one.barcodes[0])
            for one in products
        ]

    def measure(self) -> float:
        """Seconds for all rows in one durable transaction."""
        self._path.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            return timed(self._insert, db)

    def measure_all(self, loaded: Path) -> float:
        """The same into every table and index of the till that has been loaded."""
        path = self._path.with_name("all.db")
        path.unlink(missing_ok=True)
        with closing(open_reader(loaded / "catalogue.db")) as db:
            rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}
        names = [row[:1] + row[2:4] for row in rows["product_name"]]
        db = open_writer(path, "catalogue")
        taken_s = timed(_insert_all, db, rows, names)
        close_writer(db)
        return taken_s

    def _insert(self, db: sqlite3.Connection) -> None:
        db.execute("BEGIN")
        db.execute(_TABLE)
        db.executemany("INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?)", self._rows)
        db.execute("CREATE INDEX product_by_code ON product (code)")
        db.execute("COMMIT")


def _insert_all(
    db: sqlite3.Connection,
    rows: dict[str, list[tuple[object, ...]]],
    names: list[tuple[object, ...]],
) -> None:
    with write(db):
        for table, ready in rows.items():
            marks = ", ".join("?" * len(ready[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", ready)
        db.executemany("INSERT INTO name_index (rowid, letters, keys) VALUES (?, ?, ?)", names)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
