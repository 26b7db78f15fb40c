"""All that comes back of a receipt is exactly what was paid, however it is cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.errors import Code, Rejected
from terminal.sale import returning
from tests.terminal.sale.sold import entry_of, line, printed, receipts


def whole(receipt):
    return {one.no: one.qty_milli for one in returning.left(receipt, ())}


def code(call, *args):
    with pytest.raises(Rejected) as caught:
        call(*args)
    return caught.value.code


@given(receipts())
def test_a_full_return_is_what_was_paid_in_each_letter(receipt):
    taken = returning.take(returning.left(receipt, ()), whole(receipt), "return", None)
    assert sum(one.gross_gr for one in taken) == receipt.total_gr
    paid = {part.vat: (part.gross_gr, part.tax_gr) for part in receipt.split if part.gross_gr}
    back = {part.vat: (part.gross_gr, part.tax_gr) for part in returning.split_of(taken)}
    assert back == paid


@given(receipts(), st.data())
def test_parts_never_exceed_what_was_paid_and_come_to_it_exactly(receipt, data):
    entries = []
    for _ in range(60):
        remaining = returning.left(receipt, entries)
        open_lines = [one for one in remaining if one.qty_milli]
        if not open_lines:
            break
        one = data.draw(st.sampled_from(open_lines))
        step = 10 ** (3 - one.line.precision)
        pieces = data.draw(st.integers(1, one.qty_milli // step))
        # A piece that is worth nothing by itself goes with the others of its line.
        wanted = pieces * step if one.worth_gr(pieces * step) else one.qty_milli
        if not one.worth_gr(wanted):
            return
        taken = returning.take(remaining, {one.no: wanted}, "return", None)
        entries.append(entry_of(receipt, *taken))
        assert sum(entry.total_gr for entry in entries) <= receipt.total_gr
    else:
        return
    if all(not one.qty_milli for one in returning.left(receipt, entries)):
        assert sum(entry.total_gr for entry in entries) == receipt.total_gr


@given(receipts())
def test_each_line_is_paid_from_its_own_letter(receipt):
    paid = returning.paid_gr(receipt)
    for part in receipt.split:
        of_letter = [gr for gr, one in zip(paid, receipt.lines, strict=True) if one.vat == part.vat]
        assert sum(of_letter) == part.gross_gr
    assert all(gr >= 0 for gr in paid)


def test_a_discount_on_the_receipt_comes_off_what_goes_back():
    receipt = printed(line(price_gr=1000), line("Chleb", 500), off_gr=150)
    taken = returning.take(returning.left(receipt, ()), {0: 1000}, "return", None)
    assert taken[0].gross_gr == 900


def test_a_line_that_was_struck_through_is_not_there():
    receipt = printed(line(), replace(line("Chleb"), is_void=True))
    remaining = returning.left(receipt, ())
    assert [one.no for one in remaining] == [0]
    assert code(returning.take, remaining, {1: 1000}, "return", None) is Code.BAD_AMOUNT


def test_never_more_than_is_left():
    receipt = printed(line(qty_milli=3000))
    first = returning.take(returning.left(receipt, ()), {0: 2000}, "return", None)
    remaining = returning.left(receipt, [entry_of(receipt, *first)])
    assert (remaining[0].qty_milli, remaining[0].gross_gr) == (1000, 349)
    assert code(returning.take, remaining, {0: 2000}, "return", None) is Code.MORE_THAN_SOLD
    assert code(returning.take, remaining, {0: 500}, "return", None) is Code.BAD_AMOUNT
    assert code(returning.take, remaining, {0: 0}, "return", None) is Code.BAD_AMOUNT
    assert code(returning.take, remaining, {}, "return", None) is Code.NOTHING_LEFT


def test_a_complaint_takes_money_and_leaves_the_goods():
    receipt = printed(line(price_gr=1000), line("Chleb", 500))
    first = returning.take(returning.left(receipt, ()), {0: 1000, 1: 1000}, "complaint", 600)
    assert [(one.qty_milli, one.gross_gr) for one in first] == [(0, 400), (0, 200)]
    remaining = returning.left(receipt, [entry_of(receipt, *first, entry="complaint")])
    assert [(one.qty_milli, one.gross_gr) for one in remaining] == [(1000, 600), (1000, 300)]
    back = returning.take(remaining, {0: 1000, 1: 1000}, "return", None)
    assert sum(one.gross_gr for one in back) == 900
    assert code(returning.take, remaining, {0: 1000}, "complaint", 601) is Code.TOO_MUCH_BACK
    assert code(returning.take, remaining, {0: 1000}, "mistake", 0) is Code.TOO_MUCH_BACK


def test_a_return_gives_the_whole_worth_whatever_amount_is_asked():
    receipt = printed(line(price_gr=1000))
    taken = returning.take(returning.left(receipt, ()), {0: 1000}, "return", 1)
    assert taken[0].gross_gr == 1000


def test_the_last_piece_takes_the_grosz_that_the_others_left():
    receipt = printed(line(price_gr=350, qty_milli=3000), off_gr=50)
    entries = []
    for _ in range(3):
        taken = returning.take(returning.left(receipt, entries), {0: 1000}, "return", None)
        entries.append(entry_of(receipt, *taken))
    assert [entry.total_gr for entry in entries] == [333, 333, 334]
