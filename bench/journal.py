"""A journal of a million receipts: to verify it, and to start a till on it.

The peer of verifying is bare ``hashlib`` over the same records, one hash after the other as the
chain wants it. The peer of the start is the same till with an empty journal.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from bench.measure import MS, Row, in_turn, middle, ratio, timed
from bench.screen import screen
from bench.shop import shop, shows
from terminal.audit import verify
from terminal.audit.device_key import DeviceKey
from terminal.audit.export import export
from terminal.store import outbox
from terminal.store.db import close_writer, open_reader, open_writer, write
from terminal.sync.wire import (
    GENESIS,
    LineDoc,
    PaymentDoc,
    ReceiptDoc,
    RunningTotal,
    VatSplit,
    canonical,
    chain_hash,
    with_total,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from bench.measure import Run
    from bench.shop import Shop

_RECEIPTS, _QUICK = 1_000_000, 20_000
_AT_ONCE = 20_000
_DAY = 500
_GROSS_GR = 1047


@dataclass(frozen=True, slots=True)
class _Full:
    """The journal and what was exported from it."""

    database: Path
    exported: Path
    receipts: int


def rows(run: Run) -> list[Row]:
    """Verifying, starting."""
    full = _full(run)
    rounds = run.some(5, 2)

    def ours() -> float:
        report = None

        def check() -> None:
            nonlocal report
            report = verify.verify(full.exported)

        taken_s = timed(check)
        assert report is not None
        assert (report.wrong, report.documents) == (0, full.receipts)
        return taken_s

    def bare() -> float:
        return timed(_hash_all, full.exported)

    mine, theirs = in_turn(rounds, ours, bare)
    empty_s, full_s = _starts(run, full)
    return [
        Row(
            f"verify {full.receipts:,} records",
            middle(mine, 1, " s"),
            f"bare hashlib {middle(theirs, 1, ' s')}",
            ratio(mine, theirs),
            3.0,
            f"an exported file of {full.exported.stat().st_size / 1e6:.0f} MB; {rounds} rounds",
        ),
        Row(
            f"start → asks for the operator, {full.receipts:,} receipts",
            middle(full_s, MS, " ms"),
            f"empty journal {middle(empty_s, MS, ' ms')}",
            ratio(full_s, empty_s),
            1.5,
            f"{len(full_s)} starts each in turn",
        ),
    ]


def _hash_all(path: Path) -> None:
    prev = bytes(32)
    with path.open("rb") as file:
        for line in file:
            prev = sha256(prev + line).digest()


def _starts(run: Run, full: _Full) -> tuple[list[float], list[float]]:
    place = shop(run)
    journal = place.folder / "till" / "journal.db"
    empty = shutil.copy(journal, place.folder / "empty.db")

    def start(path: Path) -> float:
        for old in journal.parent.glob("journal.db-*"):
            old.unlink()
        journal.unlink()
        journal.hardlink_to(path)
        return _start(place)

    found = in_turn(run.some(7, 2), lambda: start(empty), lambda: start(full.database))
    journal.unlink()
    shutil.copy(empty, journal)
    return found[0], found[1]


def _start(place: Shop) -> float:
    with screen(place.command) as till:
        return till.until(shows("Identifier")) - till.began_s


def _full(run: Run) -> _Full:
    folder = run.folder / "million"
    folder.mkdir()
    receipts = run.some(_RECEIPTS, _QUICK)
    path = folder / "journal.db"
    db = open_writer(path, "journal")
    outbox.begin(db, 1)
    _fill(db, receipts)
    close_writer(db)
    exported = folder / "journal.jsonl"
    with closing(open_reader(path)) as reader:
        export(reader, DeviceKey(), exported, "2026-11-30T12:00:00+01:00")
    return _Full(path, exported, receipts)


def _fill(db: sqlite3.Connection, receipts: int) -> None:
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = db.execute(asked).fetchall()
    for name, _sql in triggers:
        db.execute(f"DROP TRIGGER {name}")
    made = list(_receipts(min(receipts, _AT_ONCE), GENESIS, RunningTotal(), 1))
    number = 1
    while made:
        with write(db):
            _put(db, made)
        number += len(made)
        last = made[-1]
        left = min(receipts - number + 1, _AT_ONCE)
        made = list(_receipts(left, last[1], last[0].running or RunningTotal(), number))
    with write(db):
        db.execute("UPDATE delivered SET hw = ?, head = ?", (receipts, last[1]))
        for _name, sql in triggers:
            db.execute(sql)


Made = tuple[ReceiptDoc, str, str, str]


def _receipts(count: int, head: str, total: RunningTotal, first: int) -> Iterator[Made]:
    """Documents with hash, hash before, and body."""
    line = LineDoc(
        *("milk", "1", "5900000000015", "Mleko 3,2% 1 l", "szt.", "C", 500, 349, 349),
        *(3000, _GROSS_GR, 0, _GROSS_GR),
    )
    paid, split = (
        PaymentDoc("cash", "Gotówka", "cash", _GROSS_GR),
        VatSplit("C", 500, _GROSS_GR, 50),
    )
    for number in range(first, first + count):
        at = f"2026-{number // _DAY % 12 + 1:02}-01T10:00:00.000+01:00"
        document = ReceiptDoc(
            *(f"{number:08x}-0000-4000-8000-000000000000", "T1", "lipa", at, at, "Anna"),
            *("ABC 2101000001", number % _DAY + 1, number // _DAY + 1, _GROSS_GR, 0, ""),
            *([line], [paid], [split]),
        )
        document = with_total(document, total)
        body, prev = canonical(document), head
        head, total = chain_hash(prev, body), document.running or total
        yield document, head, prev, body


def _put(db: sqlite3.Connection, made: list[Made]) -> None:
    db.executemany(
        "INSERT INTO document (epoch, seq, rid, kind, made_at, prev, hash, body)"
        " VALUES (1, ?, ?, 'receipt', ?, ?, ?, ?)",
        [(_number(it), it.rid, it.closed_at, prev, head, body) for it, head, prev, body in made],
    )
    db.executemany(
        "INSERT INTO receipt (rid, state, opened_at, operator_id, operator, total_gr, closed_at,"
        " receipt_no, report_no, printer_no, totals_gr, seq)"
        " VALUES (?, 'FISCAL', ?, 'u1', 'Anna', ?, ?, ?, ?, ?, '[0,0,1047,0,0,0,0]', ?)",
        [
            (
                *(it.rid, it.opened_at, it.total_gr, it.closed_at, it.receipt_no, it.report_no),
                *(it.printer_no, _number(it)),
            )
            for it, *_ in made
        ],
    )
    db.executemany(
        "INSERT INTO receipt_line (rid, no, product, plu, barcode, name, unit, precision, vat,"
        " rate_bp, list_price_gr, price_gr, qty_milli, discount_gr, is_void)"
        " VALUES (?, 0, 'milk', '1', '5900000000015', 'Mleko 3,2% 1 l', 'szt.', 0, 'C', 500, 349,"
        " 349, 3000, 0, 0)",
        [(it.rid,) for it, *_ in made],
    )
    db.executemany(
        "INSERT INTO payment (rid, no, method, name, kind, amount_gr)"
        " VALUES (?, 0, 'cash', 'Gotówka', 'cash', ?)",
        [(it.rid, it.total_gr) for it, *_ in made],
    )


def _number(document: ReceiptDoc) -> int:
    return int(document.rid[:8], 16)
