from __future__ import annotations

from terminal.errors import Code, Rejected


async def test_what_the_printer_says_of_itself(sale, till):
    sale.keys("f12", "1", "3")
    await sale.until("FAKE 1.0", "ABC 2101000001", "ready", "1800", "Document open")
    till.workshop.refuse = Rejected(Code.NO_PRINTER)
    sale.keys("f5")
    await sale.until("E-05")


async def test_what_is_open_is_cancelled_after_a_question(sale, till):
    sale.keys("f12", "2", "4", "enter")
    await sale.until("1 Cancel what is open in the printer", "2 Test printout")
    sale.keys("1", "esc", "enter", "1")
    await sale.until("It is printed and counted there")
    assert ("cancel_open",) not in till.calls
    sale.keys("enter")
    await sale.until("It was cancelled", "FAKE 1.0")
    till.workshop.is_open = False
    sale.keys("enter", "1", "enter")
    await sale.until("Nothing was open there")


async def test_the_printers_clock_is_set_after_a_question(sale, till):
    sale.keys("f10", "8", "5")
    await sale.until("2026-11-22 12:00:00", "2026-11-22 12:02:00", "two hours at")
    sale.keys("enter")
    await sale.until("Set the printer's clock")
    sale.keys("enter")
    await sale.until("The printer's clock is set")
    assert ("set_clock",) in till.calls


async def test_a_printer_that_takes_no_time_says_why(sale, till):
    sale.keys("f10", "8", "5")
    await sale.until("12:02:00")
    till.workshop.refuse = Rejected(Code.NEEDS_REPORT)
    sale.keys("enter", "enter")
    await sale.until("E-45")
    sale.keys("f5")
    await sale.until("Printer clock", "E-45")


async def test_clocks_that_agree_need_no_setting(sale, till):
    till.workshop.printer = till.workshop.printer.replace(minute=2)
    sale.keys("f10", "8", "5")
    await sale.until("12:02:00")
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_a_till_without_a_receipt_printer_asks_for_no_choice_of_it(sale, till):
    devices = till.installed.devices[:1]
    till.installed = type(till.installed)("T1", "lipa", 1, "", "", devices)
    sale.keys("f10", "8", "7")
    text = await sale.until("1 Fiscal printer")
    assert "Receipt printer" not in text
    sale.keys("1")
    await sale.until("Sent to the printer")
    assert ("print_trial",) in till.calls
