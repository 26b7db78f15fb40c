"""Journals of older programs go on with this one, and those of the next one with this one (U-10).

An older journal is made by the numbered scripts up to its version. What the next program does to a
journal nobody knows yet, but what it may do: new tables, new columns with a default, new indexes.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from terminal import events
from terminal.sale.receipt import State
from terminal.store import db as module
from terminal.store import outbox, receipts
from terminal.store.backup import check_whole
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import CashDoc
from tests.shop import MILK, WAIT_S, counter

SCRIPTS = module._MIGRATIONS
JOURNAL = sorted((SCRIPTS / "journal").glob("[0-9]*.sql"))
ROOT = Path(module.__file__).parents[1]
AT = "2026-11-20T08:00:00+01:00"
MADE = """
INSERT INTO setting (key, value) VALUES ('made.by', 'an older program');
INSERT INTO receipt (rid, state, opened_at, operator_id, operator, total_gr, closed_at, receipt_no)
    VALUES ('r1', 'FISCAL', '2026-11-20T08:00:00+01:00', 'u1', 'Anna', 698, '2026-11-20T08:01', 7);
INSERT INTO receipt (rid, state, opened_at, operator_id, operator)
    VALUES ('r2', 'OPEN', '2026-11-20T08:05:00+01:00', 'u1', 'Anna');
INSERT INTO receipt_line (rid, no, product, plu, barcode, name, unit, precision, vat, rate_bp,
    list_price_gr, price_gr, qty_milli, discount_gr, is_void)
    VALUES ('r2', 0, 'milk', '1', '', 'Mleko', 'szt.', 0, 'C', 500, 349, 349, 2000, 0, 0);
INSERT INTO sold (product, times) VALUES ('milk', 2);
"""


def older(folder: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal as the program of ``version`` left it: with an open receipt and a chain."""
    (folder / "old" / "journal").mkdir(parents=True)
    for script in JOURNAL[:version]:
        shutil.copy(script, folder / "old" / "journal")
    path = folder / "journal.db"
    with monkeypatch.context() as patch:
        patch.setattr(module, "_MIGRATIONS", folder / "old")
        db = open_writer(path, "journal")
        db.executescript(MADE)
        outbox.begin(db, 1)
        for number in (1, 2, 3):
            with write(db):
                document = CashDoc(f"c{number}", "T1", "S1", AT, "Anna", 100, "utarg")
                outbox.append(db, document, AT)
        assert db.execute("PRAGMA user_version").fetchone() == (version,)
        close_writer(db)
    return path


@pytest.mark.parametrize("version", range(1, len(JOURNAL) + 1))
def test_a_journal_of_each_older_version_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    db = open_writer(older(tmp_path, version, monkeypatch), "journal")
    assert db.execute("PRAGMA user_version").fetchone() == (len(JOURNAL),)
    assert check_whole(db) == 3
    receipt = receipts.unfinished(db)
    assert receipt is not None
    assert (receipt.rid, receipt.state, receipt.total_gr) == ("r2", State.OPEN, 698)
    assert receipts.load(db, "r1").state is State.FISCAL
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        db.execute("UPDATE receipt SET total_gr = 1 WHERE rid = 'r1'")
    close_writer(db)


@pytest.mark.parametrize("back", [1, 2])
def test_a_program_that_is_taken_back_opens_what_the_newer_one_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: int
) -> None:
    path = older(tmp_path, len(JOURNAL), monkeypatch)
    (tmp_path / "older" / "journal").mkdir(parents=True)
    for script in JOURNAL[:-back]:
        shutil.copy(script, tmp_path / "older" / "journal")
    with monkeypatch.context() as patch:
        patch.setattr(module, "_MIGRATIONS", tmp_path / "older")
        db = open_writer(path, "journal")
        with write(db):
            document = CashDoc("c4", "T1", "S1", AT, "Anna", 100, "utarg")
            outbox.append(db, document, AT)
        close_writer(db)
    db = open_writer(path, "journal")
    assert check_whole(db) == 4
    close_writer(db)


def expand(path: Path) -> None:
    """Do to a database whatever a later program may do to it."""
    with sqlite3.connect(path) as db:
        tables = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
                " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'name_index_%'"
            )
        ]
        for table in tables:
            db.execute(f"ALTER TABLE {table} ADD COLUMN later_gr INTEGER NOT NULL DEFAULT 7")
            db.execute(f"CREATE INDEX {table}_later ON {table} (later_gr)")
            heard = f"INSERT INTO later VALUES ('{table}')"  # noqa: S608 - names of ours
            db.execute(f"CREATE TRIGGER {table}_heard AFTER INSERT ON {table} BEGIN {heard}; END")
        db.execute("CREATE TABLE later (name TEXT NOT NULL) STRICT")
        db.execute("CREATE TABLE oldest_program (version INTEGER NOT NULL) STRICT")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.execute("INSERT INTO oldest_program VALUES (?)", (version,))
        db.execute(f"PRAGMA user_version={version + 1}")
    db.close()


def test_a_till_sells_on_databases_that_a_newer_program_has_extended(tmp_path: Path) -> None:
    with counter(tmp_path) as shop:
        shop.start_till()
        shop.ready()
        shop.stop_till()
        for name in ("journal.db", "catalogue.db"):
            expand(shop.till_folder / name)
        till = shop.start_till()
        shop.ready()
        till.pull("products", ever=True).result(WAIT_S)
        shop.sell(MILK, MILK)
        shop.sell(MILK)
        shop.do(till.move_cash, 500, "utarg").result(WAIT_S)
        since = shop.heard.mark()
        till.close_day().result(WAIT_S)
        shop.heard.wait(events.DayClosed, since)
    with sqlite3.connect(shop.till_folder / "journal.db") as db:
        heard = {name for (name,) in db.execute("SELECT name FROM later")}
        assert check_whole(db) > 5
    db.close()
    assert {"receipt", "receipt_line", "payment", "attempt", "document", "closing"} <= heard


def test_no_statement_relies_on_the_order_of_columns() -> None:
    """A column that a later program adds would stop this one."""
    bare = re.compile(r"INSERT (?:OR [A-Z]+ )?INTO \w+ (?:VALUES|SELECT)|SELECT \*")
    found = [path.name for path in ROOT.rglob("*.py") if bare.search(path.read_text("utf-8"))]
    assert found == []
