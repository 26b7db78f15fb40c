from __future__ import annotations

import csv
from io import StringIO

import pytest

from terminal.reports.csv_file import csv_bytes, safe
from terminal.reports.sheet import Column, Sheet, Unit

COLUMNS = (Column("Product", Unit.TEXT), Column("Quantity", Unit.QTY), Column("Gross", Unit.MONEY))


def rows_of(*rows, total=()):
    made = csv_bytes(Sheet("x", "Title", "2026-11-23", COLUMNS, rows, total))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.endswith(b"\r\n")
    return list(csv.reader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_title_heads_rows_sum():
    found = rows_of(("Żółty ser", 1_500, 123_456), total=("Total", None, -5))
    assert found == [
        ["Title", "2026-11-23"],
        ["Product", "Quantity", "Gross"],
        ["Żółty ser", "1,500", "1234,56"],
        ["Total", "", "-0,05"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+48", "-A", "@x", "\t=x", "  =x", "\r=x"])
def test_a_name_is_never_a_formula(name):
    assert safe(name) == f"'{name}"
    assert rows_of((name, 1, 1))[2][0].startswith("'")


def test_semicolons_quotes_and_line_ends_stay_in_their_cell():
    name = 'a;b"c\nd'
    assert rows_of((name, 0, 0))[2][0] == name
