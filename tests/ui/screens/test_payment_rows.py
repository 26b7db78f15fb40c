from __future__ import annotations

from datetime import date

import pytest

from terminal.i18n import use_language
from terminal.sale.buyer import Buyer, as_e_receipt, as_invoice, as_receipt
from terminal.sale.receipt import Payment
from terminal.sync.wire import Currency, PaymentMethod
from tests.terminal.sale.test_verbs import MILK, VODKA, sold
from ui.screens import payment_rows as rows
from ui.widgets.row import plain

TODAY = date(2026, 11, 26)
EURO = Currency("EUR", "Euro", 42_650, rate_of="2026-11-26")
CASH, CARD = PaymentMethod("c", "Gotówka", "cash"), PaymentMethod("k", "Karta", "card")
BON = PaymentMethod("b", "Bon", "bon")
GIFT = PaymentMethod("g", "Bon", "voucher", gives_change=True)
SALE = sold((MILK, 1000))


@pytest.fixture(autouse=True)
def english():
    use_language("en")


@pytest.mark.parametrize(
    ("rate_of", "age"),
    [
        ("2026-11-26", ""),
        ("2026-11-20", "  (rate of 2026-11-20)"),
        ("", "  (age of the rate unknown)"),
    ],
)
def test_a_currency_shows_its_rate_and_an_old_one_its_day(rate_of, age) -> None:
    euro = Currency("EUR", "Euro", 42_650, rate_of=rate_of)
    assert rows.way_name(euro, TODAY) == f"EUR  Euro  4,2650{age}"
    assert rows.way_name(CASH, TODAY) == "Gotówka"


def test_what_enter_pays_and_what_an_amount_is_worth() -> None:
    assert (rows.exact(EURO, 349), rows.exact(CARD, 349)) == ("0,82 EUR", "3,49")
    assert (rows.given_gr(EURO, 1000), rows.given_gr(CASH, 1000)) == (4265, 1000)
    given = [rows.gives_change(way) for way in (CASH, EURO, GIFT, CARD, BON, None)]
    assert given == [True, True, True, False, False, False]


def test_only_a_voucher_without_change_loses_something() -> None:
    assert [rows.loses(way, 500, 349) for way in (BON, GIFT, CASH, EURO, None)] == [151, 0, 0, 0, 0]
    assert rows.loses(BON, 349, 349) == 0


def text(receipt) -> str:
    return "\n".join(plain(it) for it in rows.fact_rows(60, receipt))


def test_facts_name_the_document() -> None:
    named = as_receipt(SALE, "5260250274")
    assert "simplified invoice" in text(named)
    assert "simplified" not in text(as_receipt(sold((VODKA, 12_000)), "5260250274"))
    assert "Lipa" in text(as_invoice(SALE, Buyer("5260250274", "Lipa")))
    assert "123456789012345" in text(as_e_receipt(SALE, "123456789012345"))


@pytest.mark.parametrize(
    ("payment", "words"),
    [
        (Payment("c", "Gotówka", "cash", 1), "Gotówka"),
        (Payment("k", "Karta", "card", 1, reference="123456"), "Karta  123456"),
        (Payment("b", "Bon", "bon", 1, face_gr=5000), "Bon  (worth 50,00)"),
        (Payment("E", "Euro", "currency", 1, symbol="EUR", foreign=500), "Euro  5,00 EUR"),
    ],
)
def test_a_payment_in_words(payment, words) -> None:
    assert rows.paid_words(payment) == words
