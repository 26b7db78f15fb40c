"""100,000 orders brought to another program, beside bare reading and inserting of the same rows.

The same rows are those that are read (the data set) and those that are written: the records over
there, and what the office keeps of each. The other program is a table in a database of its own, of
the same kind, into which a batch goes with one ``executemany``; so the figure is ours and not that
of a network. Bare: one select of all rows, and one ``executemany`` for each table, in one
transaction; nobody looks at what they say. Ours decodes each row, looks up the partner, the goods
and what is known of it, adds up the lines, notes that it is on its way, hands it over in parts
of 1,000, matches the answers and notes what became of it, each part for good before the next one.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg
from sqlalchemy.engine import make_url

from backoffice import publish
from backoffice.erp.connector import Answer, Reply
from backoffice.exchange import channels, links
from backoffice.exchange.imports import Imports
from backoffice.jobs.work import FIRST, Fate, Job, Way
from backoffice.office import Office
from backoffice.running import open_office
from backoffice.store import data_rows
from backoffice.store.company import MAIN
from backoffice.store.engine import writing
from bench.measure import SEED, Row, middle, ratio
from terminal.sync import wire
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from backoffice.erp.connector import Outgoing
    from bench.measure import Run

GOAL = 3.0
SHOP = "lipa"
PARTNERS, GOODS, LINES = 500, 500, 3
AT = "2026-03-01T12:00:00+01:00"
JOB = Job("bench", MAIN, Way.IMPORT, channels.MAIN, "main", ("documents",), False, "bench")
_THEIRS = "CREATE TABLE record (id TEXT PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL)"
_READ = "SELECT id, body FROM data_row WHERE set_name = 'sales_documents' ORDER BY revision"
_KEPT = "SELECT * FROM exchange_link WHERE set_name = 'sales_documents'"


class Table:
    """Another program that only keeps: its table, in a database of its own."""

    name = "table"

    def __init__(self, db_url: str) -> None:
        self.connection = connect(db_url)
        self.mark = "?" if isinstance(self.connection, sqlite3.Connection) else "%s"
        self.connection.cursor().execute(_THEIRS)
        self.connection.commit()

    def write(
        self,
        object_name: str,  # noqa: ARG002 - one table for all
        records: Sequence[Outgoing],
        *,
        confirm: bool,  # noqa: ARG002 - it never warns
    ) -> list[Answer]:
        """Keep them for good."""
        rows = [(it.id, it.key, msgspec.json.encode(it.body).decode()) for it in records]
        insert(self.connection, "record", rows, self.mark)
        self.connection.commit()
        return [Answer(it.id, Reply.TAKEN) for it in records]


def rows(run: Run) -> Iterator[Row]:
    """One row for each kind of database."""
    folder = run.folder / "brought"
    folder.mkdir()
    yield _row(run, "SQLite", lambda name: f"sqlite:///{folder / name}.db")
    cluster = Cluster(is_durable=True)
    try:
        yield _row(run, "PostgreSQL", lambda _name: cluster.url(cluster.create()))
    finally:
        cluster.stop()


def furnish(engine: Engine, count: int) -> None:
    """Orders of three lines, and what they name."""
    dice = random.Random(SEED)
    with writing(engine) as database:
        channels.put_channel(database, channels.Channel("main", "Main", connector="table"))
        for name, raws in {
            "vat_rates": [{"id": "A", "rate_bp": 2300}],
            "units": [{"id": "szt", "name": "szt."}],
        }.items():
            publish.put(database, name, SHOP, raws)
        put(database, "products", (_product(no) for no in range(GOODS)))
        put(
            database,
            "customers",
            (wire.Customer(f"k{no}", f"Firma {no}") for no in range(PARTNERS)),
        )
        partners = {f"k{no}": links.Link("0" * 64, f"P-{no}") for no in range(PARTNERS)}
        links.link(database, channels.MAIN, "customers", partners)
        put(database, "sales_documents", (_order(no, dice) for no in range(count)))


def put(database: Connection, name: str, some: Iterable[Any]) -> None:
    """Rows as they are; whether they are right is not what is measured."""
    data_rows.lock(database, name, SHOP)
    data_rows.store(database, name, SHOP, {it.id: wire.canonical(it) for it in some})


def bring(office: Office) -> int:
    """Do the whole import; how many got there."""
    work, cursor, done = Imports(), FIRST, 0
    while cursor is not None:
        fetched = work.fetch(office, JOB, cursor)
        with writing(office.engine) as database:
            step = work.apply(database, JOB, cursor, fetched)
        done += sum(it.fate is Fate.DONE for it in step.outcomes)
        cursor = step.next
    return done


def connect(db_url: str) -> Any:  # noqa: ANN401 - sqlite3 or psycopg
    """The driver itself, as careful with the disk as the office."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite":
        opened = sqlite3.connect(str(url.database))
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("PRAGMA synchronous = FULL")
        return opened
    return psycopg.connect(
        host=str(url.query["host"]), port=str(url.query["port"]),
        user=url.username, dbname=url.database,
    )  # fmt: skip


