"""Bills in the list: each filter, each page, who sees what, and no row read in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store import billed, bills
from terminal.store.db import close_writer, open_writer, write
from terminal.store.sales import EVERYTHING, Filter, Wanted
from tests.terminal.store.test_sales import STEPS_MAX, put

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

WAITING = Wanted(Filter.BILLS)
SOLD_NO = 500


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Six bills, those with even numbers of ``anna``; the first four were made good."""
    journal = open_writer(tmp_path / "journal.db", "journal")
    with write(journal):
        journal.execute("INSERT INTO delivered VALUES (1, 1, 3, '')")
        put(journal, SOLD_NO, "ewa", "2026-11-23T12:00:00")
        fill(journal, 1, 7, waits_from=5)
    yield journal
    close_writer(journal)


def fill(journal: sqlite3.Connection, first: int, after: int, waits_from: int) -> None:
    for no in range(first, after):
        at = f"2026-11-{22 + no // 4:02}T10:{no % 60:02}:00"
        put(journal, no, "ewa" if no % 2 else "anna", at, "DROPPED")
        bills.add(journal, f"r{no}", no, at)
        if no < waits_from:
            bills.make_good(journal, f"r{no}", f"r{SOLD_NO}")


def numbers(db, wanted=EVERYTHING, viewer="", limit=2):
    found: list[int] = []
    last = None
    while rows := billed.page(db, wanted, viewer, last, limit):
        found += [one.bill_no for one in rows]
        last = rows[-1]
        assert len(found) < 100
    return found


def test_the_filters(db) -> None:
    assert numbers(db) == [6, 5, 4, 3, 2, 1]
    assert numbers(db, WAITING) == [6, 5]
    assert numbers(db, Wanted(Filter.TODAY, "2026-11-23")) == [6, 5, 4]
    assert numbers(db, Wanted(Filter.CASHIER, "anna")) == [6, 4, 2]
    for other in (Filter.UNSENT, Filter.REJECTED, Filter.NUMBER):
        assert numbers(db, Wanted(other, "1")) == []


def test_who_sees_his_own_sees_what_waits_as_well(db) -> None:
    assert numbers(db, viewer="anna") == [6, 5, 4, 2]
    assert numbers(db, WAITING, viewer="nobody") == [6, 5]


def test_what_became_of_them(db) -> None:
    newest, *_, oldest = billed.page(db, EVERYTHING, "", None, 50)
    assert (newest.is_waiting, newest.made_good, newest.is_sent) == (True, 0, False)
    assert (oldest.is_waiting, oldest.made_good, oldest.is_sent) == (False, SOLD_NO, True)


@pytest.mark.parametrize("wanted", [EVERYTHING, WAITING])
def test_a_page_reads_no_more_than_it_shows(db, wanted) -> None:
    steps = []
    with write(db):
        fill(db, 7, 400, waits_from=390)
    db.set_progress_handler(lambda: steps.append(1), 100)
    assert len(billed.page(db, wanted, "", None, 50)) == (50 if wanted is EVERYTHING else 12)
    db.set_progress_handler(None, 0)
    assert len(steps) < STEPS_MAX
