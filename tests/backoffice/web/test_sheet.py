from __future__ import annotations

import csv
import io
import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from backoffice.errors import BadRequest, TooLarge
from backoffice.web import sheet

HEADINGS = ["Nazwa", "Kwota", "Ilość", "Sztuk", "Dzień", "Czas"]
ROW = [
    'Żółć; "cudzysłów"', sheet.money(-1250), sheet.quantity(375), 7,
    date(2026, 3, 1), datetime(2026, 3, 1, 12, 0, 5),
]  # fmt: skip
FORMULAS = [
    *("=1+1", "+48123456789", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"),
    '=HYPERLINK("http://evil";"klik")',
]  # fmt: skip


def lines(made):
    with made:
        text = made.read().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def cells(made):
    with made:
        return [[cell.value for cell in row] for row in load_workbook(made).active.iter_rows()]


def test_a_csv_reads_back_with_commas_and_days():
    first, second = lines(sheet.as_csv(HEADINGS, [ROW]))
    assert first == HEADINGS
    assert second == [
        'Żółć; "cudzysłów"', "-12,50", "0,375", "7", "2026-03-01", "2026-03-01 12:00:05",
    ]  # fmt: skip


def test_an_xlsx_holds_real_numbers_and_days():
    first, second = cells(sheet.as_xlsx(HEADINGS, [ROW]))
    assert first == HEADINGS
    assert second == [
        'Żółć; "cudzysłów"', -12.5, 0.375, 7, datetime(2026, 3, 1), datetime(2026, 3, 1, 12, 0, 5)
    ]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(text):
    assert lines(sheet.as_csv(["A"], [[text]]))[1] == [f"'{text}"]
    with sheet.as_xlsx(["A"], [[text]]) as made:
        cell = load_workbook(made).active["A2"]
    assert cell.data_type == "s"
    assert unescape(cell.value) == text


def test_a_negative_amount_stays_a_number():
    assert lines(sheet.as_csv(["A"], [[sheet.money(-1)], [-5]]))[1:] == [["-0,01"], ["-5"]]


def test_hostile_letters_make_a_readable_file():
    text = "a\x00\x01\x1f\ufffe" + "x" * 40_000
    assert len(cells(sheet.as_xlsx(["A"], [[text]]))[1][0]) <= sheet.LETTERS_MAX + 100
    assert lines(sheet.as_csv(["A"], [[text]]))[1] == [text]


def test_texts_that_are_no_times_stay_texts():
    assert sheet.moment("2026-03-01T12:00:00+01:00") == datetime(2026, 3, 1, 12)
    assert sheet.moment("rano") == sheet.day("rano") == "rano"
    assert sheet.day("2026-03-01") == date(2026, 3, 1)
    assert str(sheet.money(5)) == "0.05"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(sheet, "ROWS_MAX", 2)
    with pytest.raises(TooLarge, match="2"):
        sheet.as_xlsx(["A"], [["a"]] * 3)
    assert len(cells(sheet.as_xlsx(["A"], [["a"]] * 2))) == 3


def test_a_download_says_what_it_is():
    answer = sheet.download("csv", "paragony", ["A"], [[Decimal("1.50")]])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="paragony.csv"'
    assert b"".join(answer.iterator) == "\ufeffA\r\n1,50\r\n".encode()
    with pytest.raises(BadRequest, match="csv or xlsx"):
        sheet.download("exe", "paragony", ["A"], [])


@pytest.mark.parametrize("write", [sheet.as_csv, sheet.as_xlsx])
def test_many_rows_take_no_more_memory_than_few(write):
    def peak(count):
        tracemalloc.start()
        write(HEADINGS, (ROW for _ in range(count))).close()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(6_000) < peak(1_000) + 300_000
