"""The grid of 100,000 goods: a search and a page, beside the bare query by the driver.

The mixture holds words of names, codes, PLUs, filters, and pages far behind the first one. Ours is
what the grid asks the database for (the page, how many there are, codes of packs), read into
products; the bare query is the driver's own select of the page and of the count, unread. The whole
page over HTTP, signed in, laid out and sent, stands beside it.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING, Any

import httpx2
import psycopg
from sqlalchemy.engine import make_url

from backoffice.goods import search
from backoffice.goods.search import Wanted
from backoffice.running import start_office
from backoffice.store.engine import reading
from bench.goods import barcode
from bench.imported import SHOP, furnish, look_at, sheet, take
from bench.measure import MS, SEED, Row, percentile, short, timed
from tests.backoffice.web.signed import carry, cookie_of, new_account
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from bench.measure import Run

GOAL = 3.0
_SELECT = """
    SELECT g.revision, d.body, g.folded FROM goods g JOIN data_row d ON d.company = g.company
    AND d.set_name = 'products' AND d.shop = g.shop AND d.id = g.id
    WHERE g.company = 'main' AND g.shop = 'lipa'{also} ORDER BY g.folded, g.id LIMIT 51
"""
_COUNT = "SELECT count(*) FROM goods g WHERE g.company = 'main' AND g.shop = 'lipa'{also}"
_ALL = "SELECT rows FROM set_revision WHERE company = 'main' AND shop = 'lipa'"
_WORDS = ("mleko", "ser gor", "woda 77", "zytnie", "k", "sok domowe babuni", "nichts")

# What is asked for, where the page begins, and the same for the driver: conditions and values.
Asked = tuple[Wanted, tuple[str, str] | None, str, tuple[Any, ...]]


def rows(run: Run) -> Iterator[Row]:
    """Two rows for each kind of database."""
    folder = run.folder / "grid"
    folder.mkdir()
    yield from _rows(run, "SQLite", f"sqlite:///{folder / 'office.db'}")
    cluster = Cluster(is_durable=True)
    try:
        yield from _rows(run, "PostgreSQL", cluster.url(cluster.create()))
    finally:
        cluster.stop()


def _rows(run: Run, kind: str, db_url: str) -> Iterator[Row]:
    count, rounds = run.some(100_000, 5_000), run.some(20, 4)
    running = start_office(db_url, sample=False)
    try:
        engine = running.office.of("main").engine
        furnish(engine)
        take(engine, look_at(engine, sheet(count)))
        if kind == "PostgreSQL":
            with closing(engine.raw_connection()) as connection:
                connection.cursor().execute("ANALYZE")
                connection.commit()
        asked = _asked(engine, count)
        bare = _driver(db_url)
        with httpx2.Client(base_url=running.url, timeout=60) as client:
            carry(client, cookie_of(running.office, new_account(running.office)))
            ours, peer, pages = _measured(engine, asked, bare, client, rounds)
    finally:
        running.stop()
    for share in (0.50, 0.99):
        mine, its, page = (percentile(values, share) for values in (ours, peer, pages))
        yield Row(
            f"grid of {count:,} goods, {kind}, p{share * 100:.0f}",
            f"{short(mine * MS)} ms",
            f"bare query {short(its * MS)} ms",
            mine / its,
            GOAL,
            f"whole page over HTTP {short(page * MS)} ms; {len(asked)} questions × {rounds}",
        )


def _measured(
    engine: Engine,
    asked: list[Asked],
    bare: Callable[[str, tuple[Any, ...]], object],
    client: httpx2.Client,
    rounds: int,
) -> tuple[list[float], list[float], list[float]]:
    ours: list[float] = []
    peer: list[float] = []
    pages: list[float] = []
    for number in range(rounds + 1):
        for wanted, after, also, values in asked:
            mine = timed(_ours, engine, wanted, after)
            its = timed(_bare, bare, also, values)
            told = {"find": wanted.text, "vat": wanted.vat, "codes": wanted.codes}
            place = {"key": after[0], "after": after[1]} if after else {}
            page = timed(_page, client, {**told, **place})
            if number:  # the first round warms up
                ours.append(mine)
                peer.append(its)
                pages.append(page)
    assert median(pages) > 0
    return ours, peer, pages


def _ours(engine: Engine, wanted: Wanted, after: tuple[str, str] | None) -> None:
    with reading(engine) as database:
        page = search.page(database, SHOP, wanted, after)
        search.packs(database, SHOP, [row.product.id for row in page.rows])
        if wanted != Wanted():
            search.count(database, SHOP, wanted)


def _bare(
    ask: Callable[[str, tuple[Any, ...]], object], also: str, values: tuple[Any, ...]
) -> None:
    ask(_SELECT.format(also=also), values)
    counted, _, _place = also.partition(" AND (g.folded, g.id) >")
    ask(_COUNT.format(also=counted) if counted else _ALL, values if counted else ())


def _page(client: httpx2.Client, told: dict[str, str]) -> None:
    client.get("/goods", params={"shop": SHOP, **told}).raise_for_status()


def _asked(engine: Engine, count: int) -> list[Asked]:
    """The mixture; a thousandth of the way into the list is looked at, and the middle."""
    dice = random.Random(SEED)
    found: list[Asked] = [(Wanted(), None, "", ())]
    for words in _WORDS:
        also = "".join(" AND g.folded LIKE %s" for _ in words.split())
        found.append((Wanted(words), None, also, tuple(f"%{word}%" for word in words.split())))
    for _ in range(3):
        no = dice.randrange(count)
        code, plu = barcode(1_000_000 + no), str(100_000 + no)
        by_code = " AND (g.folded LIKE %s OR g.plu = -1 OR g.codes LIKE %s)"
        found.append((Wanted(code), None, by_code, (f"%{code}%", f"% {code}%")))
        by_plu = " AND (g.folded LIKE %s OR g.plu = %s OR g.codes LIKE %s)"
        found.append((Wanted(plu), None, by_plu, (f"%{plu}%", int(plu), f"% {plu}%")))
    found.append((Wanted(vat="A"), None, " AND g.vat = 'A'", ()))
    found.append((Wanted(codes="none"), None, " AND g.codes = ''", ()))
    with reading(engine) as database:
        ids = search.ids(database, SHOP, Wanted())
        for row_id in (ids[len(ids) // 1000], ids[len(ids) // 2]):
            row = search.page(database, SHOP, Wanted(), ("", ""), 1).rows[0]
            row = search.one(database, SHOP, row_id) or row
            place = (search.folded(row.product.name), row_id)
            found.append((Wanted(), place, " AND (g.folded, g.id) > (%s, %s)", place))
    return found


def _driver(db_url: str) -> Callable[[str, tuple[Any, ...]], object]:
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite":
        db = sqlite3.connect(str(url.database))
        return lambda sql, values: db.execute(sql.replace("%s", "?"), values).fetchall()
    connection = psycopg.connect(
        host=str(url.query["host"]), port=str(url.query["port"]),
        user=url.username, dbname=url.database, autocommit=True,
    )  # fmt: skip
    return lambda sql, values: connection.execute(sql, values).fetchall()
