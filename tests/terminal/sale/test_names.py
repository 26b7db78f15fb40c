"""Names as the printer compares them, and the tax step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import EXEMPT
from hw_emulator.posnet import goods
from terminal.sale.line import Line
from terminal.sale.names import height, identity, is_told_apart, steps_up, twins

MILK = Line("milk", "1", "", "Mleko 3,2%", "szt.", 0, "C", 500, 349, 349, 1000)


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Coca-Cola", "cocacola"),
        ("coca cola", "cocacola"),
        ("COCA:COLA", "cocacola"),
        ("Żółć ĄĘŚŹŃĆŁÓ", "żółćąęśźńćłó"),
        ("Mleko 3,2% 1/2 l.", "mleko3,2%1/2l."),
        ("a\\b", "a\\b"),
        ("????", ""),
        ("", ""),
        ("茶", ""),
        ("№ ²", ""),
    ],
)
def test_what_counts_of_a_name(name: str, compared: str) -> None:
    assert identity(name) == compared
    assert is_told_apart(name) is bool(compared)


cp1250 = st.characters(codec="cp1250", exclude_categories=["Cc"])


@given(st.text(cp1250, max_size=40), st.text(cp1250, max_size=40))
def test_the_till_and_the_emulator_agree_about_who_is_one(left: str, right: str) -> None:
    """Written apart from each other. A sharp s has no capital in the printer's code page."""
    left, right = (text.replace("ß", "").replace("µ", "") for text in (left, right))
    ours = identity(left) == identity(right)
    assert ours == (goods.identity(left) == goods.identity(right))


def test_exempt_is_below_nothing() -> None:
    assert height(EXEMPT) < height(0) < height(500) < height(2300)


@pytest.mark.parametrize(
    ("known", "rate", "is_up"),
    [(500, 800, True), (800, 500, False), (800, 800, False), (EXEMPT, 0, True), (0, EXEMPT, False)],
)
def test_the_tax_step(known: int, rate: int, is_up: bool) -> None:
    assert steps_up(known, rate) is is_up


def test_twins_are_one_name_at_two_rates() -> None:
    same = replace(MILK, name="mleko - 3,2 %")
    other = replace(same, vat="A", rate_bp=2300)
    assert twins([MILK, same, replace(other, name="Mleko 3,2")]) is None
    assert twins([MILK, same, other]) == (MILK, other)
    assert twins([]) is None
