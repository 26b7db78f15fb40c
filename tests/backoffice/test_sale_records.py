from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from backoffice import receive, rejected, sale_records
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.store.tables import sale, sale_payment, sold_line, verdict
from terminal.sync import wire
from tests.backoffice.test_register_rules import correction_of
from tests.backoffice.waiting import until_somebody_waits


def push(engine, till, clock, entries):
    return receive.receive(engine, till, wire.JournalPush(1, list(entries)), clock())


def column(engine, wanted):
    with reading(engine) as database:
        return list(database.scalars(select(wanted)))


@pytest.fixture
def mine(books):
    return books()


def test_the_category_is_that_of_the_day_it_was_sold(engine, till, clock, mine):
    def move_to(category):
        with writing(engine) as database:
            data_rows.lock(database, "products", "lipa")
            milk = wire.Product("16", "Mleko", "C", 1000, "szt", category=category)
            data_rows.store(database, "products", "lipa", {"16": wire.canonical(milk)})

    for number, category in enumerate(("nabial", "inne"), start=1):
        move_to(category)
        mine.add(mine.receipt(number))
        push(engine, till, clock, mine.entries)
    assert sorted(column(engine, sold_line.c.category)) == ["inne", "nabial"]


def test_a_correction_in_the_same_push_moves_the_payment(engine, till, clock, mine):
    sold = mine.receipt()
    mine.add(sold)
    mine.add(correction_of(sold))
    push(engine, till, clock, mine.entries)
    assert column(engine, sale_payment.c.kind) == ["card"]
    assert column(engine, sale.c.kinds) == [" card "]


def test_judged_again_a_document_counts_or_no_longer_counts(engine, till, clock, mine, monkeypatch):
    mine.add(mine.receipt(total_gr=1))
    push(engine, till, clock, mine.entries)
    assert column(engine, sale.c.is_accepted) == [False]
    assert column(engine, sold_line.c.gross_gr) == []
    right = rejected.judge

    def mild(*asked):
        found = right(*asked)
        return type(found)(found.kind, found.document, is_accepted=True, reason="")

    for judge, gross in ((mild, [1000]), (right, [])):
        monkeypatch.setattr(rejected, "judge", judge)
        with writing(engine) as database:
            rejected.judge_again(database, till, 1, 1, clock())
        assert column(engine, sold_line.c.gross_gr) == gross
        assert column(engine, sale.c.is_accepted) == [bool(gross)]


def test_a_verdict_on_a_correction_moves_the_payment_back(engine, till, clock, mine, monkeypatch):
    sold = mine.receipt()
    mine.add(sold)
    mine.add(correction_of(sold))
    push(engine, till, clock, mine.entries)
    right = rejected.judge

    def strict(*asked):
        found = right(*asked)
        return type(found)(found.kind, found.document, is_accepted=False, reason="no: no")

    for judge, kind in ((strict, "cash"), (right, "card")):
        monkeypatch.setattr(rejected, "judge", judge)
        with writing(engine) as database:
            rejected.judge_again(database, till, 1, 2, clock())
        assert column(engine, sale_payment.c.kind) == [kind]


def test_counting_again_changes_nothing_and_knows_no_strangers(engine, till, clock, mine):
    entry = mine.add(mine.receipt())
    push(engine, till, clock, mine.entries)
    with writing(engine) as database:
        sale_records.count_again(database, entry.rid)
        sale_records.count_again(database, "nobody")
    assert column(engine, sold_line.c.sale) == [entry.rid]
    with writing(engine) as database:
        database.execute(update(verdict).values(is_accepted=False))
        sale_records.count_again(database, entry.rid)
    assert column(engine, sale.c.is_accepted) == [False]


def test_two_that_count_one_sale_at_once_are_no_conflict(engine, till, clock, mine):
    """A correction comes while somebody has its sale judged again."""
    sold = mine.receipt()
    mine.add(sold)
    push(engine, till, clock, mine.entries)
    mine.add(correction_of(sold))
    with ThreadPoolExecutor() as other, writing(engine) as database:
        rejected.judge_again(database, till, 1, 1, clock())
        pushed = other.submit(push, engine, till, clock, mine.entries)
        until_somebody_waits(engine)
    assert pushed.result().hw == 2
    assert column(engine, sale_payment.c.kind) == ["card"]
