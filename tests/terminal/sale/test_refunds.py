"""Cash goes back as cash; a card gets back at most what it paid."""

from __future__ import annotations

from msgspec.structs import replace

from terminal.sale import refunds
from terminal.sync.wire import RefundDoc
from tests.terminal.sale.sold import entry_of, line, printed
from tests.terminal.sale.test_entries import correction

CASH = RefundDoc("cash", "Gotówka", "cash", 0)
MILK = line(price_gr=1000)


def ways(receipt, total_gr, earlier=(), allowed=("card",), made=None):
    found = refunds.ways(total_gr, refunds.paid(receipt, made), earlier, CASH, allowed)
    return [[(one.method, one.amount_gr) for one in way] for way in found]


def test_cash_goes_back_in_cash_only():
    assert ways(printed(MILK, cash_gr=5000), 1000) == [[("cash", 1000)]]


def test_a_card_gets_it_back_or_it_goes_in_cash():
    receipt = printed(MILK, card_gr=1000)
    assert ways(receipt, 400) == [[("card", 400)], [("cash", 400)]]
    assert ways(receipt, 400, allowed=()) == [[("cash", 400)]]


def test_a_card_gets_back_no_more_than_it_paid():
    receipt = printed(MILK, card_gr=600)
    assert ways(receipt, 1000) == [[("card", 600), ("cash", 400)], [("cash", 1000)]]
    earlier = entry_of(receipt, refunds=[RefundDoc("card", "Karta", "card", 500)])
    assert ways(receipt, 400, [earlier]) == [[("card", 100), ("cash", 300)], [("cash", 400)]]
    spent = entry_of(receipt, refunds=[RefundDoc("card", "Karta", "card", 600)])
    assert ways(receipt, 400, [spent]) == [[("cash", 400)]]


def test_change_was_never_paid():
    assert refunds.paid(printed(MILK, cash_gr=5000)) == (replace(CASH, amount_gr=1000),)


def test_two_payments_of_one_method_are_one():
    receipt = printed(MILK, card_gr=1000)
    half = replace(receipt.payments[0], amount_gr=500)
    twice = replace(receipt, payments=[half, half])
    assert refunds.paid(twice) == (RefundDoc("card", "Karta", "card", 1000),)


def test_a_corrected_payment_goes_back_to_the_card():
    receipt = printed(MILK, cash_gr=5000)
    assert ways(receipt, 1000, made=correction(receipt)) == [[("card", 1000)], [("cash", 1000)]]
