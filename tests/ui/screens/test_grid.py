"""Goods and categories by two digits."""

from __future__ import annotations

import pytest

from terminal.store.grid import Cell
from tests.ui.fake_till import ARTICLES
from ui.screens.grid import Category, QuickKeys
from ui.screens.selling import Selling

MILK, BREAD, CHEESE, SERVICE, *_, VODKA = ARTICLES


@pytest.fixture
def keys(till):
    till.shelf.keys = [
        Cell(1, 7, "Mleko", MILK),
        Cell(1, 12, "Gouda", CHEESE),
        Cell(1, 31, "Pieczywo", category="bread"),
        Cell(2, 1, "Wódka", VODKA),
    ]
    till.shelf.categories = {
        "": [Cell(1, 1, "Jedzenie", category="bread")],
        "bread": [Cell(1, 1, "Chleb żytni", BREAD), Cell(1, 2, "Usługa", SERVICE)],
    }


pytestmark = pytest.mark.usefixtures("keys")


async def test_comma_and_two_digits_sell(sale, till):
    sale.keys(",")
    text = await sale.until("Quick keys   page 1 of 2", "07 Mleko", "12 Gouda", "31 Pieczywo >")
    assert max(map(len, text.splitlines())) == 80
    sale.keys("0", "7")
    await sale.until("1 item")
    assert isinstance(sale.app.desk.page, Selling)
    assert till.receipt.lines[0].product == MILK.id


async def test_a_quantity_goes_with_it_also_through_a_category(sale, till):
    sale.keys("3", "*", ",")
    await sale.until("3 × Number: _")
    sale.keys("3", "1")
    await sale.until("01 Chleb żytni", "3 × Number")
    assert isinstance(sale.app.desk.page, Category)
    sale.keys("1", "enter")
    await sale.until("3 szt × 5,20")
    assert isinstance(sale.app.desk.page, Selling)


async def test_the_second_page_and_the_age(sale, till):
    sale.keys(",", "down")
    await sale.until("page 2 of 2", "01 Wódka")
    sale.keys("0", "1")
    await sale.until("18 or older")
    sale.keys("enter")
    await sale.until("1 item")
    assert till.receipt.lines[0].product == VODKA.id


async def test_a_weight_and_a_price_are_asked(sale, till):
    sale.keys(",", "1", "2")
    await sale.until("Weight of Ser gouda")
    sale.keys("0", ",", "5", "enter")
    await sale.until("0,5 kg")
    sale.keys(",", "3", "1", "0", "2")
    await sale.until("Price of Usługa")


async def test_comma_again_is_the_tree_and_esc_goes_back_step_by_step(sale, till):
    sale.keys(",", ",")
    await sale.until("Categories", "01 Jedzenie >")
    sale.keys("0", "1")
    await sale.until("02 Usługa", "Jedzenie")
    sale.keys("esc")
    await sale.until("Categories")
    sale.keys("esc")
    await sale.until("Quick keys")
    sale.keys("esc")
    await sale.until("Code: _")
    assert not till.receipt.lines


async def test_a_number_that_nothing_lies_at(sale, till):
    sale.keys(",", "9", "9")
    await sale.until("There is nothing at 99", "Number: _")
    sale.keys("0", "esc")
    await sale.until("Number: _")
    assert isinstance(sale.app.desk.page, QuickKeys)
    assert not till.receipt.lines


async def test_a_scan_is_sold_and_never_a_number(sale, till):
    sale.keys(",", "0").scan("5900000000002")
    await sale.until("Chleb", "1 item")
    assert isinstance(sale.app.desk.page, Selling)
    assert [line.qty_milli for line in till.receipt.lines] == [1000]


async def test_a_shop_without_quick_keys_has_its_categories(sale, till):
    till.shelf.keys = []
    sale.keys(",")
    await sale.until("Categories", "01 Jedzenie >")
    sale.keys("esc")
    await sale.until("Code: _")


async def test_ninety_nine_keys_fit_on_one_page(sale, till):
    till.shelf.keys = [Cell(1, no, f"Towar numer {no}", MILK) for no in range(1, 100)]
    sale.keys(",")
    text = await sale.until("01 Towar", "99 Towar")
    assert max(map(len, text.splitlines())) == 80
    assert len(text.splitlines()) == 25
