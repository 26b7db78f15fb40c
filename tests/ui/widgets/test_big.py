from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.amounts import zloty
from ui.widgets.big import HEIGHT, big


def test_three_rows_of_one_width():
    rows = big("1 234,56", 60)
    assert len(rows) == HEIGHT
    assert len({len(line) for line in rows}) == 1


def test_a_zero_looks_like_one():
    assert big("0", 3) == ("█▀█", "█ █", "▀▀▀")
    assert big("0", 6) == ("██▀▀██", "██  ██", "▀▀▀▀▀▀")


def test_too_narrow_for_figures_shows_the_plain_amount():
    assert big("1 234,56", 8) == ("", "1 234,56", "")


@given(st.integers(-999_999_999_99, 999_999_999_99))
def test_every_amount_can_be_drawn_in_54_cells(amount_gr):
    rows = big(zloty(amount_gr), 54)
    assert all(len(line) <= 54 for line in rows)
    assert any(line.strip() for line in rows)
