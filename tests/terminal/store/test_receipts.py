"""Receipts come back from the journal as they were, and finished ones stay as they are."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import NO_TOTALS, Counters, PercentMode
from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store import db as store_db
from terminal.store import receipts
from terminal.store.db import close_writer, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = "2026-11-23T10:00:{:02}.000+01:00"
BASE = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 0, 0, 0, 0, 0, 0), 5, 0)
MILK = Line("milk", "1", "5900000000015", "Mleko „żółte”", "szt.", 0, "C", 500, 349, 349, 2000)
CHEESE = Line("cheese", "2", "", "Ser", "kg", 3, "A", 2300, 2990, 2500, 333, 33, False)
VOID = Line("bag", "6", "", "Torba", "szt.", 0, "B", 800, 0, 50, 1000, 0, True)
TENTH = replace(MILK, discount_gr=70, percent_bp=1000)
CASH = Payment("cash", "Gotówka", "cash", 2000)
CARD = Payment("card", "Karta", "card", 100)
OPEN = Receipt("r1", AT.format(0), "u1", "Anna", lines=(MILK, CHEESE, VOID))
PAID = replace(OPEN, state=State.PAID, payments=(CARD, CASH), discount_gr=12, nip="5260001246")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


def finish(
    db: sqlite3.Connection, receipt: Receipt, second: int, receipt_no: int = 1, report_no: int = 5
) -> None:
    sold = receipts.Sold(AT.format(second), receipt_no, report_no, "ABC 2101000001", second)
    receipts.finish(db, receipt, sold)


def sell(db: sqlite3.Connection, rid: str, second: int, report_no: int = 5) -> None:
    receipt = replace(PAID, rid=rid)
    receipts.save(db, None, receipt)
    finish(db, receipt, second, second, report_no)


@pytest.mark.parametrize("receipt", [OPEN, PAID, Receipt("r0", "", "", "")], ids=str)
def test_what_was_saved_comes_back(db: sqlite3.Connection, receipt: Receipt) -> None:
    receipts.save(db, None, receipt)
    assert receipts.load(db, receipt.rid) == receipt
    assert receipts.unfinished(db) == receipt


def test_each_change_leaves_what_the_screen_shows(db: sqlite3.Connection) -> None:
    steps = [
        Receipt("r1", AT.format(0), "u1", "Anna"),
        replace(OPEN, lines=(MILK,)),
        OPEN,
        replace(OPEN, lines=(replace(MILK, is_void=True), CHEESE, VOID)),
        replace(OPEN, payments=(CARD,)),
        PAID,
        replace(OPEN, nip=""),
        replace(PAID, payments=(CASH,)),
    ]
    old = None
    for new in steps:
        receipts.save(db, old, new)
        assert receipts.load(db, "r1") == new
        old = new


def test_only_lines_that_differ_are_written(db: sqlite3.Connection) -> None:
    receipts.save(db, None, OPEN)
    before = db.total_changes
    receipts.save(db, OPEN, replace(OPEN, lines=(MILK, replace(CHEESE, qty_milli=500), VOID)))
    # The receipt's own row, and one line (replaced: gone and there again counts once).
    assert db.total_changes - before == 2


def test_nothing_is_unfinished_in_an_empty_journal(db: sqlite3.Connection) -> None:
    assert receipts.unfinished(db) is None


def test_one_receipt_is_sold_at_a_time(db: sqlite3.Connection) -> None:
    receipts.save(db, None, OPEN)
    with pytest.raises(sqlite3.IntegrityError):
        receipts.save(db, None, replace(OPEN, rid="r2"))


def test_a_line_without_a_vat_letter_is_our_own_mistake(db: sqlite3.Connection) -> None:
    with pytest.raises(AssertionError, match="VAT"):
        receipts.save(db, None, replace(OPEN, lines=(replace(MILK, vat="H"),)))


def test_a_sold_receipt_is_no_longer_unfinished(db: sqlite3.Connection) -> None:
    receipts.save(db, None, PAID)
    finish(db, PAID, 9, receipt_no=77)
    assert receipts.unfinished(db) is None
    assert receipts.load(db, "r1") == replace(PAID, state=State.FISCAL)
    row = db.execute("SELECT closed_at, receipt_no, report_no, printer_no, seq FROM receipt")
    assert row.fetchone() == (AT.format(9), 77, 5, "ABC 2101000001", 9)


def test_what_sells_often_is_counted_without_what_was_struck_out(db: sqlite3.Connection) -> None:
    for second in (1, 2, 3):
        sell(db, f"r{second}", second)
    assert dict(db.execute("SELECT * FROM sold")) == {"milk": 3, "cheese": 3}


def test_a_dropped_receipt_is_kept_and_counts_for_nothing(db: sqlite3.Connection) -> None:
    receipts.save(db, None, OPEN)
    receipts.drop(db, "r1", at=AT.format(5), seq=4)
    assert receipts.unfinished(db) is None
    assert receipts.load(db, "r1").state is State.DROPPED
    assert receipts.day_totals(db, 5) == (0, NO_TOTALS)
    assert db.execute("SELECT count(*) FROM sold").fetchone() == (0,)


@pytest.mark.parametrize("end", ["FISCAL", "DROPPED"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE receipt SET total_gr = 0",
        "UPDATE receipt SET state = 'OPEN'",
        "DELETE FROM receipt",
        "UPDATE receipt_line SET price_gr = 1",
        "DELETE FROM receipt_line",
        "UPDATE payment SET amount_gr = 1",
        "DELETE FROM payment",
        (
            "INSERT INTO payment (rid, no, method, name, kind, amount_gr)"
            " VALUES ('r1', 9, 'cash', 'Gotówka', 'cash', 1)"
        ),
        (
            "INSERT OR REPLACE INTO receipt_line (rid, no, product, plu, barcode, name, unit,"
            " precision, vat, rate_bp, list_price_gr, price_gr, qty_milli, discount_gr, is_void)"
            " SELECT rid, 9, product, plu, barcode, name, unit, precision, vat, rate_bp,"
            " list_price_gr, price_gr, qty_milli, discount_gr, is_void FROM receipt_line"
        ),
    ],
)
def test_nothing_changes_a_finished_receipt(
    db: sqlite3.Connection, statement: str, end: str
) -> None:
    receipts.save(db, None, PAID)
    if end == "FISCAL":
        finish(db, PAID, 1)
    else:
        receipts.drop(db, "r1", at=AT.format(1), seq=1)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(statement)
    assert receipts.load(db, "r1") == replace(PAID, state=State(end))


@pytest.mark.parametrize(
    "late",
    [
        replace(PAID, lines=(*PAID.lines, MILK)),
        replace(PAID, payments=(CARD,)),
        replace(PAID, state=State.PRINTING),
    ],
    ids=["line", "payment", "state"],
)
def test_a_late_save_cannot_touch_what_is_sold(db: sqlite3.Connection, late: Receipt) -> None:
    receipts.save(db, None, PAID)
    finish(db, PAID, 1)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        receipts.save(db, PAID, late)


def test_an_unfinished_receipt_may_not_be_deleted_either(db: sqlite3.Connection) -> None:
    receipts.save(db, None, OPEN)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute("DELETE FROM receipt")


def test_attempts_are_numbered_and_end_once(db: sqlite3.Connection) -> None:
    receipts.save(db, None, PAID)
    assert receipts.open_attempt(db, "r1") is None
    receipts.begin_attempt(db, "r1", AT.format(1), BASE, 11)
    assert receipts.open_attempt(db, "r1") == receipts.Attempt(1, BASE, 11)
    receipts.end_attempt(db, "r1", "NOT_SOLD")
    assert receipts.open_attempt(db, "r1") is None
    later = replace(BASE, cancelled=2)
    receipts.begin_attempt(db, "r1", AT.format(2), later, 12)
    assert receipts.open_attempt(db, "r1") == receipts.Attempt(2, later, 12)
    receipts.end_attempt(db, "r1", "SOLD")
    outcomes = db.execute("SELECT no, token, outcome FROM attempt ORDER BY no").fetchall()
    assert outcomes == [(1, 11, "NOT_SOLD"), (2, 12, "SOLD")]


def test_our_own_books_of_a_day(db: sqlite3.Connection) -> None:
    assert receipts.day_totals(db, 5) == (0, NO_TOTALS)
    assert receipts.ends_of_day(db, 5) == ("", "")
    for second, report_no in ((3, 5), (7, 5), (9, 6)):
        sell(db, f"r{second}", second, report_no)
    count, totals = receipts.day_totals(db, 5)
    assert count == 2
    assert totals == tuple(2 * total for total in PAID.totals_gr)
    assert sum(totals) == 2 * PAID.total_gr
    assert receipts.ends_of_day(db, 5) == (AT.format(3), AT.format(7))
    assert receipts.ends_of_day(db, 6) == (AT.format(9), AT.format(9))


def test_percents_come_back_as_percents(db: sqlite3.Connection) -> None:
    receipt = replace(
        OPEN, lines=(TENTH, VOID), percent_bp=500, discount_gr=31,
        percent_mode=PercentMode.DISCOUNT_FIRST,
    )  # fmt: skip
    receipts.save(db, None, receipt)
    assert receipts.load(db, "r1") == receipt
    changed = replace(receipt, percent_mode=PercentMode.VALUE_FIRST)
    receipts.save(db, receipt, changed)
    assert receipts.load(db, "r1") == changed


def test_a_journal_of_the_first_version_goes_on(tmp_path: Path, monkeypatch) -> None:
    really = store_db._MIGRATIONS
    (tmp_path / "old" / "journal").mkdir(parents=True)
    first = really / "journal" / "0001_first.sql"
    (tmp_path / "old" / "journal" / first.name).write_bytes(first.read_bytes())
    monkeypatch.setattr(store_db, "_MIGRATIONS", tmp_path / "old")
    journal = open_writer(tmp_path / "journal.db", "journal")
    journal.execute(
        "INSERT INTO receipt (rid, state, opened_at, operator_id, operator, discount_gr, nip,"
        " total_gr) VALUES ('r1', 'PAID', ?, 'u1', 'Anna', 12, '', 698)", (AT.format(0),)
    )  # fmt: skip
    journal.execute(
        "INSERT INTO receipt_line VALUES ('r1', 0, 'milk', '1', '5900000000015', 'Mleko „żółte”',"
        " 'szt.', 0, 'C', 500, 349, 349, 2000, 0, 0)"
    )
    close_writer(journal)
    monkeypatch.setattr(store_db, "_MIGRATIONS", really)
    journal = open_writer(tmp_path / "journal.db", "journal")
    expected = replace(OPEN, state=State.PAID, discount_gr=12, lines=(MILK,))
    assert receipts.load(journal, "r1") == expected
    close_writer(journal)
