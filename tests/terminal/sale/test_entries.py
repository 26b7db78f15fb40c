from __future__ import annotations

from types import SimpleNamespace

import pytest

from terminal.errors import Code, Rejected
from terminal.sale.entries import (
    Case,
    Signed,
    Wish,
    cash_gr,
    cash_of,
    correction_document,
    entry_document,
    offer,
)
from terminal.sync.wire import PaymentMethod, RefundDoc
from tests.terminal.sale.sold import WHO, entry_of, line, printed

METHODS = [PaymentMethod("cash", "Gotówka", "cash", 1), PaymentMethod("card", "Karta", "card", 2)]
ANNA = SimpleNamespace(id="u1", name="Anna")


def correction(receipt, method=METHODS[1], **changes):
    return correction_document(WHO, Signed("c1", 1, ANNA), Case(receipt, **changes), method)


def refused(call, *args, **more):
    with pytest.raises(Rejected) as caught:
        call(*args, **more)
    return caught.value.code


def test_an_entry_holds_what_the_register_wants():
    case = Case(printed(line(qty_milli=2000), line("Wódka", 3999, vat="A")))
    wish = Wish("return", {0: 1000, 1: 1000}, reason="uszkodzony", customer="Jan Dąb")
    chosen = offer(case, wish, METHODS)
    entry = entry_document(WHO, Signed("e1", 12, ANNA), case, wish, chosen, chosen.ways[0])
    assert (entry.number, entry.receipt_no, entry.sold_at[:10]) == (12, 7, "2026-11-22")
    assert [(one.name, one.qty_milli, one.gross_gr) for one in entry.lines] == [
        ("Mleko", 1000, 349),
        ("Wódka", 1000, 3999),
    ]
    assert [(part.vat, part.gross_gr, part.tax_gr) for part in entry.split] == [
        ("A", 3999, 748),
        ("C", 349, 17),
    ]
    assert entry.refunds == [RefundDoc("cash", "Gotówka", "cash", 4348)]
    assert cash_gr(tuple(entry.refunds)) == 4348


def test_for_a_mistake_no_money_goes_first_for_a_complaint_last():
    case = Case(printed(line()))
    assert offer(case, Wish("mistake", {0: 1000}), METHODS).ways[0] == ()
    assert offer(case, Wish("complaint", {0: 1000}), METHODS).ways[-1] == ()
    assert () not in offer(case, Wish("return", {0: 1000}), METHODS).ways


def test_only_cash_is_corrected_once_and_only_to_a_card():
    receipt = printed(line())
    made = correction(receipt)
    assert (made.before.amount_gr, made.after) == (349, RefundDoc("card", "Karta", "card", 349))
    assert refused(correction, printed(line(), card_gr=349)) is Code.NOT_CORRECTABLE
    assert refused(correction, printed(line(), card_gr=100)) is Code.NOT_CORRECTABLE
    assert refused(correction, receipt, correction=made) is Code.CORRECTED
    assert refused(correction, receipt, entries=(entry_of(receipt),)) is Code.CORRECTED
    assert refused(correction, receipt, METHODS[0]) is Code.NO_METHOD


def test_a_shop_without_cash_has_a_word_for_it():
    assert cash_of(METHODS[1:]).kind == "cash"
