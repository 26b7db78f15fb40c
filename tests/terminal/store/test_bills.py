from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.sale.receipt import State
from terminal.store import bills, receipts
from terminal.store.db import close_writer, open_writer, write
from tests.terminal.sale.test_tender import BILL, pays
from tests.terminal.sale.test_verbs import MILK, sold

AT = "2026-11-23T10:00:00+01:00"


@pytest.fixture
def db(tmp_path):
    one = open_writer(tmp_path / "journal.db", "journal")
    yield one
    close_writer(one)


def billed(db, rid: str) -> None:
    paid = replace(pays(sold((MILK, 1000)), BILL, 349), rid=rid)
    with write(db):
        receipts.save(db, None, paid)
        receipts.drop(db, rid, at=AT, seq=1)
        bills.add(db, rid, bills.next_no(db), AT)


def test_a_bill_waits_until_a_receipt_makes_it_good(db) -> None:
    billed(db, "b1")
    billed(db, "b2")
    assert [(it.rid, it.no, it.total_gr) for it in bills.waiting(db)] == [
        ("b1", 1, 349),
        ("b2", 2, 349),
    ]
    assert receipts.load(db, "b1").state is State.BILL
    assert bills.is_waiting(db, "b1")
    with write(db):
        receipts.save(db, None, replace(sold((MILK, 1000)), rid="r1"))
        bills.make_good(db, "b1", "r1")
        bills.make_good(db, "b1", "r2")
    assert (bills.is_waiting(db, "b1"), bills.is_waiting(db, "r1")) == (False, False)
    assert [it.no for it in bills.waiting(db)] == [2]
    assert (bills.number(db, "b2"), bills.number(db, "r1"), bills.next_no(db)) == (2, 0, 3)
