"""100,000 articles exported into an empty shop, beside bare reading and inserting of the same rows.

They come from a pattern shop. The same rows are those of three tables with their indexes: the data
set, what goods are found by, and their bar codes. The driver reads those of the pattern shop and
inserts them again under another name, one ``executemany`` for each table, in one transaction. Ours
reads them a thousand at a time, judges each row against all, counts the digest, writes, says what
became of each, and lets others in between.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg
from sqlalchemy.engine import make_url

from backoffice import publish
from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.exchange.exports import Exports
from backoffice.jobs.work import FIRST, Fate, Job, Way
from backoffice.running import open_office
from backoffice.store.engine import writing
from bench.goods import product
from bench.imported import NEEDED
from bench.measure import SEED, Row, middle, ratio, short
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import URL

    from backoffice.office import Office
    from bench.measure import Run

GOAL = 3.0
PATTERN, SHOP, BARE = "wzor", "lipa", "bare"
_TABLES = ("data_row", "goods", "goods_code")


def rows(run: Run) -> Iterator[Row]:
    """One row for each kind of database."""
    folder = run.folder / "exported"
    folder.mkdir()
    yield _row(run, "SQLite", lambda name: f"sqlite:///{folder / name}.db")
    cluster = Cluster(is_durable=True)
    try:
        yield _row(run, "PostgreSQL", lambda _name: cluster.url(cluster.create()))
    finally:
        cluster.stop()


def furnish(office: Office, count: int) -> None:
    """A pattern shop with so many goods, and an empty shop of the same channel."""
    dice = random.Random(SEED)
    with writing(office.engine) as database:
        for shop in (PATTERN, SHOP):
            for set_name, raws in NEEDED.items():
                publish.put(database, set_name, shop, raws)
        goods: list[object] = [msgspec.to_builtins(product(no, dice)) for no in range(count)]
        publish.put(database, "products", PATTERN, goods)
        channels.put_channel(database, Channel(channels.MAIN, "Main", pattern_shop=PATTERN))


def export(office: Office, job_id: str) -> tuple[int, float]:
    """How many goods came, and the seconds of the longest transaction."""
    job = Job(job_id, "main", Way.EXPORT, channels.MAIN, "main", ("articles",), False, "")
    work, done, longest_s = Exports(), 0, 0.0
    cursor: str | None = FIRST
    while cursor is not None:
        fetched = work.fetch(office, job, cursor)
        began_s = perf_counter()
        with writing(office.engine) as database:
            step = work.apply(database, job, cursor, fetched)
        longest_s = max(longest_s, perf_counter() - began_s)
        done += sum(it.fate is Fate.DONE for it in step.outcomes)
        cursor = step.next
    return done, longest_s


def _row(run: Run, kind: str, url_of: Callable[[str], str]) -> Row:
    count, rounds = run.some(100_000, 5_000), run.some(3, 2)
    ours: list[float] = []
    peer: list[float] = []
    longest: list[float] = []
    for number in range(rounds + 1):
        url = url_of(f"office{number}")
        office = open_office(url)
        furnish(office, count)
        began_s = perf_counter()
        done, longest_s = export(office, f"job{number}")
        taken_s = perf_counter() - began_s
        assert done == count
        office.engine.dispose()
        bare_s = _again(make_url(url))
        if number:  # the first round warms up
            ours.append(taken_s)
            peer.append(bare_s)
            longest.append(longest_s)
    return Row(
        f"{count:,} articles exported, {kind}",
        middle(ours, 1, " s"),
        f"bare reading and inserting {middle(peer, 1, ' s')}",
        ratio(ours, peer),
        GOAL,
        f"longest transaction {short(median(longest) * 1000)} ms; {rounds} rounds",
    )


def _again(url: URL) -> float:
    """Seconds in which the driver reads the pattern's rows and inserts them for another shop."""
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            began_s = perf_counter()
            db.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                some = _renamed(db.execute(_select(table)).fetchall())
                db.executemany(_insert(table, some, "?"), some)
            db.execute("COMMIT")
            return perf_counter() - began_s
    with psycopg.connect(
        host=str(url.query["host"]), port=str(url.query["port"]),
        user=url.username, dbname=url.database,
    ) as connection:  # fmt: skip
        began_s = perf_counter()
        for table in _TABLES:
            some = _renamed(connection.execute(_select(table)).fetchall())
            connection.cursor().executemany(_insert(table, some, "%s"), some)
        connection.commit()
        return perf_counter() - began_s


def _select(table: str) -> str:
    of = " AND set_name = 'products'" if table == "data_row" else ""
    return f"SELECT * FROM {table} WHERE shop = '{PATTERN}'{of}"


def _renamed(found: list[Any]) -> list[tuple[Any, ...]]:
    return [tuple(BARE if value == PATTERN else value for value in row) for row in found]


def _insert(table: str, some: list[tuple[Any, ...]], mark: str) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join([mark] * len(some[0]))})"
