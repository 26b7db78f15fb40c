"""What each way of paying takes, and the card of which nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.errors import Code, Rejected
from terminal.sale import tender
from terminal.sale.receipt import CardStatus, DocumentKind, State
from terminal.sync.wire import Currency, PaymentMethod
from tests.terminal.sale.test_verbs import MILK, NEW, VODKA, card, cash, sold

CASH = PaymentMethod("cash", "Gotówka", "cash")
TERMINAL = PaymentMethod("card", "Karta", "card", uses_terminal=True)
BON = PaymentMethod("bon", "Bon", "bon")
GENEROUS = PaymentMethod("gift", "Karta podarunkowa", "voucher", gives_change=True)
TRANSFER = PaymentMethod(
    "bank", "Przelew", "transfer", always_separate=True, account_no="61109010140000071219812874"
)
BILL = PaymentMethod("bill", "Rachunek", "other", is_fiscal=False)
EURO = Currency("EUR", "Euro", 42_650)
OWED = sold((VODKA, 1000))  # 39,99


def pays(receipt, method, amount_gr):
    payment = tender.tendered(receipt, method, amount_gr)
    return tender.pay(receipt, payment, gives_change=method.gives_change)


def code(do, *args) -> Code:
    with pytest.raises(Rejected) as caught:
        do(*args)
    return caught.value.code


def test_a_voucher_above_the_due_counts_with_the_due_and_is_remembered() -> None:
    paid = pays(OWED, BON, 5000)
    assert (paid.state, paid.change_gr, paid.paid_gr) == (State.PAID, 0, 3999)
    assert (paid.payments[0].amount_gr, paid.payments[0].face_gr) == (3999, 5000)
    part = pays(OWED, BON, 1000)
    assert (part.due_gr, part.payments[0].face_gr) == (2999, 0)


def test_a_voucher_that_gives_change_is_worth_all_of_it() -> None:
    paid = pays(OWED, GENEROUS, 5000)
    assert (paid.change_gr, paid.payments[0].face_gr) == (1001, 0)


def test_what_pays_alone_pays_all_or_nothing() -> None:
    assert pays(OWED, TRANSFER, 3999).payments[0].reference == TRANSFER.account_no
    assert code(pays, OWED, TRANSFER, 3998) is Code.PAYS_ALONE
    assert code(pays, pays(OWED, CASH, 100), TRANSFER, 3899) is Code.PAYS_ALONE
    assert code(pays, OWED, BILL, 100) is Code.PAYS_ALONE


def test_foreign_money_is_worth_its_rate_and_gives_change_in_zlotys() -> None:
    paid = tender.pay(OWED, tender.exchanged(EURO, 1000))
    assert (paid.paid_gr, paid.change_gr) == (4265, 266)
    assert (paid.payments[0].kind, paid.payments[0].symbol) == ("currency", "EUR")


@given(st.integers(1, 9_999_999), st.integers(1, 999_999))
def test_enough_is_the_least_that_covers(due_gr: int, rate_e4: int) -> None:
    foreign = tender.enough(due_gr, rate_e4)
    assert tender.worth_gr(foreign, rate_e4) >= due_gr
    assert tender.worth_gr(foreign - 1, rate_e4) < due_gr


@pytest.fixture
def asked():
    return pays(pays(OWED, CASH, 999), TERMINAL, 3000)


def test_a_card_counts_when_its_terminal_has_said_yes(asked) -> None:
    assert (asked.state, asked.due_gr, asked.in_doubt.amount_gr) == (State.OPEN, 3000, 3000)
    paid = tender.answered(asked, CardStatus.APPROVED, "123456")
    assert (paid.state, paid.payments[-1].reference) == (State.PAID, "123456")
    assert paid.in_doubt is None


def test_a_declined_card_leaves_the_receipt_open(asked) -> None:
    left = tender.answered(asked, CardStatus.NONE)
    assert (left.state, left.due_gr, len(left.payments)) == (State.OPEN, 3000, 1)
    assert code(tender.answered, left, CardStatus.APPROVED) is Code.NOTHING_ASKED


def test_nothing_else_happens_while_nobody_knows(asked) -> None:
    unknown = tender.answered(asked, CardStatus.UNKNOWN)
    for receipt in (asked, unknown):
        for do in (
            lambda it: pays(it, CASH, 3000),
            lambda it: pays(it, TERMINAL, 3000),
            tender.reopen,
            tender.take_back,
            tender.let_go,
        ):
            assert code(do, receipt) is Code.CARD_UNKNOWN
    assert tender.answered(unknown, CardStatus.APPROVED).state is State.PAID


def test_the_last_payment_is_taken_back_alone(asked) -> None:
    paid = tender.answered(asked, CardStatus.APPROVED)
    left = tender.take_back(paid)
    assert (left.state, left.due_gr, left.payments) == (State.OPEN, 3000, paid.payments[:1])
    assert code(tender.let_go, paid) is Code.CARD_TO_REVERSE
    assert tender.to_reverse(paid.payments) == paid.payments[1:]
    tender.let_go(left)


def test_a_receipt_that_is_more_than_a_receipt_is_no_bill() -> None:
    assert tender.ends_in_bill(OWED, BILL)
    assert not tender.ends_in_bill(OWED, CASH)
    for other in (replace(OWED, makes_good="r0"), replace(OWED, document=DocumentKind.INVOICE)):
        assert code(tender.ends_in_bill, other, BILL) is Code.NO_BILL


def test_cash_gives_change_and_a_card_may_not() -> None:
    receipt = sold((MILK, 1000))
    assert tender.pay(receipt, cash(500)).change_gr == 151
    assert code(tender.pay, receipt, card(350)) is Code.CARD_TOO_MUCH
    assert code(tender.pay, NEW, cash(100)) is Code.EMPTY_RECEIPT
