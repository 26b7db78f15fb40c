from __future__ import annotations

import pytest

from backoffice import receive
from backoffice.errors import NotFound
from backoffice.sample import load_sample
from backoffice.store.engine import reading
from backoffice.web import lists
from terminal.sync import wire


@pytest.fixture
def many(engine, till, clock, books):
    journal = books()
    for number in range(1, 2 * lists.PAGE_ROWS + 11):
        journal.add(journal.receipt(number))
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    return journal


def test_receipts_are_paged_by_key_newest_first(engine, many):
    numbers, before = [], 0
    with reading(engine) as database:
        while True:
            listed = lists.receipts(database, None, before)
            numbers += [row.receipt_no for row in listed.rows]
            before = listed.older
            if not before:
                break
    assert numbers == list(range(110, 0, -1))
    assert listed.rows[0].is_accepted


def test_a_page_that_just_fits_has_no_older(engine, many):
    with reading(engine) as database:
        newest = lists.receipts(database, None, 0)
        listed = lists.receipts(database, None, lists.PAGE_ROWS + 1)
        assert (len(listed.rows), listed.older) == (lists.PAGE_ROWS, 0)
        assert newest.older == 61


def test_new_receipts_do_not_shift_an_old_page(engine, many, till, clock):
    with reading(engine) as database:
        before = lists.receipts(database, None, 0).older
        wanted = [row.id for row in lists.receipts(database, None, before).rows]
    many.add(many.receipt(500))
    receive.receive(engine, till, wire.JournalPush(1, many.entries[-1:]), clock())
    with reading(engine) as database:
        assert [row.id for row in lists.receipts(database, None, before).rows] == wanted


def test_a_receipt_is_shown_with_its_document(engine, many):
    with reading(engine) as database:
        row, document = lists.receipt_of(database, 5)
        assert (row.seq, document.rid) == (5, many.entries[4].rid)
        with pytest.raises(NotFound):
            lists.receipt_of(database, 9999)


def test_operators_are_named_by_id_and_identifier(engine, till):
    load_sample(engine)
    with reading(engine) as database:
        assert lists.operators(database)[till, "1"] == "Anna"
        assert (till, "9") not in lists.operators(database)
        assert len(lists.alarms(database, None)) == 0


def test_of_a_shop_its_terminals_are_listed_and_no_others(engine, till, clock, books):
    journal = books()
    for number in (1, 2):
        journal.add(journal.receipt(number))
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    with reading(engine) as database:
        for terminals, count in ((None, 2), ([till], 2), (["K2"], 0), ([], 0)):
            assert len(lists.receipts(database, terminals, 0).rows) == count
            assert lists.alarms(database, terminals) == []
