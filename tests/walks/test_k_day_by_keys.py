"""Walk: each state of the day by keys, with a real till below the screen."""

from __future__ import annotations

import pytest

from drivers.errors import Unreachable, Why
from terminal import events
from tests.terminal.fake_printer import lose, no, refuse
from tests.ui.cash_desk import counter
from ui.screens.closing import Closing
from ui.screens.login import Login

SALE = ("1", "enter", "enter", "enter")


async def open_day(screen):
    """Log in and sell one thing: the day is open."""
    await screen.log_in()
    await screen.until("TOTAL", "day: no sales")
    screen.keys(*SALE)
    await screen.until("Last receipt: no. 1", "day: open")


def pass_by(screen, **passed):
    """Time goes by, and the ticker sees it."""
    screen.shop.wait(**passed)
    screen.shop.till.tick()


async def make_report(screen):
    """From the summary to the login page."""
    await screen.until("Are date and time right?")
    screen.keys("enter")
    await screen.until("Daily report no. 1 is made.", "Till and printer have the same totals.")
    screen.keys("enter")
    await screen.true(lambda: isinstance(screen.app.desk.page, Login))


@pytest.mark.parametrize("profile", ["remind", "block"])
async def test_due_asks_later_asks_again_and_makes_the_report(tmp_path, profile):
    async with counter(tmp_path, cash_management=False, close_profile=profile) as screen:
        await open_day(screen)
        pass_by(screen, hours=12)
        await screen.until("it is time for the daily report", "day: report due")
        screen.keys("esc")
        await screen.until("TOTAL")
        screen.keys(*SALE)
        await screen.until("Last receipt: no. 2")
        pass_by(screen, minutes=30)
        await screen.until("it is time for the daily report")
        screen.keys("enter")
        await make_report(screen)
        await screen.log_in()
        await screen.until("TOTAL", "day: no sales")


async def test_the_last_hour_counts_down_to_a_midnight_that_stops_payments(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await open_day(screen)
        pass_by(screen, hours=13, minutes=15)
        await screen.until("In 45 minutes no sale can be paid any more", "report: 45 min")
        screen.keys("esc")
        await screen.until("TOTAL")


async def test_after_midnight_two_keys_lead_from_the_sale_into_the_report(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await open_day(screen)
        pass_by(screen, hours=14, minutes=5)
        await screen.until("The daily report of the last day is missing", "REPORT OVERDUE")
        screen.keys("esc")
        await screen.until("TOTAL", "REPORT OVERDUE: menu 3")
        screen.keys("1", "enter")
        await screen.until("Mleko")
        screen.keys("enter")
        await screen.until("E-59", "The receipt is kept.")
        screen.keys("enter")
        await make_report(screen)
        await screen.log_in()
        # What was sold before the report is paid after it.
        await screen.until("Mleko", "day: no sales")
        screen.keys("enter", "enter")
        await screen.until("Last receipt: no. 1", "day: open")
        assert [it["report_no"] for it in screen.shop.documents("report")] == [1]


async def test_where_the_shop_only_reminds_an_answer_lets_the_sale_through(tmp_path):
    settings = {"cash_management": False, "close_profile": "remind"}
    async with counter(tmp_path, **settings) as screen:
        await open_day(screen)
        screen.keys("1", "enter")
        await screen.until("Mleko")
        pass_by(screen, hours=14, minutes=5)
        await screen.until("REPORT OVERDUE: menu 3")
        screen.keys("enter")
        await screen.until("E-155", "Esc sells on")
        screen.keys("esc")
        await screen.until("Payment")
        screen.keys("enter")
        await screen.until("Last receipt: no. 2", "REPORT OVERDUE: menu 3")
        assert len(screen.shop.named("report_put_off")) == 1


async def test_where_the_profile_is_off_only_the_banner_says_so(tmp_path):
    async with counter(tmp_path, cash_management=False, close_profile="off") as screen:
        await open_day(screen)
        pass_by(screen, hours=14, minutes=5)
        await screen.until("REPORT OVERDUE: menu 3", "TOTAL")
        screen.keys(*SALE)
        await screen.until("Last receipt: no. 2", "REPORT OVERDUE: menu 3")


async def test_a_printer_that_wants_a_report_leads_into_it_from_the_receipt(tmp_path):
    async with counter(tmp_path, cash_management=False, close_profile="off") as screen:
        await open_day(screen)
        screen.shop.printer.fault("print_receipt", refuse(no(Why.REPORT_MISSING, 383)))
        screen.keys(*SALE)
        await screen.until(
            "NOT printed",
            "Enter takes the payments back and makes the daily report",
            "REPORT FIRST",
        )
        screen.keys("enter")
        await make_report(screen)
        await screen.log_in()
        await screen.until("Mleko", "day: no sales")
        screen.keys("enter", "enter")
        await screen.until("Last receipt: no. 1")


async def test_a_report_made_at_the_printer_is_told_and_nothing_else_happens(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await open_day(screen)
        screen.shop.do(screen.shop.till.lock)
        screen.shop.printer.make_report()
        pass_by(screen, hours=14, minutes=5)
        await screen.log_in()
        await screen.until("Report 1 was made at the printer", "day: no sales", "TOTAL")
        screen.keys(*SALE)
        await screen.until("Last receipt: no. 1", "day: open")
        assert "was made at the printer" not in screen.text


async def test_a_report_in_doubt_is_watched_left_and_found(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await open_day(screen)
        shop = screen.shop
        gone = refuse(Unreachable("no answer"))
        shop.printer.fault("daily_report", lose(Unreachable("no answer")))
        shop.printer.fault("connect", *[gone] * 2)
        screen.keys("f10", "3")
        await screen.until("Are date and time right?")
        screen.keys("enter")
        await screen.until("The printer does not answer", "leave, it goes on by itself")
        screen.keys("esc")
        await screen.until("its answer never came", "REPORT IN DOUBT")
        screen.keys("1", "enter")
        shop.heard.wait(events.DayClosed)
        await screen.true(lambda: isinstance(screen.app.desk.page, Login | Closing))
        assert shop.printer.count("daily_report") == 1
        assert [it["report_no"] for it in shop.documents("report")] == [1]
