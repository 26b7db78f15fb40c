"""An office with many products, in a process of its own, and a till that asks it."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import httpx2

from backoffice import fleet
from backoffice.moments import now
from backoffice.running import open_office
from backoffice.store import data_rows
from backoffice.store.engine import writing
from bench.goods import product
from bench.measure import SEED, timed
from bench.servers import serve, ui
from terminal.store.catalogue import Catalogue
from terminal.store.db import close_writer, open_writer
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.sync.pull import pull
from terminal.sync.snapshot import Depot
from terminal.sync.wire import Unit, VatRate, canonical
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from backoffice.office import Office as Server
    from bench.measure import Run
    from terminal.sync.enrolment import Identity
    from terminal.sync.wire import Product

SHOP = "lipa"
SETS = ("vat_rates", "units", "products")
_AT_ONCE = 20_000


class Wire(httpx2.HTTPTransport):
    """Counts the bytes of requests and answers, as they are packed, with their headers."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask, and count."""
        response = super().handle_request(request)
        heads = (*request.headers.raw, *response.headers.raw)
        self.bytes += len(str(request.url)) + sum(len(a) + len(b) + 4 for a, b in heads)
        packed = b"".join(response.stream)  # type: ignore[arg-type]
        response.stream.close()  # type: ignore[union-attr]
        self.bytes += len(packed)
        response.stream = httpx2.ByteStream(packed)
        return response


@dataclass(frozen=True, slots=True)
class Stocked:
    """The office, where it answers, and the till that it knows."""

    server: Server
    identity: Identity
    folder: Path
    products: list[Product]

    def change(self, count: int, dice: random.Random) -> None:
        """Give so many products another price."""
        chosen = dice.sample(self.products, count)
        store(self.server, "products", [_dearer(one, dice) for one in chosen])


@dataclass(slots=True)
class Till:
    """A till's catalogue in a folder of its own."""

    folder: Path
    identity: Identity
    transport: httpx2.BaseTransport | None = None

    def first_load(self) -> float:
        """Seconds until everything is here, from nothing."""
        (self.folder / "catalogue.db").unlink(missing_ok=True)
        with closing(_Opened(self)) as opened:
            taken_s = timed(opened.pull)
            assert Catalogue(opened.db).counts()["products"]
        return taken_s

    def opened(self) -> _Opened:
        """The catalogue and the line to the office, both open."""
        return _Opened(self)


class _Opened:
    def __init__(self, till: Till) -> None:
        who = till.identity
        self.db: sqlite3.Connection = open_writer(till.folder / "catalogue.db", "catalogue")
        self._office = Office(who.office_url, who.terminal, who.key, transport=till.transport)
        self._depot = Depot(self._office, till.folder, SHOP, Event(), _quiet)

    def pull(self) -> int:
        """Rows that came."""
        with closing(self._depot):
            found = pull(self._office, self.db, SETS, _quiet, snapshots=self._depot)
        assert not any(one.refused for one in found), found
        return sum(one.added + one.changed for one in found)

    def close(self) -> None:
        self._office.close()
        close_writer(self.db)


def stocked(run: Run, count: int) -> Stocked:
    """An office with ``count`` products; it ends with the run."""
    folder = run.folder / f"office-{count}"
    folder.mkdir()
    database = f"sqlite:///{folder / 'office.db'}"
    server = open_office(database)
    run.ends.callback(server.engine.dispose)
    dice = random.Random(SEED)
    products = [product(no, dice) for no in range(count)]
    store(server, "vat_rates", [VatRate("A", 2300), VatRate("B", 800)])
    store(server, "units", [Unit("szt", "szt.")])
    store(server, "products", products)
    with writing(server.engine) as connection:
        code = fleet.invite(connection, "T1", SHOP, now())
    log = run.ends.enter_context((folder / "office.log").open("w", encoding="utf-8"))
    place = ("--db", database, "--listen", "127.0.0.1:0", "--admin-token-file", f"{folder}/token")
    ready = run.ends.enter_context(serve([*ui("backoffice"), *place], log))
    url = ready.removeprefix("ready ").strip()
    return Stocked(server, enrolment.enrol(url, code, VERSION), folder, products)


def store(server: Server, name: str, rows: list[Product] | list[Unit] | list[VatRate]) -> None:
    """Publish rows as they are."""
    with writing(server.engine) as connection:
        data_rows.lock(connection, name, SHOP)
        for start in range(0, len(rows), _AT_ONCE):
            bodies = {row.id: canonical(row) for row in rows[start : start + _AT_ONCE]}
            data_rows.store(connection, name, SHOP, bodies)


def _dearer(one: Product, dice: random.Random) -> Product:
    return type(one)(
        *(one.id, one.name, one.vat, one.price_gr + dice.randrange(1, 99)),
        *(one.unit, one.plu, one.barcodes),
    )


def _quiet(_: object) -> None:
    pass
