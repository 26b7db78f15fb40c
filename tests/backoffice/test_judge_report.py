"""A daily report is counted again from what the office holds, in one push or several."""

from __future__ import annotations

import pytest

from backoffice import receive
from backoffice.store.engine import reading
from terminal.sync import wire

RATES = [2300, 800, 500, 0, 10_000, 10_100, 10_100]


def push(engine, till, clock, books):
    receive.receive(engine, till, wire.JournalPush(1, books.entries), clock())


def reasons(engine):
    with reading(engine) as database:
        found = database.exec_driver_sql("SELECT seq, reason FROM verdict ORDER BY seq")
        return {seq: reason for seq, reason in found if reason}


def day(books, **changes):
    """Two receipts, and a report that tells its day."""
    journal = books()
    journal.add(journal.receipt(1, 1000))
    journal.add(journal.receipt(2, 500))
    told = {
        "count": 2,
        "head": journal.entries[-1].hash,
        "rates_bp": RATES,
        "tax_gr": [0, 0, 71, 0, 0, 0, 0],
        **changes,
    }
    journal.add(journal.report(1, 1500, receipts=2, **told))
    return journal


@pytest.mark.parametrize("is_one_push", [True, False])
def test_a_day_that_agrees_is_accepted(engine, till, clock, books, is_one_push):
    journal = day(books)
    if not is_one_push:
        entries = journal.entries
        for entry in entries:
            journal.entries = [entry]
            push(engine, till, clock, journal)
    else:
        push(engine, till, clock, journal)
    assert reasons(engine) == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"count": 3}, "day_count: 3 != 2"),
        ({"head": "ab" * 32}, "head: "),
        ({"tax_gr": [0, 0, 72, 0, 0, 0, 0]}, "tax: 72 != 71"),
        ({"rates_bp": []}, "tax: without gross or rates"),
        ({"invoice_tax_gr": [0] * 7}, "invoice_tax: without gross or rates"),
    ],
)
def test_a_day_that_does_not_agree_says_both_sides(engine, till, clock, books, changes, reason):
    push(engine, till, clock, day(books, **changes))
    assert reasons(engine)[3].startswith(reason)


def test_a_day_must_end_with_the_document_before_its_report(engine, till, clock, books):
    journal = day(books, last=1)
    push(engine, till, clock, journal)
    assert "last_seq: 1 before 3" in reasons(engine)[3]


def test_an_older_till_tells_neither(engine, till, clock, books):
    journal = day(books, count=0, head="", tax_gr=[], rates_bp=[])
    push(engine, till, clock, journal)
    assert reasons(engine) == {}


@pytest.mark.parametrize(
    "changes", [{"rates_bp": [1]}, {"tax_gr": [-1] * 7}, {"discounts_gr": [0] * 8}, {"count": -1}]
)
def test_numbers_beyond_their_limits_are_rejected(engine, till, clock, books, changes):
    push(engine, till, clock, day(books, **changes))
    assert reasons(engine)[3].startswith("range")
