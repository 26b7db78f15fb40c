from __future__ import annotations

import pytest

from backoffice.paid import worth_gr, wrong_invoice, wrong_payments
from terminal.sync.wire import PaymentDoc

EURO = {"symbol": "EUR", "rate_e4": 42_650}


@pytest.mark.parametrize(
    ("foreign", "rate_e4", "gr"),
    [(1000, 42_650, 4265), (1, 42_650, 4), (10, 42_550, 43), (3, 5_000, 2)],
)
def test_foreign_money_is_rounded_half_up(foreign, rate_e4, gr):
    assert worth_gr(foreign, rate_e4) == gr


@pytest.mark.parametrize(
    ("payment", "code"),
    [
        (PaymentDoc("e", "Euro", "currency", 4265, foreign=1000, **EURO), ""),
        (PaymentDoc("e", "Euro", "currency", 4265, foreign=1001, **EURO), "currency"),
        (PaymentDoc("k", "Karta", "card", 4265, status="approved", reference="123456"), ""),
        (PaymentDoc("k", "Karta", "card", 4265, status="unknown"), "card"),
        (PaymentDoc("b", "Bon", "bon", 4265, face_gr=5000), ""),
        (PaymentDoc("b", "Bon", "bon", 4265, face_gr=4265), "voucher"),
        (PaymentDoc("b", "Bon", "bon", 4300, 35, face_gr=5000), "voucher"),
        (PaymentDoc("g", "Gotówka", "cash", 5000, 735), ""),
        (PaymentDoc("g", "Gotówka", "cash", 5000), "paid"),
    ],
)
def test_each_payment_is_worth_what_it_says(payment, code):
    found = [reason.partition(":")[0] for reason in wrong_payments([payment], 4265)]
    assert found == ([code] if code else [])


def test_a_meal_invoice_is_an_invoice(books):
    meal = books().receipt(document="meal_invoice", invoice_no=1, nip="5260250274", buyer_name="L")
    assert list(wrong_invoice(meal)) == []
