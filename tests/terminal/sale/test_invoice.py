from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import VAT_LETTERS
from terminal.errors import Code, Rejected
from terminal.sale import verbs as sale
from terminal.sale.buyer import Buyer, as_invoice
from terminal.sale.invoice import invoice_items, invoice_of, shared
from terminal.sale.receipt import Payment
from tests.terminal.sale.test_verbs import CHEESE, MILK, VODKA, cash, sold

LIPA = Buyer("5260250274", "Lipa", "Polna 1")


def totals(items):
    return [
        sum(
            it.value_gr - (it.discount.amount_gr if it.discount else 0)
            for it in items
            if it.vat == v
        )
        for v in VAT_LETTERS
    ]


def test_a_discount_on_the_whole_goes_into_the_lines() -> None:
    receipt = sale.discount_line(sold((MILK, 3000), (CHEESE, 250), (VODKA, 1000)), 0, amount_gr=47)
    for off in ({"amount_gr": 777}, {"percent_bp": 1234}):
        made = as_invoice(sale.discount_receipt(receipt, **off), LIPA)
        items = invoice_items(made)
        assert totals(items) == list(made.totals_gr)
        assert [it.name for it in items] == ["Mleko", "Ser żółty", "Wódka"]
        assert all(it.value_gr - it.discount.amount_gr > 0 for it in items)


def test_without_a_discount_lines_are_as_they_were() -> None:
    items = invoice_items(as_invoice(sold((MILK, 1000)), LIPA))
    assert items[0].discount is None


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=30), st.data())
def test_shares_come_to_the_total_and_none_to_nothing(parts, data) -> None:
    total = data.draw(st.integers(len(parts), 2 * sum(parts)))
    left = shared(parts, total)
    assert sum(left) == total
    assert min(left) > 0
    assert total > sum(parts) or all(map(int.__le__, left, parts))


def test_more_lines_than_grosze_are_refused() -> None:
    with pytest.raises(Rejected) as caught:
        shared([10, 10, 10], 2)
    assert caught.value.code is Code.INVOICE_DISCOUNT


def test_number_buyer_and_ways_of_paying() -> None:
    euro = Payment("EUR", "Euro", "currency", 2133, symbol="EUR", foreign=500, rate_e4=42_650)
    bank = Payment("b", "Przelew", "transfer", 100, reference="61109010140000071219812874")
    made = replace(as_invoice(sold((VODKA, 1000)), LIPA), invoice_no=7)
    invoice = invoice_of(replace(made, payments=(bank, euro, cash(2000))), "T1")
    assert (invoice.number, invoice.buyer.name, invoice.buyer.nip) == ("FV/T1/7", "Lipa", LIPA.nip)
    assert invoice.lines == (
        "Przelew: 1,00",
        "Konto: 61109010140000071219812874",
        "Euro: 21,33",
        "  5,00 EUR x 4,2650",
        "Gotówka: 20,00",
        "Reszta: 2,34",
    )


def test_a_meal_is_one_line_for_each_letter() -> None:
    receipt = sale.discount_receipt(sold((MILK, 3000), (VODKA, 1000)), amount_gr=5)
    items = invoice_items(as_invoice(receipt, LIPA, is_meal=True))
    assert [(it.name, it.vat) for it in items] == [
        ("Usługa gastronomiczna 23%", "A"),
        ("Usługa gastronomiczna 5%", "C"),
    ]
    assert totals(items) == list(receipt.totals_gr)
