"""The document says what the receipt says, to the grosz."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from drivers.errors import Refused, Why
from drivers.fiscal import (
    Buyer,
    CurrencyTender,
    Discount,
    FiscalReceipt,
    FooterLine,
    Invoice,
    Item,
    Tender,
    TenderKind,
)
from drivers.novitus.receipt import ITEMS_MAX, receipt_document

MILK = Item("Mleko 2 %", "A", 349, 2500, 873, unit="szt.")
BREAD = Item("Chleb żytni", "B", 500, 1000, 500, discount=Discount(50, "rabat"))
BEER = Item("Piwo", "A", 800, 3000, 2400)


def cash(total_gr: int) -> tuple[Tender, ...]:
    return (Tender(TenderKind.CASH, total_gr),)


def of(*items: Item, **more) -> dict:
    total = sum(
        (-1 if i.is_storno else 1) * (i.value_gr - (i.discount.amount_gr if i.discount else 0))
        for i in items
    )
    discount = more.get("discount")
    total -= discount.amount_gr if discount else 0
    more = {"tenders": cash(total), "total_gr": total} | more
    return receipt_document(FiscalReceipt(items, **more))["receipt"]


def articles(document: dict) -> list[dict]:
    return [each["article"] for each in document["items"]]


def test_a_whole_receipt():
    receipt = FiscalReceipt(
        items=(MILK, BREAD),
        tenders=(
            Tender(TenderKind.CARD, 500, "Visa"),
            Tender(TenderKind.CASH, 1000),
            Tender(TenderKind.CASH, 177, is_change=True),
        ),
        total_gr=1323,
        nip="1234563218",
        cashier="Ala",
        desk="1",
        reference="K1-17",
        footer=(FooterLine(1, "Dziękujemy", is_wide=True),),
        qr="x",
    )
    assert receipt_document(receipt) == {
        "receipt": {
            "items": [
                {
                    "article": {
                        "name": "Mleko 2 %",
                        "ptu": "A",
                        "quantity": "2.5",
                        "price": "3.49",
                        "value": "8.73",
                        "unit": "szt.",
                    }
                },
                {
                    "article": {
                        "name": "Chleb żytni",
                        "ptu": "B",
                        "quantity": "1",
                        "price": "5.00",
                        "value": "5.00",
                        "discount_markup": {
                            "type": "value_discount",
                            "value": "0.50",
                            "name": "rabat",
                        },
                    }
                },
            ],
            "payments": [{"card": {"value": "5.00", "name": "Visa"}}, {"cash": {"value": "10.00"}}],
            "summary": {"total": "13.23", "pay_in": "15.00", "change": "1.77"},
            "printout_lines": [
                {"textline": {"text": "Dziękujemy", "masked": False, "width": 2}},
                {"qrcode": {"text": "x", "masked": False}},
            ],
            "buyer": {"nip": "1234563218"},
            "system_info": {
                "cashier_name": "Ala",
                "cash_number": "1",
                "system_number": {"print_as": "text", "value": "K1-17"},
            },
        }
    }


@pytest.mark.parametrize("kind", [kind for kind in TenderKind if kind is not TenderKind.CASH])
def test_every_tender_has_a_name_of_its_own(kind):
    document = of(BEER, tenders=(Tender(kind, 2400),))
    ((name,),) = document["payments"]
    assert name in {"card", "cheque", "coupon", "credit", "other", "voucher", "transfer"}


def test_lines_that_are_left_and_their_discounts():
    more = {"discount": Discount(50), "total_gr": 1650, "tenders": cash(1650)}
    storno = replace(BEER, qty_milli=1000, value_gr=800, is_storno=True)
    item = replace(BEER, discount=Discount(100, "nocny", is_markup=True))
    (article,) = articles(of(item, storno, **more))
    assert (article["quantity"], article["value"]) == ("2", "16.00")
    assert article["discount_markup"] == {"type": "value_markup", "value": "0.50", "name": "nocny"}


def test_texts_are_texts():
    evil = 'Ser "żółty"\\ </article>\n\x1b\x00&amp;'
    document = of(replace(MILK, name=evil, unit="\t"), cashier="\x07", nip="12\r\n3")
    article = articles(document)[0]
    assert article["name"] == 'Ser "żółty"\\ </article> &amp;'
    assert "unit" not in article
    assert "system_info" not in document
    assert json.loads(json.dumps(document)) == document
    assert articles(of(replace(MILK, name="\x00")))[0]["name"] == "?"


def test_description_or_code_never_both():
    item = replace(MILK, description="zimne", code="590", pkwiu="10.51")
    article = articles(of(item))[0]
    assert article["description"] == "zimne 10.51"
    assert "code" not in article
    assert articles(of(replace(MILK, code="590")))[0]["code"] == {
        "print_as": "text",
        "value": "590",
    }


def test_foreign_money_is_money_of_another_kind_that_names_itself():
    document = of(MILK, tenders=(CurrencyTender("EUR", 1000, 43_000, 4300),))
    assert document["payments"] == [{"other": {"value": "43.00", "name": "10.00 EUR"}}]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"total_gr": 1}, "do not come to the total"),
        ({"invoice": Invoice("1", Buyer("x", "1"))}, "invoices"),
        ({"footer": (FooterLine(0, "x"),) * 51}, "footer"),
    ],
)
def test_what_cannot_be_carried(more, why):
    with pytest.raises(Refused, match=why) as caught:
        of(MILK, **more)
    assert caught.value.code == 0


def test_limits():
    one = Item("x", "A", 1, 1000, 1)
    assert len(of(*(one,) * ITEMS_MAX)["items"]) == ITEMS_MAX
    with pytest.raises(Refused, match="lines") as caught:
        of(*(one,) * (ITEMS_MAX + 1))
    assert caught.value.why is Why.RECEIPT_FULL
    with pytest.raises(Refused, match="lines") as caught:
        of(one, replace(one, is_storno=True))
    assert caught.value.why is Why.EMPTY
    with pytest.raises(Refused, match="no amount") as caught:
        of(Item("x", "A", 10**11, 1000, 10**11))
    assert caught.value.why is Why.TOTALS
