"""Parked receipts in the journal: one line in one place, and triggers that hold it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store import parked, receipts
from terminal.store.db import close_writer, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = "2026-11-23T10:00:{:02}.000+01:00"
MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000)
VOID = replace(MILK, name="Torba", is_void=True)
FIRST = Receipt("r1", AT.format(1), "u1", "Anna", lines=(VOID, MILK))
SECOND = replace(FIRST, rid="r2", opened_at=AT.format(2))
CASH = Payment("cash", "Gotówka", "cash", 2000)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


def test_a_receipt_lies_under_a_name_and_comes_back(db: sqlite3.Connection) -> None:
    receipts.save(db, None, FIRST)
    parked.park(db, "r1", "Anna")
    assert receipts.unfinished(db) is None
    receipts.save(db, None, SECOND)
    assert receipts.unfinished(db) == SECOND
    lying = parked.Lying("Anna", "r1", AT.format(1), "u1", "Anna", 698, "", 1, "Mleko")
    assert parked.lying(db) == [lying]
    assert parked.under(db, "Anna") == lying
    assert parked.under(db, "Jan") is None
    parked.park(db, "r2", "Jan")
    parked.take_up(db, "r1")
    assert receipts.unfinished(db) == FIRST
    assert (parked.name_of(db, "r1"), parked.name_of(db, "?")) == ("Anna", "")
    assert [one.bill for one in parked.lying(db)] == ["Jan"]


def test_one_receipt_on_the_screen_and_one_under_a_name(db: sqlite3.Connection) -> None:
    receipts.save(db, None, FIRST)
    parked.park(db, "r1", "Anna")
    receipts.save(db, None, SECOND)
    with pytest.raises(sqlite3.IntegrityError):
        parked.take_up(db, "r1")
    with pytest.raises(sqlite3.IntegrityError):
        parked.park(db, "r2", "Anna")
    with pytest.raises(sqlite3.IntegrityError):
        parked.add_receipt(db, replace(FIRST, rid="r3"), "Anna")
    parked.add_receipt(db, replace(FIRST, rid="r3"), "Jan")
    assert receipts.unfinished(db) == SECOND


def test_only_what_is_on_the_screen_is_paid(db: sqlite3.Connection) -> None:
    parked.add_receipt(db, FIRST, "Anna")
    paid = replace(FIRST, state=State.PAID, payments=(CASH,))
    with pytest.raises(sqlite3.IntegrityError, match="taken up before it is paid"):
        receipts.save(db, FIRST, paid)
    receipts.save(db, None, SECOND)
    receipts.save(db, SECOND, replace(SECOND, payments=(replace(CASH, amount_gr=1),)))
    with pytest.raises(sqlite3.IntegrityError, match="stays on the screen"):
        parked.park(db, "r2", "Jan")
    # Given up it may be, wherever it lies.
    receipts.drop(db, "r1", at=AT.format(9), seq=1)
    assert parked.lying(db) == []


def test_a_receipt_whose_lines_are_elsewhere_never_changes(db: sqlite3.Connection) -> None:
    receipts.save(db, None, FIRST)
    parked.move_away(db, "r1")
    assert receipts.unfinished(db) is None
    assert parked.lying(db) == []
    for change in (parked.take_up, lambda db, rid: parked.park(db, rid, "x")):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            change(db, "r1")


def test_added_names_last_until_the_daily_report(db: sqlite3.Connection) -> None:
    for no, name in enumerate(("Jan", "Anna", "Ewa", "Jan")):
        parked.add_name(db, name, AT.format(no))
    parked.add_receipt(db, FIRST, "Anna")
    assert parked.added(db) == ["Jan", "Anna", "Ewa"]
    parked.end_names(db, ["Ewa"])
    assert parked.added(db) == ["Anna", "Ewa"]
    parked.forget_name(db, "Ewa")
    assert parked.added(db) == ["Anna"]


def test_the_receipt_on_the_screen_may_have_a_name_before_it_is_parked(
    db: sqlite3.Connection,
) -> None:
    receipts.save(db, None, FIRST)
    parked.rename(db, "r1", "Jan")
    assert parked.name_of(db, "r1") == "Jan"
    assert receipts.unfinished(db) == FIRST
