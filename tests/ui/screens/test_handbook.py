from __future__ import annotations


async def test_a_number_finds_its_page(sale):
    sale.keys("f10", "7", "5")
    await sale.until("> E-01   No matching item: …")
    sale.keys("4", "8")
    await sale.until("> E-48   No permission: …", "Number of the error: 48_")
    sale.keys("enter")
    await sale.until("Error E-48", "Why:", "the role does not allow it", "What to do:", "Esc")
    sale.keys("enter")
    await sale.until("> E-48 ", "Number of the error: _")


async def test_zeros_in_front_and_numbers_nobody_has(sale):
    sale.keys("f10", "7", "5", "0", "5")
    await sale.until("> E-05")
    sale.keys("9", "9")
    await sale.until("Number of the error: 0599_", "> E-59")
    sale.keys("esc", "0", "6", "enter")
    await sale.until("Error E-06", "In the fiscal memory:", "being printed")


async def test_the_emergency_page_is_that_of_the_lost_clock(sale):
    sale.keys("f12", "2", "5")
    await sale.until("Error E-04", "emergency mode", "set the clock at the printer")
