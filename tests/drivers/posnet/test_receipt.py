from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.errors import Refused, Why
from drivers.fiscal import (
    Advance,
    Buyer,
    CurrencyTender,
    Discount,
    FiscalReceipt,
    FooterLine,
    Invoice,
    Item,
    LineDiscount,
    Packaging,
    RateDiscount,
    Subtotal,
    Tender,
    TenderKind,
)
from drivers.posnet.generation import Generation
from drivers.posnet.receipt import receipt_frames

MILK = Item("Mleko", "A", 349, 2500, 873, unit="l")
BREAD = Item("Chleb", "B", 500, 1000, 500, discount=Discount(50, "rabat"))


def groups(receipt: FiscalReceipt) -> list[list[str]]:
    return [[each.frame.mnemonic for each in group] for group in receipt_frames(receipt)]


def frames(receipt: FiscalReceipt, name: str) -> list[dict[str, str]]:
    found = [each.frame for group in receipt_frames(receipt) for each in group]
    return [dict(frame.fields) for frame in found if frame.mnemonic == name]


def test_the_smallest_receipt():
    receipt = FiscalReceipt((MILK,), (), 873)
    assert groups(receipt) == [["trinit"], ["trline"], ["trend"]]
    assert frames(receipt, "trinit") == [{"bm": "1"}]
    assert frames(receipt, "trend") == [{"to": "873"}]
    assert frames(receipt, "trline") == [
        {"na": "Mleko", "vt": "0", "pr": "349", "wa": "873", "il": "2.5", "jm": "l"}
    ]


def test_everything():
    receipt = FiscalReceipt(
        (MILK, BREAD, MILK),
        (
            Tender(TenderKind.CARD, 1000, "Visa"),
            Tender(TenderKind.CASH, 2000),
            Tender(TenderKind.CASH, 304, is_change=True),
        ),
        2096,
        discount=Discount(100, "stały klient"),
        nip="1234563218",
        cashier="Ala",
        desk="2",
        reference="K1-17",
    )
    assert groups(receipt) == [
        ["ftrcfg"],
        ["trinit"],
        ["trline", "trline", "trline"],
        ["trdiscntbill"],
        ["trnipset", "trpayment", "trpayment"],
        ["trpayment"],
        ["trend"],
    ]
    assert frames(receipt, "ftrcfg") == [{"cc": "Ala", "cn": "2", "ca": "0", "sn": "K1-17"}]
    assert frames(receipt, "trline")[1] == {
        "na": "Chleb",
        "vt": "1",
        "pr": "500",
        "wa": "500",
        "rd": "1",
        "rn": "rabat",
        "rw": "50",
    }
    assert frames(receipt, "trdiscntbill") == [{"na": "stały klient", "rd": "1", "rw": "100"}]
    assert frames(receipt, "trnipset") == [{"ni": "1234563218"}]
    assert frames(receipt, "trpayment") == [
        {"ty": "2", "wa": "1000", "na": "Visa"},
        {"ty": "0", "wa": "2000"},
        {"ty": "0", "wa": "304", "re": "1"},
    ]
    assert frames(receipt, "trend") == [{"to": "2096", "fp": "3000", "re": "304"}]


def test_a_reversal_waits_for_its_sale():
    back = Item("Chleb", "B", 500, 1000, 500, discount=Discount(50), is_storno=True)
    receipt = FiscalReceipt((BREAD, MILK, back, MILK), (), 1746)
    assert groups(receipt) == [
        *[["trinit"], ["trline", "trline"], ["trline"], ["trline"], ["trend"]]
    ]
    assert frames(receipt, "trline")[2] == {
        "na": "Chleb",
        "vt": "1",
        "pr": "500",
        "st": "1",
        "wa": "500",
        "rd": "1",
        "rw": "50",
    }


def test_mark_up():
    dearer = Item("Usługa", "A", 1000, 1000, 1000, discount=Discount(200, is_markup=True))
    receipt = FiscalReceipt((dearer,), (), 1300, discount=Discount(100, is_markup=True))
    assert frames(receipt, "trline")[0]["rd"] == "0"
    assert frames(receipt, "trdiscntbill") == [{"rd": "0", "rw": "100"}]


def test_a_reference_alone_leaves_the_people_as_they_are():
    receipt = FiscalReceipt((MILK,), (), 873, reference="K1-17")
    assert frames(receipt, "ftrcfg") == [{"sn": "K1-17"}]


@pytest.mark.parametrize("kind", TenderKind)
def test_every_kind_of_payment_has_its_number(kind):
    receipt = FiscalReceipt((MILK,), (Tender(kind, 873),), 873)
    number = int(frames(receipt, "trpayment")[0]["ty"])
    assert number in {0, 2, 3, 4, 5, 6, 7, 8}


def test_payment_numbers_differ():
    tenders = tuple(Tender(kind, 100) for kind in TenderKind)
    numbers = [found["ty"] for found in frames(FiscalReceipt((MILK,), tenders, 873), "trpayment")]
    assert len(set(numbers)) == len(TenderKind)


@pytest.mark.parametrize(("letter", "number"), [("A", "0"), ("G", "6")])
def test_rates(letter, number):
    receipt = FiscalReceipt((Item("x", letter, 1, 1000, 1),), (), 1)
    assert frames(receipt, "trline")[0]["vt"] == number


