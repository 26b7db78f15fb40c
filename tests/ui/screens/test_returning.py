from __future__ import annotations

import pytest

from terminal.sale.entries import Wish
from tests.ui.screens.test_sale_details import put, receipt
from ui.screens.returning import REASONS, TITLES


@pytest.fixture
async def returning(till, sale):
    put(till, receipt())
    sale.keys("f10", "5")
    await sale.until("Transactions: all", "15,21")
    sale.keys("enter", "1")
    await sale.until("Return: what comes back?", "Mleko", "2 szt")
    return sale


def wishes(till):
    return [call[1] for call in till.calls if call[0] == "enter"]


async def test_a_quantity_a_reason_a_name_and_it_is_done(returning, till):
    returning.keys("1", "enter")
    await returning.until("1 = 3,49", "Comes back")
    returning.keys("enter")
    await returning.until("Why?", "2 Damaged or faulty")
    returning.keys("2")
    await returning.until("Who brings it back?")
    returning.type("Jan").keys("enter")
    await returning.until("To be given back: 3,49 zł", "> Gotówka 3,49", "Customer: Jan")
    returning.keys("enter")
    await returning.until("Return 1/T1 is written down", "Give the customer: Gotówka 3,49")
    wanted = Wish("return", {0: 1000}, None, "Damaged or faulty", "Jan")
    assert wishes(till) == [wanted]
    returning.keys("enter")
    await returning.until("Receipt no. 2")


async def test_whole_lines_everything_and_back(returning):
    returning.keys("*")
    await returning.until("2 = 6,98")
    returning.keys("*")
    await returning.true(lambda: "2 = 6,98" not in returning.text)
    returning.keys("#")
    await returning.until("2 = 6,98", "0,25 = 8,23", "15,21")
    returning.keys("down", *"0,1", "enter")
    await returning.until("0,1 = 3,29", "10,27")


async def test_more_than_was_sold_and_half_a_piece_are_refused(returning):
    returning.keys("3", "enter")
    await returning.until("E-125")
    returning.keys(*"0,5", "enter")
    await returning.until("E-61")
    returning.keys(",", "enter")
    await returning.until("E-18")


async def test_a_scan_takes_a_piece_of_its_line(returning):
    returning.scan("5900000000001")
    await returning.until("1 = 3,49")
    returning.scan("5900000000001")
    await returning.until("2 = 6,98")
    returning.scan("5900000000001")
    await returning.until("E-01")


async def test_another_reason_is_written(returning, till):
    returning.keys("enter", "enter", "4")
    await returning.until("Reason")
    returning.type("pled").keys("enter", "enter")
    await returning.until("Reason: pled")


async def test_without_the_office_it_is_said_what_is_not_known(till, sale):
    till.returns.is_sure = False
    put(till, receipt())
    sale.keys("f10", "5")
    await sale.until("15,21")
    sale.keys("enter", "1")
    await sale.until("what other tills gave back of it is not known", "Mleko")


def test_each_kind_has_a_heading_and_reasons():
    assert TITLES.keys() == REASONS.keys()
