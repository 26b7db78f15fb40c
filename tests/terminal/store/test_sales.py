"""The list of transactions: each filter, each page, and who may see what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store import sales
from terminal.store.db import close_writer, open_writer, write
from terminal.store.sales import Filter, Wanted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

# Two pages of fifty, a hundred steps of the database in each.
STEPS_MAX = 250


def put(db: sqlite3.Connection, no: int, who: str, at: str, state: str = "FISCAL") -> None:
    db.execute(
        "INSERT INTO receipt (rid, state, opened_at, operator_id, operator, total_gr, closed_at,"
        " receipt_no) VALUES (?, ?, ?, ?, ?, 100, ?, ?)",
        (f"r{no}", state, at, who, who.upper(), at, no),
    )
    kind = "receipt" if state == "FISCAL" else "dropped"
    db.execute(
        "INSERT INTO document VALUES (1, ?, ?, ?, ?, '', '', '{}')", (no, f"r{no}", kind, at)
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Twenty receipts, every third of ``anna``, two of them at the same moment; one was dropped."""
    journal = open_writer(tmp_path / "journal.db", "journal")
    with write(journal):
        journal.execute("INSERT INTO delivered VALUES (1, 1, 15, '')")
        for no in range(1, 21):
            day, minute = ("22", no) if no <= 10 else ("23", no - no % 2)
            put(journal, no, "anna" if no % 3 == 0 else "ewa", f"2026-11-{day}T10:{minute:02}:00")
        put(journal, 21, "ewa", "2026-11-23T11:00:00", "DROPPED")
        journal.execute("INSERT INTO verdict VALUES (1, 4, 0, 'no good')")
        journal.execute("INSERT INTO verdict VALUES (1, 12, 0, 'no good either')")
    yield journal
    close_writer(journal)


def numbers(db, wanted=sales.EVERYTHING, viewer="", limit=7):
    """All of a list, page by page."""
    found: list[int] = []
    last = None
    while rows := sales.page(db, wanted, viewer, last, limit):
        found += [one.receipt_no for one in rows]
        last = rows[-1]
        assert len(found) < 100
    return found


def test_every_receipt_comes_once_newest_first(db) -> None:
    for limit in (1, 2, 7, 50):
        assert numbers(db, limit=limit) == list(range(20, 0, -1))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(Filter.TODAY, "2026-11-23"), list(range(20, 10, -1))),
        (Wanted(Filter.UNSENT), [20, 19, 18, 17, 16]),
        (Wanted(Filter.REJECTED), [12, 4]),
        (Wanted(Filter.CASHIER, "anna"), [18, 15, 12, 9, 6, 3]),
        (Wanted(Filter.NUMBER, "7"), [7]),
        (Wanted(Filter.NUMBER, "99"), []),
    ],
)
def test_filters(db, wanted, found) -> None:
    assert numbers(db, wanted, limit=2) == found


def test_who_sees_only_his_own_sees_the_last_five_too(db) -> None:
    for limit in (1, 2, 50):
        assert numbers(db, viewer="anna", limit=limit) == [20, 19, 18, 17, 16, 15, 12, 9, 6, 3]
    assert numbers(db, Wanted(Filter.NUMBER, "7"), "anna") == []
    assert numbers(db, Wanted(Filter.NUMBER, "9"), "anna") == [9]
    assert numbers(db, Wanted(Filter.REJECTED), "anna") == [12]
    assert numbers(db, Wanted(Filter.CASHIER, "ewa"), "anna") == [20, 19, 17, 16]


def test_signs_of_a_row(db) -> None:
    by_no = {one.receipt_no: one for one in sales.page(db, sales.EVERYTHING)}
    assert (by_no[16].is_sent, by_no[15].is_sent) == (False, True)
    assert (by_no[12].is_rejected, by_no[12].reason) == (True, "no good either")
    assert not by_no[13].is_rejected


def test_the_last_five(db) -> None:
    assert sales.is_last(db, "r16")
    assert not sales.is_last(db, "r15")


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Iterator[sqlite3.Connection]:
    """Five thousand receipts of one cashier before one of ``anna``."""
    journal = open_writer(tmp_path_factory.mktemp("many") / "journal.db", "journal")
    with write(journal):
        journal.execute("INSERT INTO delivered VALUES (1, 1, 5000, '')")
        put(journal, 5001, "anna", "2026-11-01T10:00:00")
        for no in range(1, 5001):
            at = f"2026-11-{10 + no // 500:02}T{no % 500 // 60:02}:{no % 60:02}:00"
            put(journal, no, "ewa", at)
    yield journal
    close_writer(journal)


@pytest.mark.parametrize(
    "wanted",
    [
        sales.EVERYTHING,
        Wanted(Filter.TODAY, "2026-11-20"),
        Wanted(Filter.UNSENT),
        Wanted(Filter.REJECTED),
        Wanted(Filter.CASHIER, "anna"),
        Wanted(Filter.CASHIER, "ewa"),
        Wanted(Filter.NUMBER, "77"),
    ],
    ids=lambda one: f"{one.filter} {one.value}".strip(),
)
@pytest.mark.parametrize("viewer", ["", "anna"])
def test_a_page_does_not_read_what_it_does_not_show(many, wanted, viewer) -> None:
    """Counted in steps of the database, a hundred each: to read all receipts takes many more."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    many.set_progress_handler(count, 100)
    first = sales.page(many, wanted, viewer)
    if first:
        sales.page(many, wanted, viewer, first[-1])
    many.set_progress_handler(None, 0)
    assert steps < STEPS_MAX
