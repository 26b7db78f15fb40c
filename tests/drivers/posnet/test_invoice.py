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
    Note,
    Packaging,
    Subtotal,
    Tender,
    TenderKind,
)
from drivers.posnet.generation import Generation
from drivers.posnet.receipt import receipt_frames

COFFEE = Item("Kawa", "A", 1000, 1000, 1000, discount=Discount(100))
INVOICE = Invoice(
    "FV 7/2026",
    Buyer("Jan Kowalski\nSklep & Syn", "1234563218", "Śliwkowa 12\nWarszawa"),
    title="FAKTURA",
    copies=1,
    notes=(
        (Note.CASH_METHOD, ()),
        (Note.EXEMPT, ("art. 43 ust. 1",)),
        (Note.ENFORCEMENT, ("Komornik", "Dłużnik")),
        (Note.TRANSPORT, ("2026-01-02", "123,5")),
        (Note.OTHER_MARGIN, ("towary używane", "antyki")),
    ),
    lines=("Zamówienie A&B",),
)
RECEIPT = FiscalReceipt(
    (COFFEE,), (Tender(TenderKind.CARD, 900),), 900, invoice=INVOICE, reference="K1-17"
)


def sent(receipt, generation=Generation.ONLINE) -> list[list[tuple[str, dict[str, str]]]]:
    return [
        [(each.frame.mnemonic, dict(each.frame.fields)) for each in group]
        for group in receipt_frames(receipt, generation)
    ]


def test_an_invoice_line_by_line():
    assert sent(RECEIPT) == [
        [("ftrcfg", {"sn": "K1-17"})],
        [("trfvinit", {"nm": "FAKTURA", "cc": "1"})],
        [("trfvnumber", {"nb": "FV 7/2026", "sc": "0"})],
        [
            (
                "trfvbuyer",
                {
                    "na": "Jan Kowalski\nSklep & Syn",
                    "ni": "1234563218",
                    "ad": "Śliwkowa 12\nWarszawa",
                    "sc": "0",
                },
            )
        ],
        [("trfvcashmet", {"cm": "1", "sc": "2"})],
        [("trfvfree", {"fr": "1", "ba": "art. 43 ust. 1", "sc": "2"})],
        [("trfvexecution", {"ex": "1", "ed": "Komornik", "dd": "Dłużnik", "sc": "2"})],
        [("trfvtransport", {"tr": "1", "ad": "2026-01-02", "mi": "123,5", "sc": "2"})],
        [("trfvothergoods", {"og": "1", "gd": "towary używane\nantyki", "sc": "2"})],
        [("trfvfreedata", {"tx": "Zamówienie A&&B", "sc": "2"})],
        [
            (
                "trline",
                {"na": "Kawa", "vt": "0", "pr": "1000", "wa": "1000", "rd": "1", "rw": "100"},
            )
        ],
        [("trend", {"to": "900"})],
    ]


def test_every_note_has_its_command():
    for note in Note:
        details = ("x", "y", "z")
        invoice = replace(INVOICE, notes=((note, details),), lines=())
        (name, _), *_ = sent(replace(RECEIPT, invoice=invoice))[4]
        assert name.startswith("trfv"), note


def test_footer_lines_become_lines_of_the_invoice():
    groups = sent(replace(RECEIPT, footer=(FooterLine(0, "Dziękujemy"),)))
    names = [name for group in groups for name, _ in group]
    assert "trftrln" not in names
    assert groups[-3] == [("trfvfreedata", {"tx": "Dziękujemy", "sc": "2"})]
    assert groups[-1] == [("trend", {"to": "900"})]


def test_the_older_form():
    euro = CurrencyTender("EUR", 100, 42_000, 420)
    receipt = replace(RECEIPT, tenders=(*RECEIPT.tenders, euro, *RECEIPT.tenders))
    groups = sent(receipt, Generation.OLD)
    assert groups[1:] == [
        [
            (
                "trfvinit",
                {
                    "nb": "FV 7/2026",
                    "ni": "1234563218",
                    "na": "Jan Kowalski\nSklep & Syn\nŚliwkowa 12\nWarszawa",
                    "pt": "karta, EUR",
                    "cc": "1",
                },
            )
        ],
        groups[-2],
        [("trend", {"to": "900"})],
    ]


def test_an_advance_comes_off_an_invoice():
    groups = sent(replace(RECEIPT, items=(COFFEE, Advance("A", 400, 900)), total_gr=500))
    assert groups[-3:] == [
        groups[-3],
        [("tradvance", {"vt": "0", "pr": "400", "wa": "900"})],
        [("trend", {"to": "500"})],
    ]


@pytest.mark.parametrize(
    ("changes", "code", "why"),
    [
        ({"discount": Discount(10)}, 1991, Why.DISCOUNT),
        ({"items": (COFFEE, Subtotal(Discount(10)))}, 1991, Why.DISCOUNT),
        ({"items": (COFFEE, replace(COFFEE, is_storno=True))}, 1990, Why.DISCOUNT),
        ({"items": (COFFEE, Advance("A", 1, 1, is_storno=True))}, 1990, Why.DISCOUNT),
        ({"items": (COFFEE, Packaging(50, 1))}, 2060, Why.DOCUMENT_OPEN),
        ({"items": (COFFEE, Subtotal())}, 2060, Why.DOCUMENT_OPEN),
    ],
)
def test_what_no_invoice_takes_is_refused_before_anything_is_sent(changes, code, why):
    with pytest.raises(Refused) as caught:
        receipt_frames(replace(RECEIPT, **changes))
    assert (caught.value.code, caught.value.why) == (code, why)
