from __future__ import annotations

from tests.ui.screens.test_refunding import RETURN, until_refund


async def test_an_empty_register(sale):
    sale.keys("f10", "5", "*")
    await sale.until("Register of returns", "Nothing was given back yet")


async def test_an_entry_is_listed_and_can_be_read(till, sale):
    await until_refund(till, sale, *RETURN)
    sale.keys("enter", "enter", "esc")
    await sale.until("Transactions")
    sale.keys("*")
    await sale.until("> Return 1/T1", "15,21", "Mleko")
    sale.keys("enter")
    await sale.until("Date of sale", "ABC 2101000001")
    sale.keys("enter", "up")
    await sale.until("Register of returns")
