from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from drivers.escpos.render import render
from drivers.escpos.setup import Accents, Setup, fit
from drivers.paper import Kind
from hw_emulator.escpos.device import EscPosPrinter
from hw_emulator.paper import Paper
from terminal import i18n
from terminal.paper.documents import closing_slip, mark, trial_slip, zloty
from terminal.store.outbox import Unsent
from terminal.sync.wire import ReportDoc, Shop

REPORT = ReportDoc(
    rid="r",
    terminal="T1",
    shop="lipa",
    at="2026-11-23T21:05:06.000+01:00",
    operator="Anna",
    printer_no="ABC 1234567890",
    report_no=17,
    receipts=42,
    cancelled=1,
    printer_gr=[123456, 0, 3490, 0, 0, 0, 0],
    local_gr=[123456, 0, 3490, 0, 0, 0, 0],
    route="terminal",
    first_seq=1,
    last_seq=60,
)
SHOP = Shop("shop", "Kowalska i córki", "5261040828", "Pod Lipą", "Źródlana 3", "00-950", "Łódź")
UNSENT = Unsent(2, "2026-11-23T20:00:00.000+01:00", 0)
HEAD = "0123abcd" * 8


@pytest.fixture
def polish():
    i18n.use_language("pl")
    yield
    i18n.use_language("en")


def printed(slip, columns=32, profile="POS-5890") -> str:
    device = EscPosPrinter(Paper(), columns, family="zjiang")
    fitting = fit(Setup(profile=profile, accents=Accents.TRANSLITERATE))
    device.connect(lambda _: None, 1)(render(slip, fitting))
    return device.paper.text


def amounts(slip):
    return {row.text: row.right for row in slip.rows if row.right}


def test_the_day_close_in_figures():
    slip = closing_slip(REPORT, SHOP, UNSENT, HEAD, ("Receipt header not changed",))
    assert slip.title == "Day close, daily report 17"
    assert amounts(slip) == {
        "Date": "2026-11-23 21:05",
        "Till": "T1",
        "Operator": "Anna",
        "Fiscal printer": "ABC 1234567890",
        "Receipts": "42",
        "Cancelled receipts": "1",
        "VAT rate A": "1 234,56",
        "VAT rate C": "34,90",
        "Total": "1 269,46",
        "Not sent to the back office": "2",
        "Control number": "0123abcd",
    }
    texts = [row.text for row in slip.rows]
    assert texts.count("NOT A FISCAL DOCUMENT") == 2
    assert {"Kowalska i córki", "Pod Lipą", "Źródlana 3", "00-950 Łódź", "NIP 5261040828"} <= {
        *texts
    }
    assert "Receipt header not changed" in texts


def test_a_difference_stands_out():
    report = msgspec.structs.replace(REPORT, local_gr=[123455, 0, 3490, 500, 0, 0, 0])
    slip = closing_slip(report, None, UNSENT, HEAD, ())
    counted = [row for row in slip.rows if "counted by the till" in row.text]
    assert [(row.right, row.is_bold) for row in counted] == [("1 234,55", True), ("5,00", True)]
    assert amounts(slip)["VAT rate D"] == "0,00"


def test_a_report_made_at_the_printer_is_not_held_against_us():
    report = msgspec.structs.replace(REPORT, local_gr=[0] * 7, route="external", operator="")
    slip = closing_slip(report, None, UNSENT, HEAD, ())
    assert not any("counted by" in row.text for row in slip.rows)
    assert "Operator" not in amounts(slip)


def test_it_fits_the_narrowest_paper(polish):
    text = printed(closing_slip(REPORT, SHOP, UNSENT, HEAD, ("Nagłówek nie zmieniony: brak",)))
    assert all(len(line) <= 32 for line in text.splitlines())
    assert "Stawka PTU A            1 234,56" in text
    assert text.count("NIEFISKALNY") == 2
    assert "Zamknięcie dnia" in text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", "DUPLIKAT / WYDRUK PONOWNY"),
        ("en", "DUPLICATE / REPRINT"),
        ("fr", "DUPLICATA / RÉIMPRESSION"),
        ("es", "DUPLICADO / REIMPRESIÓN"),
    ],
)
def test_the_mark_of_a_second_paper(language, expected):
    i18n.use_language(language)
    try:
        assert mark() == expected
        text = printed(replace(trial_slip((), "ą", "2026-11-23T10:00"), mark=mark()))
    finally:
        i18n.use_language("en")
    assert text.replace("\n", " ").split()[0] == expected.split()[0]


def test_a_test_printout_shows_what_a_technician_asks_about():
    about = (("TM-T20II", "CP852"), ("tcp://10.0.0.7:9100", ""))
    slip = trial_slip(about, "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż", "2026-11-23T10:00:00")
    kinds = {row.kind for row in slip.rows}
    assert kinds == {Kind.TEXT, Kind.RULE, Kind.BARCODE, Kind.QR, Kind.LOGO}
    text = printed(slip)
    assert "TM-T20II                   CP852" in text
    assert "tcp://10.0.0.7:9100" in text
    assert "12345678901234567890123456789012\n" in text
    assert "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż" in text
    assert "[EAN13" not in text  # this printer draws none: it is text
    assert "5901234123457" in text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0,00"), (5, "0,05"), (123456, "1 234,56"), (-100, "-1,00"), (10**9, "10 000 000,00")],
)
def test_amounts(amount, text):
    assert zloty(amount) == text


def test_invoices_are_counted_apart_and_in_the_total():
    i18n.use_language("en")
    report = msgspec.structs.replace(
        REPORT, invoices=2, printer_invoice_gr=[5000, 0, 0, 0, 0, 0, 0]
    )
    rows = [
        (row.text, row.right)
        for row in closing_slip(report, SHOP, UNSENT, HEAD, ()).rows
        if hasattr(row, "text")
    ]
    assert ("Invoices: 2", "50,00") in rows
    assert ("Total", "1 319,46") in rows
