from __future__ import annotations

import pytest

from backoffice.goods.columns import COLUMNS, BadCell, known, of_header
from terminal.sync import wire

SHOP = known(
    {"szt": wire.Unit("szt", "szt."), "k": wire.Unit("k", "kg", 3)},
    {"d": wire.Category("d", "Nabiał"), "e": wire.Category("e", "Nabiał")},
    {"A": wire.VatRate("A", 2300), "C": wire.VatRate("C", 500), "F": wire.VatRate("F", 10_100)},
)  # fmt: skip
BY_FIELD = {column.field: column for column in COLUMNS}


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("plu", "12", "12"),
        ("barcodes", "5901234123457, 590123", ["5901234123457", "590123"]),
        ("barcodes", "5901234123457|590123", ["5901234123457", "590123"]),
        ("kind", "u", "service"),
        ("unit", "SZT.", "szt"),
        ("unit", "k", "k"),
        ("vat", "c", "C"),
        ("vat", "23%", "A"),
        ("vat", "5", "C"),
        ("price_gr", "12,50", 1250),
        ("price_gr", "1 234.5 zł", 123450),
        ("category", "nabial", "d"),
        ("category", "e", "e"),
        ("gtu", "gtu_7", "GTU_07"),
        ("gtu", "12", "GTU_12"),
        ("is_open_price", "TAK", True),
        ("is_active", "0", False),
        ("min_age", "18", 18),
        ("precision", "3", 3),
    ],
)
def test_cells_are_read_as_people_write_them(field, cell, value):
    assert BY_FIELD[field].read(cell, SHOP) == value


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("plu", "012"),
        ("plu", "١٢"),
        ("plu", "1234567890"),
        ("barcodes", "5,90E+12"),
        ("barcodes", ",".join(["590123"] * 51)),
        ("kind", "X"),
        ("unit", "litr"),
        ("vat", "8%"),
        ("vat", "H"),
        ("price_gr", "darmo"),
        ("price_gr", "-1"),
        ("price_gr", "999999999999"),
        ("category", "Ryby"),
        ("gtu", "14"),
        ("is_active", "może"),
        ("min_age", "stary"),
        ("precision", "4"),
    ],
)
def test_what_a_column_does_not_hold_is_said(field, cell):
    with pytest.raises(BadCell) as caught:
        BY_FIELD[field].read(cell, SHOP)
    assert str(caught.value)


ROWS = (
    wire.Product("p", "Ser", "A", 1250, "k", "7", ["590123", "5901234"], "e", min_age=18),
    wire.Product("p", "Ser", "C", 0, "szt", "", [], "d", True, False, 0, "X-1", "recipe", "GTU_01"),
)


@pytest.mark.parametrize("row", ROWS, ids=["kg", "recipe"])
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
def test_what_is_written_can_be_read_back(column, row):
    cell = str(column.written(row, SHOP))
    if column.field == "precision":
        assert column.read(cell, SHOP) == SHOP.units[row.unit].precision
        return
    wanted = getattr(row, column.field)
    assert (column.read(cell, SHOP) if cell else type(wanted)()) == wanted


def test_a_header_names_columns_in_any_order():
    found = of_header(["CENA", "nazwa", "Internal ID", "stawka_vat"])
    assert [column.field for column in found] == ["price_gr", "name", "id", "vat"]


def test_a_first_line_of_values_is_no_header():
    assert of_header(["", "12", "", "590123", "Mleko", "T"]) is None


@pytest.mark.parametrize("cells", [["Nazwa", "Kolor"], ["Nazwa", "name"], ["Nazwa", ""]])
def test_a_header_that_is_not_understood_is_refused(cells):
    with pytest.raises(BadCell):
        of_header(cells)