def test_what_looks_back_waits_for_what_it_looks_at():
    receipt = FiscalReceipt(
        (
            *(MILK, Packaging(50, 2), BREAD),
            LineDiscount("Mleko", "A", 873, Discount(73)),
            *(MILK, MILK),
            RateDiscount("A", Discount(100)),
            Subtotal(),
            Subtotal(Discount(10)),
            Packaging(50, 1, is_return=True),
            Packaging(50, 1, is_storno=True),
            Advance("A", 100, 500),
        ),
        (),
        1,
    )
    assert groups(receipt) == [
        ["trinit"],
        ["trline", "trpack", "trline"],
        ["trdiscntline"],
        ["trline", "trline"],
        ["trdiscntvat"],
        ["showsubtotal"],
        ["trdiscntsubtot"],
        ["trpack"],
        ["trpack"],
        ["tradvance"],
        ["trend"],
    ]
    assert frames(receipt, "trend") == [{"to": "1", "op": "50", "om": "50"}]


def test_packaging_is_paid_with_the_goods():
    receipt = FiscalReceipt(
        (MILK, Packaging(50, 2), Packaging(100, 1, is_return=True)),
        (Tender(TenderKind.CASH, 873),),
        873,
    )
    assert frames(receipt, "trend") == [{"to": "873", "op": "100", "om": "100", "fp": "873"}]


def test_foreign_money():
    receipt = FiscalReceipt(
        (MILK,),
        (
            CurrencyTender("EUR", 500, 42_000, 2100, "Euro"),
            CurrencyTender("USD", 100, 39_999, 400, is_change=True),
            Tender(TenderKind.CASH, 827, is_change=True),
        ),
        873,
    )
    assert groups(receipt)[2:] == [
        ["trpaymentcurr"],
        ["trpaymentcurr", "trpayment"],
        ["trend"],
    ]
    assert frames(receipt, "trpaymentcurr") == [
        {"wc": "500", "wa": "2100", "ra": "42000", "na": "Euro", "sb": "EUR"},
        {"wc": "100", "wa": "400", "ra": "39999", "na": "USD", "sb": "USD", "re": "1"},
    ]
    assert frames(receipt, "trend") == [{"to": "873", "fp": "2100", "re": "1227"}]


def test_lines_below_come_after_the_fiscal_part_one_by_one():
    lines = (FooterLine(3, "17/2026"), FooterLine(0, "Zapraszamy", is_wide=True, is_high=True))
    receipt = FiscalReceipt((MILK,), (), 873, footer=lines)
    assert groups(receipt)[-4:] == [["trend"], ["trftrln"], ["trftrln"], ["trftrend"]]
    assert frames(receipt, "trend") == [{"to": "873", "fe": "0"}]
    assert frames(receipt, "trftrln") == [
        {"id": "3", "na": "17/2026"},
        {"id": "0", "na": "Zapraszamy", "sw": "1", "sh": "1"},
    ]


def test_one_line_below_knows_marks_and_one_only_its_own_look():
    lines = (FooterLine(41, "A&B", is_wide=True), FooterLine(42, "A&B", is_wide=True))
    receipt = FiscalReceipt((MILK,), (), 873, footer=lines)
    assert frames(receipt, "trftrln") == [{"id": "41", "na": "&bA&&B&b"}, {"id": "42", "na": "A&B"}]


def test_codes_below():
    receipt = FiscalReceipt((MILK,), (), 873, barcode="K1000017", qr="https://a.example/17")
    assert groups(receipt)[:3] == [["qrcode"], ["ftrcfg"], ["trinit"]]
    assert frames(receipt, "qrcode") == [{"tx": "https://a.example/17"}]
    assert frames(receipt, "ftrcfg") == [{"bc": "K1000017", "bb": "2"}]


def test_the_buyer_of_an_electronic_receipt_is_set_once_it_is_open():
    receipt = FiscalReceipt((MILK,), (), 873, buyer_id="123456789012345")
    assert groups(receipt)[:3] == [["trinit"], ["eparagonidznext"], ["trline"]]
    assert frames(receipt, "eparagonidznext") == [{"id": "123456789012345"}]


def test_what_the_older_generation_does_otherwise():
    tenders = (Tender(TenderKind.TRANSFER, 873), Tender(TenderKind.TRANSFER, 1, "ING"))
    receipt = FiscalReceipt((MILK,) * 101, tenders, 873)
    old = [each.frame for group in receipt_frames(receipt, Generation.OLD) for each in group]
    assert dict(old[0].fields) == {"bm": "0"}
    assert [dict(each.fields) for each in old if each.mnemonic == "trpayment"] == [
        {"ty": "6", "wa": "873", "na": "Przelew"},
        {"ty": "6", "wa": "1", "na": "ING"},
    ]
    assert frames(receipt, "trinit") == [{"bm": "1"}]
    few = FiscalReceipt((MILK,) * 100, (), 873)
    assert receipt_frames(few, Generation.OLD)[0][0].frame.get("bm") == "1"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"items": (MILK,) * 501}, 2052),
        ({"items": (MILK,) * 121, "invoice": Invoice("1", Buyer("x", "1"))}, 2052),
        ({"footer": (FooterLine(25, "x"),) * 61}, 2703),
    ],
)
def test_what_is_too_long_is_refused_before_anything_is_sent(changes, code):
    receipt = replace(FiscalReceipt((MILK,), (), 873), **changes)
    with pytest.raises(Refused) as caught:
        receipt_frames(receipt)
    assert (caught.value.code, caught.value.why) == (code, Why.RECEIPT_FULL)


def test_the_longest_that_pass():
    longest = FiscalReceipt((MILK,) * 500, (), 1, footer=(FooterLine(25, "x"),) * 60)
    assert len(frames(longest, "trline")) == 500
    invoice = FiscalReceipt((MILK,) * 120, (), 1, invoice=Invoice("1", Buyer("x", "1")))
    assert len(frames(invoice, "trline")) == 120
    assert len(receipt_frames(FiscalReceipt((MILK,) * 600, (), 1), Generation.OLD)[1]) == 600
