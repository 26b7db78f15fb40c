"""The way into the report: asked at a login and by the clock, and at the door of the payment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from terminal import events
from terminal.day.state import Day
from terminal.errors import Code, Rejected
from tests.ui.conftest import running
from ui.screens.closing import Closing
from ui.screens.due import Due, ReportFirst
from ui.screens.payment import Payment
from ui.screens.selling import Selling


def at_noon():
    """Before the last hour of a day, whose minutes are counted down."""
    return datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def say(till, day):
    till.day = day
    till.engine.tell(events.DayChanged(day))


@pytest.mark.parametrize("code", [Code.DAY_NOT_CLOSED, Code.REPORT_MISSING, Code.REPORT_WANTED])
async def test_two_keys_lead_from_the_sale_into_the_report_and_the_receipt_stays(sale, till, code):
    say(till, Day.OVERDUE)
    sale.keys("1", "enter")
    await sale.until("Mleko", "REPORT OVERDUE: menu 3")
    till.reminder.refusal = Rejected(code)
    sale.keys("enter")
    await sale.until("Enter makes the report now. The receipt is kept.", str(code))
    sale.keys("enter")
    await sale.until("Report no.", "Are date and time right?")
    assert isinstance(sale.app.desk.page, Closing)
    sale.keys("esc")
    await sale.until("Mleko", "TOTAL")
    assert not {"put_off", "close_day"} & {call[0] for call in till.calls}


@pytest.mark.parametrize("code", [Code.DAY_NOT_CLOSED, Code.REPORT_MISSING])
async def test_where_the_shop_blocks_esc_leads_back_to_the_sale(sale, till, code):
    sale.keys("1", "enter")
    await sale.until("Mleko")
    till.reminder.refusal = Rejected(code)
    sale.keys("enter")
    await sale.until("Esc goes back to the sale.")
    sale.keys("esc")
    await sale.until("Mleko", "TOTAL")
    assert ("put_off",) not in till.calls


async def test_where_the_shop_reminds_esc_answers_and_goes_on_to_the_payment(sale, till):
    sale.keys("1", "enter")
    await sale.until("Mleko")
    till.reminder.refusal = Rejected(Code.REPORT_WANTED)
    sale.keys("enter")
    await sale.until("Esc sells on")
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Payment))
    assert ("put_off",) in till.calls
    sale.keys("enter")
    await sale.until("Last receipt: no. 1")


async def test_midnight_that_passes_on_the_payment_page_leads_the_same_way(sale, till):
    sale.keys("1", "enter", "enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Payment))

    def pay(*_):
        raise Rejected(Code.DAY_NOT_CLOSED)

    till.pay = pay
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, ReportFirst))
    sale.keys("esc")
    await sale.until("Mleko", "TOTAL")
    assert isinstance(sale.app.desk.page, Selling)


async def test_it_asks_until_somebody_answers_and_not_over_goods(sale, till):
    till.now = at_noon
    sale.keys("1", "enter")
    await sale.until("Mleko")
    say(till, Day.DUE)
    till.engine.tell(events.ReportWanted(Day.DUE))
    await sale.until("day: report due")
    assert isinstance(sale.app.desk.page, Selling)
    sale.keys("enter", "enter")
    await sale.until("Last receipt: no. 1")
    till.engine.tell(events.ReportWanted(Day.DUE))
    till.engine.tell(events.ReportWanted(Day.DUE))
    await sale.until("it is time for the daily report")
    assert [type(page) for page in sale.app.desk.pages] == [Selling, Due]
    sale.keys("esc")
    await sale.until("TOTAL")
    assert till.calls[-1] == ("put_off",)


async def test_who_is_typing_is_not_interrupted(sale, till):
    till.now = at_noon
    sale.type("12")
    await sale.until("Code: 12")
    say(till, Day.DUE)
    till.engine.tell(events.ReportWanted(Day.DUE))
    await sale.until("day: report due", "Code: 12")
    assert isinstance(sale.app.desk.page, Selling)


async def test_it_comes_before_the_opening_of_a_shift_and_enter_makes_the_report(sale, till):
    till.engine.tell(events.ShiftWanted(20_000))
    say(till, Day.OVERDUE)
    till.engine.tell(events.ReportWanted(Day.OVERDUE))
    await sale.until("The daily report of the last day is missing")
    sale.keys("enter")
    await sale.until("Are date and time right?")


async def test_a_report_that_comes_from_the_printer_takes_the_question_away(sale, till):
    say(till, Day.OVERDUE)
    till.engine.tell(events.ReportWanted(Day.OVERDUE))
    await sale.until("The daily report of the last day is missing")
    say(till, Day.EXTERNAL)
    say(till, Day.EMPTY)
    await sale.until("TOTAL", "day: no sales")
    assert "REPORT OVERDUE" not in sale.text


async def test_the_login_page_bears_the_banner(till):
    till.day = Day.OVERDUE
    async with running(till) as screen:
        await screen.until("REPORT OVERDUE: menu 3", "Identifier")


async def test_a_receipt_that_the_printer_refuses_leads_into_the_report(sale, till):
    till.prints = "fails"
    sale.keys("1", "enter", "enter", "enter")
    await sale.until("The receipt was NOT printed", "Enter prints again")
    say(till, Day.FORCED)
    await sale.until("Enter takes the payments back and makes the daily report")
    sale.keys("enter")
    await sale.until("Are date and time right?")
