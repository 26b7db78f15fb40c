from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.paper import Row
from terminal import i18n
from terminal.paper.bills import bill_slip
from terminal.sale import verbs as sale
from terminal.sync.wire import Shop
from tests.terminal.sale.test_tender import BILL, pays
from tests.terminal.sale.test_verbs import CHEESE, MILK, VODKA, sold

SHOP = Shop("shop", "Kowalska i córki", "5261040828", "Pod Lipą", "Źródlana 3", "00-950", "Łódź")


@pytest.fixture(autouse=True)
def english():
    i18n.use_language("en")


def test_a_bill_says_twice_what_it_is_and_shows_what_was_sold() -> None:
    receipt = sale.void(sold((MILK, 1000), (CHEESE, 250), (VODKA, 1000)), 2)
    receipt = sale.discount_receipt(receipt, amount_gr=97)
    paid = pays(receipt, BILL, receipt.due_gr)
    slip = bill_slip(paid, 3, "2026-11-23T10:00:05.000+01:00", "T1", SHOP)
    assert slip.title == "Bill 3"
    texts = [(row.text, row.right) for row in slip.rows if isinstance(row, Row)]
    assert [text for text, _ in texts].count("NOT A FISCAL DOCUMENT") == 2
    assert ("Mleko", "3,49") in texts
    assert ("  0,25 kg x 29,90", "") in texts
    assert ("Discount", "-0,97") in texts
    assert ("Total", "10,00") in texts
    assert ("Rachunek", "10,00") in texts
    assert not any("Wódka" in text for text, _ in texts)


def test_without_a_shop_or_discount_there_are_no_such_rows() -> None:
    slip = bill_slip(replace(pays(sold((MILK, 1000)), BILL, 349)), 1, "2026-11-23", "T1", None)
    assert not any(
        row.text in {"Discount", "Pod Lipą"} for row in slip.rows if isinstance(row, Row)
    )
