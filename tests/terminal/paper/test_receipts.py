"""Each slip holds what the law and an auditor ask, and says that it is not fiscal."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from drivers.paper import Kind
from terminal.i18n import use_language
from terminal.paper.receipts import copy, correction, protocol, quantity, title_of
from terminal.sale.entries import Case, Signed, Wish, entry_document, offer
from terminal.sync.wire import Shop, code_of
from tests.terminal.sale.sold import WHO, line, printed
from tests.terminal.sale.test_entries import ANNA, METHODS
from tests.terminal.sale.test_entries import correction as corrected

SHOP = Shop("shop", "Lipa sp. z o.o.", "5260250274", "Sklep 1", "Długa 1", "00-001", "Warszawa")


@pytest.fixture(autouse=True)
def english() -> None:
    use_language("en")


def texts(slip) -> list[tuple[str, str]]:
    return [(row.text, row.right) for row in slip.rows]


def entry(kind="return", **changes):
    case = Case(printed(line(qty_milli=2000), line("Leki", 1000, vat="E")))
    wish = Wish(kind, {0: 1000, 1: 1000}, reason="uszkodzone", customer="Jan Dąb")
    chosen = offer(case, wish, METHODS)
    return replace(
        entry_document(WHO, Signed("e1", 12, ANNA), case, wish, chosen, chosen.ways[0]), **changes
    )


def test_the_protocol_holds_what_the_register_wants() -> None:
    slip = protocol(entry(), SHOP)
    assert slip.title == "Return 12/T1"
    rows = texts(slip)
    for row in (
        ("Date of sale", "2026-11-22 12:01"),
        ("Date", "2026-11-23 10:00"),
        ("Receipt", "7"),
        ("Mleko", ""),
        ("  5900000000015 1 szt.", "3,49 C"),
        ("C 5%", "3,49"),
        ("  of which tax", "0,17"),
        ("E exempt", "10,00"),
        ("Total", "13,49"),
        ("Given back: Gotówka", "13,49"),
        ("Reason", "uszkodzone"),
        ("Customer", "Jan Dąb"),
        ("Signature of the customer", ""),
        ("Signature of the seller", ""),
        ("NIP 5260250274", ""),
    ):
        assert row in rows, row
    assert rows.count(("NOT A FISCAL DOCUMENT", "")) == 2


def test_without_money_or_name_it_says_so() -> None:
    rows = texts(protocol(entry("mistake", customer=""), None))
    assert ("No money was given back", "") in rows
    assert next(right for text, right in rows if text == "Customer").strip(".") == ""


@pytest.mark.parametrize(
    ("kind", "title"),
    [("complaint", "Complaint 12/T1"), ("mistake", "Obvious mistake 12/T1")],
)
def test_each_kind_has_its_title(kind, title) -> None:
    assert title_of(entry(kind)) == title


def test_a_copy_is_the_whole_receipt_and_no_fiscal_one() -> None:
    receipt = replace(
        printed(line(qty_milli=2000, discount_gr=50), line("Sól", 500), off_gr=30, cash_gr=2000),
        nip="5260250274",
    )
    slip = copy(receipt, SHOP, 3)
    rows = texts(slip)
    for row in (
        ("Copy no. 3", ""),
        ("  2 szt. x 3,49", "6,98 C"),
        ("  Discount", "-0,50"),
        ("Discount", "-0,30"),
        ("C 5%", "11,18"),
        ("Total", "11,18"),
        ("Gotówka", "20,00"),
        ("Change", "8,82"),
        ("Buyer's NIP", "5260250274"),
    ):
        assert row in rows, row
    assert rows.count(("NOT A FISCAL DOCUMENT", "")) == 2
    assert [row.text for row in slip.rows if row.kind is Kind.BARCODE] == [code_of(receipt.rid)]
    assert not any("PARAGON FISKALNY" in text.upper() for text, _ in rows)


def test_a_correction_says_from_what_to_what() -> None:
    rows = texts(correction(corrected(printed(line())), SHOP))
    assert ("On the receipt: Gotówka", "3,49") in rows
    assert ("Really paid: Karta", "3,49") in rows


@pytest.mark.parametrize(
    ("qty", "precision", "text"),
    [(2000, 0, "2"), (375, 3, "0,375"), (1500, 1, "1,5"), (12_000, 3, "12,000")],
)
def test_quantities(qty, precision, text) -> None:
    assert quantity(qty, precision) == text
