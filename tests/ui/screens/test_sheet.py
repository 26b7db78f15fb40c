from __future__ import annotations

import pytest

from terminal.reports.sheet import Column, Sheet, Unit
from tests.terminal.reports.test_reports import Memory
from tests.ui.cash_desk import counter
from ui.screens.sheet import sheet_rows
from ui.widgets.row import plain


async def sold(screen):
    screen.shop.printer.reporting = Memory()
    await screen.log_in()
    await screen.until("TOTAL")
    screen.shop.pay("1")
    screen.shop.pay("3", method="card")


async def test_ways_to_pay_then_hours_then_another_period(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await sold(screen)
        screen.keys("f10", "4", "8")
        text = await screen.until("Ways to pay: today", "Karta", "39,99", "Total")
        card, cash = (line for line in text.splitlines() if "█" in line)
        assert card.count("█") > cash.count("█") >= 0
        screen.keys("#")
        await screen.until("Sales by hour: today", "10:00-10:59", "43,48")
        screen.keys("*")
        await screen.until("since the last daily report", "before no. 1", "43,48")
        screen.keys("*")
        await screen.until("the day before", "2026-11-22", "Nothing was sold")
        screen.keys("*", "1")
        await screen.until("week", "2026-11-16 to 2026-11-22", "Nothing was sold")
        screen.keys("0")
        await screen.until("2026-11-23", "43,48")


async def test_it_is_saved_and_printed(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        screen.shop.till.reports.export_path = str(tmp_path)
        await sold(screen)
        screen.keys("f10", "4", "6")
        await screen.until("Sales by product: today", "Mleko")
        screen.keys("enter", "2")
        await screen.until("Saved:")
        assert len(list(tmp_path.glob("products_T1_*.csv"))) == 1
        screen.keys("enter", "1")
        await screen.until("E-95")


async def test_the_day_up_to_now_and_the_list_of_reports(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await sold(screen)
        screen.keys("f10", "4", "4")
        await screen.until("The day up to now", "VAT rate A", "39,99")
        screen.keys("f10", "4", "9")
        await screen.until("Daily reports", "Nothing was sold")
        screen.keys("7", "enter")
        await screen.until("E-80")
        screen.keys("esc")
        screen.shop.close_day()
        await screen.until("Identifier")


@pytest.mark.parametrize("width", [80, 132])
def test_a_table_fits_the_screen(width):
    columns = (
        Column("Product", Unit.TEXT),
        Column("Lines", Unit.COUNT),
        Column("Quantity", Unit.QTY),
        Column("Unit", Unit.TEXT),
        Column("Gross", Unit.MONEY),
    )
    rows = tuple((f"Product {'x' * no}", no, no * 1000, "szt.", no * 12_345) for no in range(60))
    sheet = Sheet("x", "t", "a", columns, rows, ("Total", 1, None, "", 99_999_999), bar=4)
    head, body, foot = sheet_rows(width, sheet)
    assert {len(plain(line)) for line in (*head, *body, *foot)} == {width}
    bars = [plain(line).count("█") for line in body]
    assert bars == sorted(bars)
    assert bars[-1] >= 5
    assert "999 999,99" in plain(foot[-1])
