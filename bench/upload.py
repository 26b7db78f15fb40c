"""Receipts sent to the office by a till, against bare inserts of the rows that the office keeps.

The till's own client signs each request of a hundred receipts; the office, a process of its own,
checks signature and chain, judges every receipt and stores it durably. The limits write the same
rows, made ready, with as many commits: sqlite3 itself, and COPY into PostgreSQL.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy.engine import make_url

from bench.measure import Row, middle, ratio
from bench.office import EPOCH, journal, office, prepared
from terminal.sync.http import Office
from terminal.sync.wire import JournalPush
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from bench.measure import Run
    from terminal.sync.wire import Entry

BATCH = 100
SQLITE_GOAL, POSTGRES_GOAL = 3.0, 2.0
_TABLES = ("journal_entry", "verdict", "receipt")

Rows = dict[str, list[tuple[Any, ...]]]


def rows(run: Run) -> list[Row]:
    """One row for each kind of database."""
    folder = run.folder / "upload"
    folder.mkdir()
    found = [_row(run, "SQLite", lambda name: f"sqlite:///{folder / name}.db", SQLITE_GOAL)]
    cluster = Cluster(is_durable=True)
    try:
        return [
            *found,
            _row(run, "PostgreSQL", lambda _: cluster.url(cluster.create()), POSTGRES_GOAL),
        ]
    finally:
        cluster.stop()


def _row(run: Run, kind: str, url_of: Callable[[str], str], goal: float) -> Row:
    receipts, rounds = run.some(10_000, 500), run.some(5, 2)
    ours: list[float] = []
    limit: list[float] = []
    bare_url = url_of("bare")
    prepared(bare_url, rounds + 1)[0].dispose()
    with office(run.folder / "upload", url_of("office"), rounds + 1) as (url, engine, keys):
        for number, (till, key) in enumerate(keys.items()):
            taken_s = _send(Office(url, till, key), journal(till, receipts))
            bare_s = _write(bare_url, _kept(engine, till))
            if number:  # the first round warms up
                ours.append(taken_s)
                limit.append(bare_s)
    speed = receipts / median(ours)
    return Row(
        f"{receipts} receipts to the office, {kind}",
        middle(ours, 1, " s"),
        f"bare rows {middle(limit, 1, ' s')}",
        ratio(ours, limit),
        goal,
        f"5 lines, {BATCH} in a signed request, {speed:.0f} a second; {rounds} rounds",
    )


def _send(client: Office, entries: Sequence[Entry]) -> float:
    began_s = time.perf_counter()
    for start in range(0, len(entries), BATCH):
        answer = client.push(JournalPush(EPOCH, list(entries[start : start + BATCH])))
    taken_s = time.perf_counter() - began_s
    client.close()
    assert answer.hw == len(entries)
    assert all(one.is_accepted for one in answer.verdicts), answer.verdicts[0]
    return taken_s


def _kept(engine: Engine, till: str) -> Rows:
    """The rows that the office has made of one till's journal, table by table."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        found: Rows = {}
        for table in _TABLES:
            cursor.execute(f"SELECT * FROM {table} WHERE terminal = '{till}' ORDER BY seq")
            found[table] = [tuple(row) for row in cursor.fetchall()]
    return found


def _write(db_url: str, kept: Rows) -> float:
    """Seconds in which the rows are written again, as many at once and as durably."""
    url = make_url(db_url)
    count = len(kept[_TABLES[0]])
    if url.get_backend_name() == "sqlite":
        return _into_sqlite(str(url.database), kept, count)
    with psycopg.connect(
        host=str(url.query["host"]), port=str(url.query["port"]),
        user=url.username, dbname=url.database,
    ) as connection:  # fmt: skip
        return _into_postgres(connection, kept, count)


def _into_sqlite(path: str, kept: Rows, count: int) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        began_s = time.perf_counter()
        for start in range(0, count, BATCH):
            db.execute("BEGIN IMMEDIATE")
            for table, rows in kept.items():
                marks = ", ".join("?" * len(rows[0]))
                some = rows[start : start + BATCH]
                db.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
            db.execute("COMMIT")
        return time.perf_counter() - began_s


def _into_postgres(connection: psycopg.Connection, kept: Rows, count: int) -> float:
    began_s = time.perf_counter()
    for start in range(0, count, BATCH):
        with connection.cursor() as cursor:
            for table, rows in kept.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    for row in rows[start : start + BATCH]:
                        copy.write_row(row)
        connection.commit()
    return time.perf_counter() - began_s
