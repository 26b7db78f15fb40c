from __future__ import annotations

import pytest

from backoffice.csvfile import CellFault, column_of, read_sheet
from backoffice.errors import NotFound


def test_cells_become_what_their_fields_are():
    sheet = read_sheet(
        "products",
        "\ufeffid;name;vat;price_gr;unit;plu;barcodes;is_open_price;is_active\r\n"
        '1;"Mleko; świeże";C;429;szt;;5901234123457|5907654321098;nie;TAK\r\n'
        "\r\n"
        "2;Kefir;C;279;szt;2;;;\r\n",
    )
    assert sheet.faults == []
    assert sheet.lines == [2, 4]
    assert sheet.rows == [
        {
            "id": "1", "name": "Mleko; świeże", "vat": "C", "price_gr": 429, "unit": "szt",
            "barcodes": ["5901234123457", "5907654321098"], "is_open_price": False,
            "is_active": True,
        },
        {"id": "2", "name": "Kefir", "vat": "C", "price_gr": 279, "unit": "szt", "plu": "2"},
    ]  # fmt: skip


def test_commas_separate_too():
    assert read_sheet("units", "id,name\nkg,kg\n").rows == [{"id": "kg", "name": "kg"}]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1;Mleko;C;4,29;szt;", CellFault(2, "price_gr", "'4,29' is not a whole number")),
        ("1;Mleko;C;1;szt;moze", CellFault(2, "is_active", "'moze' is neither true nor false")),
        ("1;Mleko;C;1", CellFault(2, "-", "4 cells under 6 names")),
        ("1;Mleko;X;1;szt;", CellFault(2, "vat", "Expected `str` matching regex '^[A-G]$'")),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(line, fault):
    good = "2;Kefir;C;1;szt;"
    sheet = read_sheet("products", f"id;name;vat;price_gr;unit;is_active\n{line}\n{good}\n")
    assert sheet.faults == [fault]
    assert [row["id"] for row in sheet.rows] == ["2"]
    assert sheet.lines == [3]


def test_all_bad_cells_of_a_line_are_named():
    sheet = read_sheet("products", "id;name;vat;price_gr;unit;is_active\n1;M;C;a;szt;b\n")
    assert [fault.column for fault in sheet.faults] == ["price_gr", "is_active"]


@pytest.mark.parametrize(
    ("header", "columns"),
    [("id;nazwa", ["nazwa"]), ("name", ["id"]), ("id;name;name", ["name"]), ("", ["id"])],
)
def test_a_bad_header_stops_the_file(header, columns):
    sheet = read_sheet("units", f"{header}\nx;y\n")
    assert [(fault.line, fault.column) for fault in sheet.faults] == [(1, it) for it in columns]
    assert sheet.rows == []


def test_a_header_of_nothing_but_separators_is_told_once():
    """Compared column by column it would take hours."""
    faults = read_sheet("units", ";" * 200_000).faults
    assert [(fault.line, fault.column) for fault in faults] == [(1, "-"), (1, "id"), (1, "")]


def test_a_quote_that_never_ends_is_a_fault_of_its_line():
    sheet = read_sheet("units", 'id;name\nkg;kg\nl;"l\n')
    assert [fault.line for fault in sheet.faults] == [3]


def test_a_pin_leaves_only_its_hash():
    sheet = read_sheet("users", "id;identifier;name;role;pin\n1;1;Anna;kasjer;4711\n")
    assert sheet.rows[0].pop("pin_hash").startswith("$scrypt$ln=14,r=8,p=1$")
    assert sheet.rows == [{"id": "1", "identifier": "1", "name": "Anna", "role": "kasjer"}]
    sheet = read_sheet("users", "id;identifier;name;role;pin\n1;1;Anna;kasjer;47x1\n")
    assert "4 to 8 digits" in str(sheet.faults[0])
    assert "47x1" not in str(sheet.faults[0])
    assert read_sheet("units", "id;pin\n1;2\n").faults[0].column == "pin"


def test_an_unknown_set_is_not_found():
    with pytest.raises(NotFound):
        read_sheet("goods", "id\n")


def test_paths_lead_to_columns():
    assert [column_of(it) for it in ("$.vat", "$.barcodes[1]", "$")] == ["vat", "barcodes", "$"]
