from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.goods import reading
from backoffice.goods.columns import known
from backoffice.goods.reading import read
from terminal.sync import wire

SHOP = known(
    {"szt": wire.Unit("szt", "szt.")},
    {"d": wire.Category("d", "Nabiał")},
    {"A": wire.VatRate("A", 2300)},
)
IPOS = ";12;;5901234123457;Żółty ser;T;szt.;0;A;12,50;Nabiał;GTU_02\r\n"


def told(sheet):
    return [(it.line, it.column, it.typed) for it in sheet.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_found(encoding, separator):
    sheet = read(IPOS.replace(";", separator).encode(encoding), SHOP)
    assert sheet.faults == []
    (line,) = sheet.lines
    assert line.fields == {
        "id": None, "plu": "12", "external_id": None, "barcodes": ["5901234123457"],
        "name": "Żółty ser", "kind": "goods", "unit": "szt", "precision": 0, "vat": "A",
        "price_gr": 1250, "category": "d", "gtu": "GTU_02",
    }  # fmt: skip


def test_a_header_may_choose_columns_and_commas_may_part_cells():
    sheet = read(b'name,barcodes,price\n"Ser","590123,5901234","1,50"\n', SHOP)
    assert sheet.lines[0].fields == {
        "name": "Ser", "barcodes": ["590123", "5901234"], "price_gr": 150,
    }  # fmt: skip


def test_each_bad_cell_is_said_with_its_line_and_column_and_the_rest_is_read():
    text = "Nazwa;Cena;VAT\nSer;1,50;A\nMleko;dużo;Z\n\nMasło;2;A\nX;1;A;za dużo\n"
    sheet = read(text.encode(), SHOP)
    assert [line.number for line in sheet.lines] == [2, 5]
    assert told(sheet) == [(3, "Cena", "dużo"), (3, "VAT", "Z"), (6, "", "za dużo")]
    assert sheet.wrong == 2


def test_a_cell_of_several_lines_counts_as_they_stand_in_the_file():
    sheet = read(b'Nazwa;Cena\n"a\nb";1\nSer;x\n', SHOP)
    assert told(sheet) == [(4, "Cena", "x")]


def test_what_an_export_guarded_is_bare_again():
    assert read(b"Nazwa\n'=SUM(1)\n", SHOP).lines[0].fields == {"name": "=SUM(1)"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n\r\n",
        b"PK\x03\x04rest",
        b"\x81\x81;\x81",
        b"a\0b;c",
        b"Nazwa;Nazwa\nSer;Ser\n",
        b'Nazwa;Cena\n"Ser;1\n',
        b"Nazwa\n" + b"x" * 200_000 + b"\n",
    ],
)
def test_what_is_no_sheet_is_one_fault(content):
    sheet = read(content, SHOP)
    assert (len(sheet.faults), sheet.wrong) == (1, 1)
    assert sheet.lines == []


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "LINES_MAX", 3)
    sheet = read(b"Nazwa\na\nb\nc\nd\n", SHOP)
    assert "3" in str(sheet.faults[0].reason)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(content):
    sheet = read(content, SHOP)
    assert sheet.lines or sheet.faults
