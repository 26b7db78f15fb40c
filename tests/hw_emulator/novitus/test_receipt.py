"""What a receipt leaves in the fiscal memory and on paper, and what it is refused for."""

from __future__ import annotations

import contextlib
import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hw_emulator.novitus.codes import Code, Failed
from hw_emulator.novitus.receipt import grosze
from hw_emulator.novitus.schema import check

MILK = {"name": "Mleko", "price": "3.49", "quantity": "2.5", "value": "8.73", "unit": "l"}
OFF = {"discount_markup": {"type": "value_discount", "value": "0.73", "name": "Rabat"}}


def test_a_receipt_is_in_the_memory_and_on_paper(novitus, receipt_of):
    document = receipt_of(
        MILK | OFF,
        {"name": "Chleb", "ptu": "C"},
        summary={"total": "9.00", "pay_in": "20.00", "change": "11.00"},
        payments=[{"card": {"name": "Visa", "value": "5.00"}}, {"cash": {"value": "15.00"}}],
        buyer={"nip": "1234563218"},
        system_info={
            "cashier_name": "Ala",
            "cash_number": "2",
            "system_number": {"print_as": "text", "value": "K1-17"},
        },
        printout_lines=[
            {"textline": {"text": "Dziękujemy", "masked": False, "center": True}},
            {"special_line": {"type": "underline"}},
            {"qrcode": {"text": "www", "masked": False}},
        ],
    )
    assert novitus.execute("receipt", document) == ({}, 1)
    view = novitus.device.view()
    (kept,) = view.receipts
    assert (kept.number, kept.total_gr, kept.totals_gr[:3]) == (1, 900, (800, 0, 100))
    assert (kept.nip, kept.reference, kept.change_gr) == ("1234563218", "K1-17", 1100)
    assert kept.payments == ((2, 500, "Visa"), (0, 1500, ""))
    assert [(line.name, line.value_gr, line.discount_gr) for line in kept.lines] == [
        ("Mleko", 800, 73),
        ("Chleb", 100, 0),
    ]
    for expected in ("2,5 x3,49", "-0,73A", "SUMA PLN", "RESZTA GOTÓWKA", "K1-17", "#2 Ala"):
        assert expected in novitus.printed
    assert "NIP NABYWCY: 1234563218" in novitus.printed
    assert novitus.printed.rstrip().endswith("||| www |||")


def test_without_payments_it_is_cash(novitus):
    novitus.sell()
    assert novitus.device.view().receipts[0].payments == ((0, 100, ""),)


def article(**more):
    return lambda document: document["items"][0]["article"].update(more)


def summary(**more):
    return lambda document: document["summary"].update(more)


def percent(document):
    document["items"][0]["article"]["discount_markup"] = {
        "type": "percent_discount",
        "value": "10.00",
    }


def too_much(document):
    document["items"][0]["article"]["discount_markup"] = {
        "type": "value_discount",
        "value": "1.01",
    }


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (article(ptu="G"), Code.GOODS_RATE),
        (article(ptu="x"), Code.GOODS_RATE),
        (article(name=" "), Code.GOODS_NAME),
        (article(quantity="0"), Code.QUANTITY),
        (article(quantity=""), Code.QUANTITY),
        (article(price="0.00"), Code.PRICE),
        (article(value="0.00"), Code.VALUE),
        (article(value="1.01"), Code.VALUE),
        (percent, Code.DISCOUNT),
        (too_much, Code.DISCOUNT),
        (
            summary(discount_markup={"type": "value_discount", "value": "0.10"}),
            Code.DISCOUNT,
        ),
        (summary(total="1.01", pay_in="1.01"), Code.TOTAL),
        (summary(pay_in="0.99"), Code.PAYMENT),
        (summary(pay_in="1.10"), Code.PAYMENT),
        (lambda document: document.update(payments=[{"cash": {"value": "0.50"}}]), Code.PAYMENT),
    ],
)
def test_what_is_wrong_cancels_the_receipt(novitus, receipt_of, spoil, code):
    document = copy.deepcopy(receipt_of())
    spoil(document["receipt"])
    with pytest.raises(Failed) as caught:
        novitus.execute("receipt", document)
    assert caught.value.code == code
    view = novitus.device.view()
    assert (len(view.receipts), [each.by for each in view.cancelled]) == (0, ["command"])
    assert "ANULOWANY" in novitus.printed
    assert not novitus.device.books.last.is_open
    novitus.sell()
    assert novitus.device.view().receipts[0].number == 2


def test_a_memory_without_room_begins_no_receipt(make_novitus):
    full = make_novitus(reports_max=1)
    full.report()
    with pytest.raises(Failed) as caught:
        full.sell()
    assert caught.value.code == Code.MEMORY_FULL
    assert full.device.view().cancelled == ()


def test_markup(novitus):
    markup = {"discount_markup": {"type": "value_markup", "value": "0.50"}}
    novitus.sell(markup, summary={"total": "1.50", "pay_in": "1.50"})
    assert novitus.device.view().receipts[0].total_gr == 150


def test_amounts_of_the_wire():
    texts = ("12.34", "12", "12.", ".5", "", ".")
    assert [grosze(text) for text in texts] == [1234, 1200, 1200, 50, 0, 0]


AMOUNT = st.from_regex(r"\d{0,9}(\.\d{0,2})?", fullmatch=True, alphabet="0123456789.")
ARTICLE = st.fixed_dictionaries(
    {
        "name": st.text(min_size=1, max_size=60),
        "ptu": st.sampled_from([*"ABCDEFG", "x", " "]),
        "quantity": AMOUNT,
        "price": AMOUNT,
        "value": AMOUNT,
    },
    optional={
        "discount_markup": st.fixed_dictionaries(
            {"type": st.sampled_from(["value_discount", "value_markup"]), "value": AMOUNT}
        )
    },
)


@given(st.lists(ARTICLE, min_size=1, max_size=3), AMOUNT, AMOUNT, AMOUNT)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_of_the_schema_is_printed_or_refused(novitus, articles, total, pay_in, change):
    document = {
        "receipt": {
            "items": [{"article": article} for article in articles],
            "summary": {"total": total, "pay_in": pay_in, "change": change},
        }
    }
    assert check(document, "receipt") == []
    with contextlib.suppress(Failed):
        novitus.execute("receipt", document)
    assert not novitus.device.books.last.is_open