def insert(
    connection: Any,  # noqa: ANN401 - as above
    table: str,
    some: Sequence[tuple[Any, ...]],
    mark: str,
) -> None:
    """All rows with one ``executemany``."""
    marks = ", ".join([mark] * len(some[0]))
    connection.cursor().executemany(f"INSERT INTO {table} VALUES ({marks})", some)


def _row(run: Run, kind: str, url_of: Callable[[str], str]) -> Row:
    count, rounds = run.some(100_000, 3_000), run.some(3, 2)
    ours: list[float] = []
    peer: list[float] = []
    for number in range(rounds + 1):
        url = url_of(f"ours{number}")
        office, bare = open_office(url), url_of(f"bare{number}")
        furnish(office.engine, count)
        open_office(bare).engine.dispose()
        theirs = Table(url_of(f"theirs{number}"))
        ready = Office(office.engine, connectors={"table": theirs})
        began_s = perf_counter()
        assert bring(ready) == count
        brought_s = perf_counter() - began_s
        assert bring(ready) == 0, "a second run moves nothing"
        bare_s = _bare(url, bare, url_of(f"others{number}"))
        theirs.connection.close()
        office.engine.dispose()
        if number:  # the first round warms up
            ours.append(brought_s)
            peer.append(bare_s)
    return Row(
        f"{count:,} orders brought, {kind}",
        middle(ours, 1, " s"),
        f"bare rows {middle(peer, 1, ' s')}",
        ratio(ours, peer),
        GOAL,
        f"{LINES} lines each, in parts of 1,000; {rounds} rounds",
    )


def _bare(source: str, office: str, other: str) -> float:
    """Seconds in which the same rows are read and written, one table after the other."""
    theirs = Table(other)
    with closing(connect(source)) as kept, closing(connect(office)) as here:
        began_s = perf_counter()
        cursor = kept.cursor()
        cursor.execute(_READ)
        records = [(row_id, row_id, body) for row_id, body in cursor.fetchall()]
        insert(theirs.connection, "record", records, theirs.mark)
        theirs.connection.commit()
        read_s = perf_counter() - began_s
        cursor.execute(_KEPT)
        linked = [tuple(row) for row in cursor.fetchall()]
        began_s = perf_counter()
        insert(here, "exchange_link", linked, theirs.mark)
        here.commit()
        taken_s = read_s + perf_counter() - began_s
    theirs.connection.close()
    return taken_s


def _product(no: int) -> wire.Product:
    return wire.Product(f"p{no}", f"Towar {no}", "A", 199 + no, "szt", plu=str(1000 + no))


def _order(no: int, dice: random.Random) -> wire.SalesDocument:
    lines = []
    for _ in range(LINES):
        product, price_gr, qty_milli = dice.randrange(GOODS), dice.randrange(99, 9999), 2000
        gross_gr = wire.gross_of(price_gr, qty_milli, 0)
        lines.append(
            wire.SalesLine(
                f"p{product}", f"Towar {product}", "szt.", "A", qty_milli, price_gr, gross_gr
            )
        )
    total_gr = sum(it.gross_gr for it in lines)
    partner = f"k{dice.randrange(PARTNERS)}"
    return wire.SalesDocument(f"o{no}", "ZS", f"ZS/{no}/2026", partner, AT, total_gr, lines)
