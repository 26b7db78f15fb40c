"""A sheet of 100,000 goods taken into an empty shop, beside bare inserts of the same rows.

The same rows are those of three tables with their indexes: the data set, what goods are found by,
and their bar codes. The driver inserts them with one ``executemany`` for each table, in one
transaction; they lie ready in memory. Ours reads the file, judges each row against all, counts the
digest, writes, and keeps what an undo needs.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy.engine import make_url

from backoffice import publish
from backoffice.actor import administrator
from backoffice.goods import imports
from backoffice.moments import now
from backoffice.running import open_office
from backoffice.store.engine import writing
from bench.goods import barcode, name
from bench.measure import SEED, Row, middle, ratio, short
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from bench.measure import Run

GOAL = 3.0
SHOP = "lipa"
NEEDED = {
    "vat_rates": [{"id": "A", "rate_bp": 2300}, {"id": "B", "rate_bp": 800}],
    "units": [{"id": "szt", "name": "szt."}],
    "categories": [{"id": f"c{no}", "name": f"Kategoria {no}"} for no in range(20)],
}
_TABLES = ("data_row", "goods", "goods_code")

Rows = dict[str, list[tuple[Any, ...]]]


def rows(run: Run) -> Iterator[Row]:
    """One row for each kind of database."""
    folder = run.folder / "imported"
    folder.mkdir()
    yield _row(run, "SQLite", lambda name: f"sqlite:///{folder / name}.db")
    cluster = Cluster(is_durable=True)
    try:
        yield _row(run, "PostgreSQL", lambda _name: cluster.url(cluster.create()))
    finally:
        cluster.stop()


def sheet(count: int) -> bytes:
    """So many lines in iPOS's order; two of one name are of one rate, as a printer wants it."""
    dice = random.Random(SEED)
    lines = []
    for no in range(count):
        named = name(dice)
        price = f"{dice.randrange(1, 999)},{dice.randrange(100):02d}"
        vat, category = "AB"[len(named) % 2], f"Kategoria {no % 20}"
        plu, code = 100_000 + no, barcode(1_000_000 + no)
        lines.append(f";{plu};;{code};{named};T;szt.;0;{vat};{price};{category};")
    return "\r\n".join(lines).encode()


def furnish(engine: Engine) -> None:
    """What goods refer to."""
    with writing(engine) as database:
        for set_name, raws in NEEDED.items():
            publish.put(database, set_name, SHOP, raws)


def look_at(engine: Engine, content: bytes) -> int:
    """Hand a sheet in; the number of its preview."""
    with writing(engine) as database:
        return imports.look_at(database, administrator(), now(), SHOP, "bench.csv", content)


def take(engine: Engine, number: int) -> int:
    """Take it."""
    with writing(engine) as database:
        return imports.take(database, administrator(), now(), SHOP, number)


def _row(run: Run, kind: str, url_of: Callable[[str], str]) -> Row:
    count, rounds = run.some(100_000, 5_000), run.some(3, 2)
    content = sheet(count)
    looked: list[float] = []
    ours: list[float] = []
    peer: list[float] = []
    for number in range(rounds + 1):
        office = open_office(url_of(f"ours{number}")).engine
        furnish(office)
        bare = url_of(f"bare{number}")
        open_office(bare).engine.dispose()
        began_s = perf_counter()
        change = look_at(office, content)
        looked_s = perf_counter()
        assert take(office, change) == count
        taken_s = perf_counter()
        bare_s = _write(bare, _kept(office))
        office.dispose()
        if number:  # the first round warms up
            looked.append(looked_s - began_s)
            ours.append(taken_s - looked_s)
            peer.append(bare_s)
    return Row(
        f"{count:,} goods imported, {kind}",
        middle(ours, 1, " s"),
        f"bare inserts {middle(peer, 1, ' s')}",
        ratio(ours, peer),
        GOAL,
        f"preview before it {short(median(looked))} s; {rounds} rounds",
    )


def _kept(engine: Engine) -> Rows:
    """The rows that an import has made, table by table."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        found: Rows = {}
        for table in _TABLES:
            cursor.execute(f"SELECT * FROM {table} WHERE shop = '{SHOP}' ORDER BY 3, 4")
            found[table] = [tuple(row) for row in cursor.fetchall()]
    return found


def _write(db_url: str, kept: Rows) -> float:
    """Seconds in which the rows are written again, in one transaction."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            began_s = perf_counter()
            db.execute("BEGIN IMMEDIATE")
            for table, some in kept.items():
                db.executemany(_insert(table, some, "?"), some)
            db.execute("COMMIT")
            return perf_counter() - began_s
    with psycopg.connect(
        host=str(url.query["host"]), port=str(url.query["port"]),
        user=url.username, dbname=url.database,
    ) as connection:  # fmt: skip
        began_s = perf_counter()
        for table, some in kept.items():
            connection.cursor().executemany(_insert(table, some, "%s"), some)
        connection.commit()
        return perf_counter() - began_s


def _insert(table: str, some: list[tuple[Any, ...]], mark: str) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join([mark] * len(some[0]))})"
