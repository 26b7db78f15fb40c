from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.tender import Foreign, Payment, Tender


def cash(value: int) -> Payment:
    return Payment(0, value, "", is_change=False)


def change(value: int) -> Payment:
    return Payment(0, value, "", is_change=True)


def refusal(act, *args) -> int:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code


def test_without_payments_everything_is_paid_in_cash():
    assert Tender().settle(100) == ([cash(100)], [])


def test_what_is_due_to_the_buyer_goes_back_in_cash():
    assert Tender().settle(-300) == ([], [change(300)])


def test_too_much_comes_back_in_cash_without_being_told():
    assert Tender([cash(500)]).settle(100) == ([cash(500)], [change(400)])


def test_told_change_must_add_up():
    assert Tender([cash(500), change(400)]).settle(100) == ([cash(500)], [change(400)])
    assert refusal(Tender([cash(500), change(300)]).settle, 100) == 2054
    assert refusal(Tender([cash(50)]).settle, 100) == 2054
    assert refusal(Tender([cash(100), change(1)]).settle, 100) == 2054


def test_limits():
    tender = Tender()
    assert refusal(tender.pay, change(1), 100) == 1961
    tender.pay(cash(9_999_999_999), 9_999_999_999)
    assert refusal(tender.pay, cash(1), 100) == 1953
    tender = Tender([cash(9_999_999_990)])
    assert refusal(tender.pay, cash(10), 9_999_999_999) == 1952
    tender = Tender([cash(9_999_999_999), change(9_999_999_999)])
    assert refusal(tender.pay, change(1), 1) == 1955
    assert refusal(Tender([cash(1)] * 500).pay, cash(1), 10_000) == 2052


def test_a_payment_is_withdrawn_exactly_or_not_at_all():
    euro = Payment(1, 400, "Euro", False, Foreign("EUR", 100, 40_000))
    tender = Tender([euro, cash(100), change(50)])
    assert refusal(tender.withdraw, cash(99)) == 2063
    assert refusal(tender.withdraw, Payment(1, 400, "Euro", False)) == 2063
    tender.withdraw(euro)
    assert refusal(tender.withdraw, cash(100)) == 2094
    tender.withdraw(change(50))
    tender.withdraw(cash(100))
    assert tender.payments == []


@given(st.lists(st.tuples(st.integers(1, 1000), st.booleans())), st.integers(-500, 2000))
def test_what_settles_adds_up(entries, due):
    tender, codes = Tender(), set()
    for value, is_change in entries:
        try:
            tender.pay(Payment(0, value, "", is_change), due)
        except Refused as refused:
            codes.add(refused.code)
    assert codes <= {1953, 1961}
    before = list(tender.payments)
    try:
        paid, back = tender.settle(due)
    except Refused:
        paid, back = None, None
    assert tender.payments == before
    if paid is None:
        sums = [p.value_gr if not p.is_change else -p.value_gr for p in before]
        assert sum(sums) != due
        return
    assert sum(p.value_gr for p in paid) - sum(p.value_gr for p in back) == due
