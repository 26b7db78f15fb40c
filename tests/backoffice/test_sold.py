"""The office answers any till of the company, judges across tills, and counts what it accepted."""

from __future__ import annotations

import msgspec
import pytest

from backoffice import fleet, sold
from backoffice.errors import NotFound
from backoffice.receive import receive
from backoffice.rejected import judge_again
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half
from tests.backoffice.test_register_rules import correction_of, entry_on, taken

replace = msgspec.structs.replace


def push(engine, clock, books):
    answer = receive(engine, books.terminal, wire.JournalPush(1, books.entries), clock())
    return [(verdict.is_accepted, verdict.reason.partition(":")[0]) for verdict in answer.verdicts]


@pytest.fixture
def others(engine, clock, till):
    """A second till of the company."""
    with writing(engine) as database:
        code = fleet.invite(database, "K2", "lipa", clock())
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    return "K2"


def half(books, receipt, terminal="K1", number=1, rid="e1"):
    line = taken(qty_milli=500, gross_gr=500)
    return entry_on(books, receipt, line, terminal=terminal, number=number, rid=rid)


def test_a_receipt_by_its_code_with_what_came_back(engine, clock, till, books):
    mine = books()
    receipt = mine.receipt()
    mine.add(receipt)
    mine.add(half(books, receipt))
    mine.add(half(books, receipt, number=2, rid="e2"))
    # No more than was sold: this one is kept, and does not count.
    mine.add(half(books, receipt, number=3, rid="e3"))
    assert push(engine, clock, mine)[1:] == [(True, ""), (True, ""), (False, "more_than_sold")]
    with reading(engine) as database:
        found = sold.by_code(database, wire.code_of(receipt.rid))
        assert found.receipt == wire.canonical(receipt)
        assert [msgspec.json.decode(body)["rid"] for body in found.entries] == ["e1", "e2"]
        assert found.corrections == []
        with pytest.raises(NotFound):
            sold.by_code(database, "98000000000000000005")
        with pytest.raises(NotFound):
            sold.by_code(database, "")
    with reading(of_company(engine, "stranger")) as database, pytest.raises(NotFound):
        sold.by_code(database, wire.code_of(receipt.rid))


def test_two_tills_cannot_take_the_same_back(engine, clock, others, books):
    mine, theirs = books(), books("K2")
    receipt = mine.receipt()
    mine.add(receipt)
    mine.add(entry_on(books, receipt))
    theirs.add(entry_on(books, receipt, terminal="K2", rid="x1"))
    assert push(engine, clock, mine) == [(True, ""), (True, "")]
    assert push(engine, clock, theirs) == [(False, "more_than_sold")]


def test_a_return_that_came_before_its_receipt_is_judged_again(engine, clock, others, books):
    mine, theirs = books(), books("K2")
    receipt = mine.receipt()
    theirs.add(entry_on(books, receipt, terminal="K2", rid="x1"))
    assert push(engine, clock, theirs) == [(False, "unknown_receipt")]
    mine.add(receipt)
    push(engine, clock, mine)
    with writing(engine) as database:
        assert judge_again(database, "K2", 1, 1, clock()).is_accepted
        # By what was known before it: not by itself.
        assert judge_again(database, "K2", 1, 1, clock()).is_accepted
        assert len(sold.after(database, receipt.rid)) == 1


def test_a_correction_is_told_to_whoever_asks(engine, clock, till, books):
    mine = books()
    receipt = mine.receipt()
    mine.add(receipt)
    mine.add(correction_of(receipt))
    mine.add(correction_of(receipt, rid="c2", number=2))
    assert push(engine, clock, mine)[1:] == [(True, ""), (False, "corrected_before")]
    with reading(engine) as database:
        assert len(sold.by_code(database, wire.code_of(receipt.rid)).corrections) == 1


def test_a_rejected_number_is_used_up(engine, clock, till, books):
    mine = books()
    receipt = mine.receipt()
    mine.add(receipt)
    mine.add(entry_on(books, receipt, taken(no=9)))
    mine.add(entry_on(books, receipt, number=1, rid="e2"))
    assert push(engine, clock, mine)[1:] == [(False, "no_line"), (False, "entry_no")]
