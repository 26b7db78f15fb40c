from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import amounts


@pytest.mark.parametrize(
    ("amount_gr", "shown"),
    [
        (0, "0,00"),
        (5, "0,05"),
        (123456, "1 234,56"),
        (-199, "-1,99"),
        (9_999_999_999, "99 999 999,99"),
    ],
)
def test_zloty(amount_gr, shown):
    assert amounts.zloty(amount_gr) == shown


@pytest.mark.parametrize(
    ("qty_milli", "precision", "shown"),
    [(1000, 0, "1"), (2500, 0, "2,5"), (2500, 3, "2,500"), (5, 0, "0,005")],
)
def test_quantity(qty_milli, precision, shown):
    assert amounts.quantity(qty_milli, precision) == shown


def test_percent():
    assert amounts.percent(1250) == "12,5 %"
    assert amounts.percent(500) == "5 %"


@pytest.mark.parametrize(
    ("text", "amount_gr"),
    [
        ("2000", 2000),
        ("20,", 2000),
        ("20,5", 2050),
        (",5", 50),
        ("0", 0),
        ("", None),
        (",", None),
        ("1,2,3", None),
        ("1,234", None),
        ("12345678901", None),
        ("²", None),
        ("1a", None),
    ],
)
def test_read_zloty(text, amount_gr):
    assert amounts.read_zloty(text) == amount_gr


def test_read_quantity_has_three_decimals_and_whole_units():
    assert amounts.read_quantity("3") == 3000
    assert amounts.read_quantity("1,255") == 1255
    assert amounts.read_quantity("1,2555") is None


def test_read_percent():
    assert amounts.read_percent("12,5") == 1250
    assert amounts.read_percent("7") == 700


@given(st.integers(0, 9_999_999_99))
def test_what_is_shown_can_be_typed(amount_gr):
    assert amounts.read_zloty(amounts.zloty(amount_gr).replace(" ", "")) == amount_gr
