from __future__ import annotations

import pytest

from terminal.reports.sheet import Column, Sheet, Unit, shown


@pytest.mark.parametrize(
    ("cell", "unit", "text"),
    [
        (123_456, Unit.MONEY, "1 234,56"),
        (-5, Unit.MONEY, "-0,05"),
        (1_234_500, Unit.QTY, "1 234,5"),
        (2_000, Unit.QTY, "2"),
        (1_234, Unit.COUNT, "1 234"),
        ("Mleko", Unit.TEXT, "Mleko"),
        ("", Unit.MONEY, ""),
        (None, Unit.QTY, ""),
    ],
)
def test_figures_as_people_read_them(cell, unit, text):
    assert shown(cell, unit) == text


def test_heads_are_translated_when_they_are_shown():
    assert Sheet("x", "", "", (Column("Gross", Unit.MONEY),), ()).heads() == ("Gross",)
