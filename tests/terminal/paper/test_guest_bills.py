"""The bill: what is on it, and that nobody takes it for a receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from terminal.i18n import use_language
from terminal.paper.guest_bills import FORM_WIDTH, bill_lines, bill_slip
from terminal.sale.line import Line
from terminal.sale.receipt import Receipt
from terminal.sale.verbs import discount_line, discount_receipt
from terminal.sync.wire import Shop

if TYPE_CHECKING:
    from drivers.paper import Slip

AT = "2026-11-23T10:05:00.000+01:00"
MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000)
CHEESE = Line("cheese", "2", "", "Ser gouda dojrzewający w plastrach XL", "kg", 3, "A", 2300, 2990, 2990, 250)  # fmt: skip  # noqa: E501
VOID = replace(MILK, name="Torba", is_void=True)
LINES = (MILK, VOID, CHEESE)
WHOLE = Receipt("r1", AT, "u1", "Anna", lines=LINES)
SHOP = Shop("shop", "Firma sp. z o.o.", "5260001246", "Sklep Pod Lipą")
NOT_FISCAL = "NIEFISKALNY"


@pytest.fixture(autouse=True)
def _polish():
    use_language("pl")
    yield
    use_language("en")


def given() -> Receipt:
    return discount_receipt(discount_line(WHOLE, 0, amount_gr=98), percent_bp=1000)


def rows(slip: Slip) -> list[tuple[str, str]]:
    return [(row.text, row.right) for row in slip.rows]


def test_the_slip_names_what_was_ordered_and_what_it_comes_to() -> None:
    slip = bill_slip(given(), "Stolik 4", SHOP, AT)
    assert slip.title == "Rachunek"
    found = rows(slip)
    assert ("Sklep Pod Lipą", "") in found
    assert ("Stolik 4", "") in found
    assert ("Anna", "2026-11-23 10:05") in found
    assert ("Mleko  2 × 3,49", "6,98") in found
    assert ("Ser gouda dojrzewający w plastrach XL  0,25 × 29,90", "7,48") in found
    # 10 % off each VAT letter: 6,00 → 5,40 and 7,48 → 6,73.
    assert found[-2] == ("Suma", "12,13")
    assert "Torba" not in str(found)
    assert sum(NOT_FISCAL in text.upper() for text, _ in found) == 2


def test_the_lines_fit_the_fiscal_printers_form() -> None:
    title, first, *body, last = bill_lines(given(), "Stolik 4", AT)
    assert title == "Rachunek"
    assert first == last
    assert NOT_FISCAL in first.upper()
    assert all(len(line) <= FORM_WIDTH for line in body)
    assert body[0] == "Stolik 4"
    assert any(line.startswith("Ser gouda") and line.endswith(" 7,48") for line in body)
    assert body[-1].endswith("12,13")


def test_a_receipt_without_a_name_or_a_discount() -> None:
    title, first, who, *_items, total, last = bill_lines(WHOLE, "", AT)
    assert (title, first) == ("Rachunek", last)
    assert who.startswith("Anna")
    assert total.endswith("14,46")
    assert bill_slip(WHOLE, "", None, AT).rows[0].text == first
