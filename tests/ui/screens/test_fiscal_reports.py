from __future__ import annotations

from datetime import date

import pytest

from drivers.errors import Unreachable
from tests.terminal.reports.test_reports import Memory
from tests.ui.cash_desk import counter
from ui.screens.fiscal_reports import read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01112026", date(2026, 11, 1)),
        ("31022026", None),
        ("1112026", None),
        ("00000000", None),
    ],
)
def test_a_day_of_eight_digits(text, day):
    assert read_day(text) == day


async def ready(screen) -> Memory:
    screen.shop.printer.reporting = Memory()
    await screen.log_in()
    await screen.until("TOTAL")
    return screen.shop.printer.reporting


async def test_the_month_before_is_marked_and_printed(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        memory = await ready(screen)
        screen.keys("f10", "4", "2")
        await screen.until("The report of 2026-10 is due by 2026-11-25", "> 2026-10")
        assert "2026-11  (not over yet)" in screen.text
        screen.keys("enter")
        await screen.until("Monthly report 2026-10", "1 full", "2 summary")
        screen.keys("1")
        await screen.until("The report is printed.")
        assert memory.made == [("monthly", date(2026, 10, 1), False)]
        screen.keys("enter", "f10", "4", "2")
        await screen.until("The report of 2026-10 was printed.")


async def test_from_day_to_day_with_a_second_try(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        memory = await ready(screen)
        memory.error = Unreachable("cable")
        screen.keys("f10", "4", "3", "1")
        await screen.until("From day")
        screen.type("99999999").keys("enter")
        await screen.until("No such day or number")
        screen.type("01102026").keys("enter")
        await screen.until("To day", "From: 2026-10-01")
        screen.type("31102026").keys("enter")
        await screen.until("2026-10-01 - 2026-10-31")
        screen.keys("2")
        await screen.until("! E-05")
        memory.error = None
        screen.keys("enter")
        await screen.until("The report is printed.")
        assert memory.made == [("by_dates", date(2026, 10, 1), date(2026, 10, 31), True)]


async def test_from_number_to_number(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        memory = await ready(screen)
        screen.keys("f10", "4", "3", "2", "9", "enter")
        await screen.until("To number", "From: 9")
        screen.keys("esc", "3", "enter", "7", "enter", "1")
        await screen.until("The report is printed.")
        assert memory.made == [("by_numbers", 3, 7, False)]
