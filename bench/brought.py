"""100,000 orders brought to another program, beside bare reading and inserting of the same rows.

The other program keeps a document as programs do: a head and its lines, in a database of its own,
of the same kind as the office's, each part with one ``executemany`` for each table. So the figure
is ours and not that of a network. The same rows are heads and lines over there, and here what the
office keeps of each. Bare: parts of as many rows are selected, and ready heads, lines and links
inserted, each part for good on both sides, for no transaction spans both; nobody looks at what they
say. Ours decodes each row, looks up the partner, the goods and what is known of it, adds up its
lines, notes that it is on its way, hands it over in their ids, matches the answers and notes what
became of it.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy.engine import make_url

from backoffice import publish
from backoffice.erp.connector import Answer, Reply
from backoffice.exchange import channels, links
from backoffice.exchange.import_batches import ROWS_MAX
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
_THEIRS = (
    (
        "CREATE TABLE head (id TEXT PRIMARY KEY, send_key TEXT, number TEXT, customer TEXT,"
        " issued_at TEXT, total_gr BIGINT, state TEXT)"
    ),
    (
        "CREATE TABLE line (head TEXT, no INTEGER, product TEXT, name TEXT, vat TEXT,"
        " qty_milli BIGINT, price_gr BIGINT, gross_gr BIGINT, PRIMARY KEY (head, no))"
    ),
)
_READ = (
    "SELECT id, revision, body FROM data_row WHERE set_name = 'sales_documents'"
    " AND revision > {since} ORDER BY revision LIMIT {part}"
)
_KEPT = "SELECT * FROM exchange_link WHERE set_name = 'sales_documents'"
_TABLES = ("head", "line")
_LINE = ("product", "name", "vat", "qty_milli", "price_gr", "gross_gr")

Rows = list[tuple[Any, ...]]


class Table:
    """Another program that only keeps: its table, in a database of its own."""

    name = "table"

    def __init__(self, db_url: str) -> None:
        self.connection = connect(db_url)
        self.mark = "?" if isinstance(self.connection, sqlite3.Connection) else "%s"
        for statement in _THEIRS:
            self.connection.cursor().execute(statement)
        self.connection.commit()

    def write(
        self,
        object_name: str,  # noqa: ARG002 - one kind of documents
        records: Sequence[Outgoing],
        *,
        confirm: bool,  # noqa: ARG002 - it never warns
    ) -> list[Answer]:
        """Keep them for good."""
        heads, lines = [], []
        for it in records:
            told = it.body
            head = (told["number"], told["customer"], told["issued_at"], told["total_gr"])
            heads.append((it.id, it.key, *head, told["state"]))
            lines += [
                (it.id, no, *(line[name] for name in _LINE))
                for no, line in enumerate(told["lines"])
            ]
        self.keep(heads, lines)
        return [Answer(it.id, Reply.TAKEN) for it in records]

    def keep(self, heads: Rows, lines: Rows) -> None:
        """Insert ready rows."""
        insert(self.connection, "head", heads, self.mark)
        insert(self.connection, "line", lines, self.mark)
        self.connection.commit()


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
        others = Table(url_of(f"others{number}"))
        bare_s = _bare(url, bare, theirs, others)
        theirs.connection.close()
        others.connection.close()
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


def _bare(source: str, office: str, theirs: Table, others: Table) -> float:
    """Seconds in which the same rows are read and written again, a part at a time."""
    ready = {name: _all(theirs.connection, f"SELECT * FROM {name} ORDER BY 1") for name in _TABLES}
    lines_of: dict[str, Rows] = {}
    for line in ready["line"]:
        lines_of.setdefault(line[0], []).append(line)
    heads = {head[0]: head for head in ready["head"]}
    with closing(connect(source)) as kept, closing(connect(office)) as here:
        linked = {link[3]: link for link in _all(kept, _KEPT)}
        since, began_s = 0, perf_counter()
        while part := _all(kept, _READ.format(since=since, part=ROWS_MAX)):
            since = part[-1][1]
            ids = [row[0] for row in part]
            lines = [line for row_id in ids for line in lines_of[row_id]]
            others.keep([heads[row_id] for row_id in ids], lines)
            insert(here, "exchange_link", [linked[row_id] for row_id in ids], others.mark)
            here.commit()
        return perf_counter() - began_s


def _all(connection: Any, statement: str) -> Rows:  # noqa: ANN401 - as above
    cursor = connection.cursor()
    cursor.execute(statement)
    return [tuple(row) for row in cursor.fetchall()]


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
