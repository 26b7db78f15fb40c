from __future__ import annotations

from decimal import Decimal

import pytest

from hw_emulator.posnet.books import Books
from hw_emulator.posnet.invoice_data import InvoiceData
from hw_emulator.posnet.invoice_layout import invoice, title
from hw_emulator.posnet.layout import fitted
from hw_emulator.posnet.transaction import Line, Transaction


@pytest.fixture
def books():
    return Books(nip="5222628262", header="Sklep", rates_bp=[2300, 800, 10_000, *[10_100] * 4])


@pytest.fixture
def transaction():
    document = Transaction(kind=33)
    document.add(Line("Kawa", 0, 1000, Decimal("1.5"), 1500, -150, False, 1000, "VIP", "kg"))
    document.add(Line("Znaczek", 2, 390, Decimal(1), 390, 0, is_storno=False))
    return document


def test_every_line_of_an_invoice(books, transaction):
    data = InvoiceData(number="1", buyer="Jan\nKowalski", buyer_nip="7", payment_form="karta")
    assert fitted(invoice(books, transaction, data), 40) == [
        "nr: 1",
        "Nabywca:",
        "Jan",
        "Kowalski",
        "NIP: 7",
        "Sprzedawca:",
        "Sklep",
        "            NIP: 5222628262",
        "- - - - - - - - - - - - - - - - - - - -",
        "Kawa",
        "  1,5 kg x 10,00                   15,00",
        "OPUST VIP 10,00 %                  -1,50",
        "  PTU A 23,00 %                     2,52",
        "  Wartość netto:                   10,98",
        "Znaczek",
        "  1 x 3,90                          3,90",
        "  PTU C zw.                         0,00",
        "  Wartość netto:                    3,90",
        "- - - - - - - - - - - - - - - - - - - -",
        "VAT%         w.netto     w.VAT  w.brutto",
        "- - - - - - - - - - - - - - - - - - - -",
        "A 23           10,98      2,52     13,50",
        "C zw.           3,90      0,00      3,90",
        "RAZEM          14,88      2,52     17,40",
        "- - - - - - - - - - - - - - - - - - - -",
        "Do zapłaty PLN                     17,40",
        "Słownie:",
        "siedemnaście PLN 40/100",
        "Forma płatności:                   karta",
    ]


def test_titles():
    assert title(InvoiceData(number="7"), "KOPIA") == ["FAKTURA 7", "                 KOPIA"]
    assert title(InvoiceData(title="Rachunek", number="7", marks_copies=False), "KOPIA") == [
        "Rachunek 7"
    ]
