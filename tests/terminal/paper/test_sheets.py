from __future__ import annotations

from terminal.paper.sheets import sheet_slip
from terminal.reports.sheet import Column, Sheet, Unit

COLUMNS = (
    Column("Product", Unit.TEXT),
    Column("Lines", Unit.COUNT),
    Column("Quantity", Unit.QTY),
    Column("Unit", Unit.TEXT),
    Column("Gross", Unit.MONEY),
)


def test_names_and_amounts_first_the_rest_below():
    rows = (("Ser", 2, 1_500, "kg", 4_485),)
    sheet = Sheet("x", "Sales", "2026-11-23", COLUMNS, rows, ("Total", 2, None, "", 4_485))
    slip = sheet_slip(sheet, "T1", "Anna", "2026-11-23T10:00:00+01:00")
    shown = [(row.text, row.right) for row in slip.rows]
    assert ("Ser", "44,85") in shown
    assert ("  Lines 2, Quantity 1,5", "") in shown
    assert shown[-3:-1] == [("Total", "44,85"), ("  Lines 2", "")]


def test_a_row_that_begins_with_its_number():
    columns = (Column("No.", Unit.COUNT), Column("Made", Unit.TEXT), Column("Gross", Unit.MONEY))
    sheet = Sheet("x", "Daily reports", "", columns, ((7, "2026-11-22 21:00", 349),))
    slip = sheet_slip(sheet, "T1", "Anna", "2026-11-23T10:00:00+01:00")
    assert ("7 2026-11-22 21:00", "3,49") in [(row.text, row.right) for row in slip.rows]
