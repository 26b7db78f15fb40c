"""An office as a process, tills enrolled in it, and the receipts they send. No figure here."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec

from backoffice import fleet
from backoffice.moments import now
from backoffice.running import open_office
from backoffice.store.engine import writing
from bench.goods import receipt
from bench.servers import serve
from drivers.fiscal import Counters
from terminal.context import Context, local_now, new_rid
from terminal.sale.documents import receipt_document
from terminal.sale.picture import Ruling, Verdict
from terminal.sync.signing import new_key, public_half
from terminal.sync.wire import GENESIS, EnrolRequest, Entry, ReceiptDoc, canonical, chain_hash
from terminal.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

EPOCH = 1
_SHOP = "lipa"
_PRINTER = "ZBF1234567890"


@contextmanager
def office(folder: Path, db_url: str, tills: int) -> Iterator[tuple[str, Engine, dict[str, str]]]:
    """A running office: its address, its database, and the keys of its tills by their names."""
    engine, keys = prepared(db_url, tills)
    try:
        command = [
            *(sys.executable, "-m", "ui", "backoffice", "--db", db_url),
            *("--listen", "127.0.0.1:0", "--admin-token-file", str(folder / "token")),
        ]
        with (folder / "office.log").open("w") as log, serve(command, log) as line:
            yield line.split()[1], engine, keys
    finally:
        engine.dispose()


def prepared(db_url: str, tills: int) -> tuple[Engine, dict[str, str]]:
    """The database of an office with so many tills, T1 and on, and their keys."""
    engine = open_office(db_url).engine
    return engine, dict(_enrol(engine, f"T{no}") for no in range(1, tills + 1))


def _enrol(engine: Engine, name: str) -> tuple[str, str]:
    key = new_key()
    with writing(engine) as database:
        code = fleet.invite(database, name, _SHOP, now())
        fleet.enrol(database, EnrolRequest(code, VERSION, public_half(key)), now())
    return name, key


def journal(terminal: str, count: int) -> list[Entry]:
    """So many receipts of five lines, chained as the till's journal chains them."""
    document, entries, head = _document(terminal), [], GENESIS
    for seq in range(1, count + 1):
        body = canonical(msgspec.structs.replace(document, rid=new_rid(), receipt_no=seq))
        rid = msgspec.json.decode(body)["rid"]
        entries.append(Entry(seq, rid, head, chain_hash(head, body), body))
        head = entries[-1].hash
    return entries


def _document(terminal: str) -> ReceiptDoc:
    silent = cast("Any", SimpleNamespace(tell=lambda _: None))
    context = Context(*(silent,) * 6, terminal, _SHOP, EPOCH, Event(), local_now)
    base = Counters(_PRINTER, 1, 1, 0, 0, 0, (0, 0, 0, 0, 0, 0, 0), 0, 0)
    ruling = Ruling(Verdict.SOLD, 6, 1, 2, base)
    return receipt_document(context, receipt(), ruling, _PRINTER, context.stamp())
