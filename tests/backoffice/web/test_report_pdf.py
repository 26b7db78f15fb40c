from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from backoffice.company_data import Seat
from backoffice.day_figures import Count, Letter
from backoffice.day_reports import Month, Report
from backoffice.web import report_pdf
from backoffice.web.i18n import speaking
from terminal.sync import wire

SHOP = wire.Shop(
    "lipa",
    "Żółta Gęś & Syn <b> sp. z o.o.",
    "1234563218",
    "Sklep pod Lipą",
    "Łąkowa 5",
    "00-950",
    "Łódź",
)

SEAT = Seat("Rynek 1", "30-001", "Kraków", "12 345 67 89")


def report(books, **changes):
    told = books().report(
        41, 12_345, receipts=7, cancelled=2, cancelled_gr=500, printed_at="2026-03-01T21:03:00",
        first_at="2026-03-01T08:01:00+01:00", last_at="2026-03-01T20:59:00+01:00",
        discounts_gr=[0, 0, 99, 0, 0, 0, 0], running=wire.RunningTotal(987_654, 321, 70), **changes,
    )  # fmt: skip
    row = SimpleNamespace(
        shop="lipa", report_no=41, at=told.at, receipts=7, cancelled=2, printer_total_gr=12_345,
        local_total_gr=12_345,
    )  # fmt: skip
    letters = [Letter("C", 500, 12_345, 12_345, 12_000, 588)]
    return Report(row, told, letters, [], Count({}, {}, 7, 0), None)


def texts(made):
    return [page.extract_text() for page in PdfReader(BytesIO(made)).pages]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", ["KOPIA – TO NIE JEST DOKUMENT FISKALNY", "Raport dobowy 41", "Razem"]),
        ("en", ["COPY – NOT A FISCAL DOCUMENT", "Daily report 41", "Total"]),
        ("fr", ["COPIE – PAS UN DOCUMENT FISCAL"]),
        ("es", ["COPIA – NO ES UN DOCUMENTO FISCAL"]),
    ],
)
def test_a_day_reads_back_with_its_letters(books, language, said):
    with speaking(language):
        (text,) = texts(report_pdf.of_day(report(books), SHOP, SEAT))
    known = [
        "Rynek 1, 30-001 Kraków",
        "12 345 67 89",
        "Żółta Gęś & Syn <b> sp. z o.o.",
        "1234563218",
        "Sklep pod Lipą",
        "Łąkowa 5",
        "Łódź",
    ]
    for each in (*said, *known, "ZBF 2301000001", "K1", "C 5%"):
        assert each in text


def test_figures_stand_in_their_columns(books):
    with speaking("pl"):
        text = texts(report_pdf.of_day(report(books), SHOP, SEAT))[0].replace("\u00a0", " ")
    assert "123,45 zł" in text
    assert "120,00 zł ≠" in text
    assert "5,88 zł" in text
    assert "9876,54 zł" in text.replace("9 876", "9876")


def test_a_month_names_its_gaps_and_goes_on_over_pages(books):
    many = [report(books) for _ in range(90)]
    month = Month("ZBF 1", "K1", "lipa", many, [(3, 3), (6, 8)], many[0].receipts, [])
    with speaking("pl"):
        pages = texts(report_pdf.of_month("2026-03", [month], {"lipa": SHOP}, SEAT))
        empty = texts(report_pdf.of_month("2026-04", [], {}, SEAT))[0]
    assert len(pages) > 1
    assert all("to nie jest dokument fiskalny" in page for page in pages)
    whole = "\n".join(pages)
    for each in ("Brakuje raportu 3.", "Brakuje raportów od 6 do 8.", "ZBF 1", "2026-03"):
        assert each in whole
    assert "nie ma raportu" in empty


def test_without_a_shop_and_with_hostile_words_there_is_still_a_page(books):
    made = report_pdf.of_day(report(books, operator="<para>", route="terminal"), None, Seat())
    assert "41" in texts(made)[0]
