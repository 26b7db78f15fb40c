from __future__ import annotations

import pytest

from terminal import events
from ui.screens.payment import Payment


def sell(sale):
    return sale.keys("1", "enter", "enter", "enter")


async def test_printing_says_what_is_going_on(sale, till):
    till.prints = "waits"
    sell(sale)
    await sale.until("Printing the receipt", "Receipt for 3,49 zł", "Please wait")
    till.engine.tell(events.PrinterChanged(is_online=True, waits_for="no_paper"))
    await sale.until("The printer waits: no paper.", "PRINTER: no paper", "goes on by itself")
    till.engine.tell(events.PrinterChanged(is_online=False))
    text = await sale.until("The printer does not answer", "NO PRINTER")
    assert "nothing is printed twice" in " ".join(text.split())
    assert "asked again" not in text
    for retry_s, shown in ((0.5, "1 s."), (4.0, "4 s.")):
        till.engine.tell(events.PrinterChanged(is_online=False, retry_s=retry_s))
        await sale.until(f"It is asked again in {shown}")


async def test_nothing_can_be_undone_while_it_prints(sale, till):
    till.prints = "waits"
    sell(sale)
    await sale.until("Printing the receipt")
    await sale.true(lambda: ("print_receipt",) in till.calls)
    before = list(till.calls)
    sale.keys("esc", "enter", "5", "enter").scan("5900000000001")
    await sale.until("Answer first")
    assert till.calls == before
    sale.keys("f10")
    await sale.until("Lock the screen")


async def test_not_printed_says_why_and_that_nothing_was_sold(sale, till):
    till.prints = "fails"
    sell(sale)
    text = await sale.until("The receipt was NOT printed", "E-05")
    flat = " ".join(text.split())
    assert "NOT in the fiscal memory; its payments are kept" in flat
    assert "Enter prints again. Esc goes back to the payment." in flat


async def test_a_cancelled_paper_is_told(sale, till):
    till.prints = "cancelled"
    sell(sale)
    await sale.until("marked the paper as cancelled")


async def test_enter_prints_again_once(sale, till):
    till.prints = "fails"
    sell(sale)
    await sale.until("was NOT printed")
    till.prints = "ok"
    sale.keys("enter", "enter", "enter")
    await sale.until("E-17")
    assert till.printed == 2
    assert "Last receipt: no. 1" in sale.text


async def test_it_can_fail_again(sale, till):
    till.prints = "fails"
    sell(sale)
    await sale.until("was NOT printed")
    sale.keys("enter")
    await sale.true(lambda: till.printed == 2)
    sale.keys("enter")
    await sale.true(lambda: till.printed == 3)


async def test_esc_goes_back_to_the_payment(sale, till):
    till.prints = "fails"
    sell(sale)
    await sale.until("was NOT printed")
    sale.keys("esc")
    await sale.until("DUE", "(Enter = 3,49")
    assert isinstance(sale.app.desk.page, Payment)
    assert till.receipt.payments == ()


@pytest.mark.parametrize("key", ["f10", "f1"])
async def test_menu_and_help_stay_open(sale, till, key):
    till.prints = "fails"
    sell(sale)
    await sale.until("was NOT printed")
    sale.keys(key)
    await sale.true(lambda: len(sale.app.desk.pages) == 2)


async def test_enter_pressed_twice_before_the_printer_begins_prints_once(sale, till):
    till.prints = "fails"
    sell(sale)
    await sale.until("was NOT printed")
    till.prints = "in line"
    sale.keys("enter", "enter", "esc", "enter", "f1")
    await sale.until("Help")
    assert till.printed == 2
    assert till.receipt.payments
