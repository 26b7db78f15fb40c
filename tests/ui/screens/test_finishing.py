"""While a day close that was cut off is being finished."""

from __future__ import annotations

from terminal import events
from terminal.day.state import Day
from terminal.update.phase import Phase, UpdateChanged, UpdateState
from tests.ui.conftest import running
from ui.screens.closing import Closing
from ui.screens.finishing import Finishing
from ui.screens.selling import Selling


def say(till, day):
    till.day = day
    till.engine.tell(events.DayChanged(day))


async def test_who_logs_in_meanwhile_sees_that_and_when_it_is_asked_again(till):
    till.day = Day.UNKNOWN
    async with running(till) as screen:
        await screen.until("REPORT IN DOUBT", "Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("its answer never came", "It is not sent twice")
        till.engine.tell(events.PrinterChanged(is_online=False, retry_s=60.0))
        await screen.until("The printer does not answer", "It is asked again in ")
        screen.keys("esc").scan("5900000000001")
        await screen.until("Answer first")
        screen.keys("f10", "7", "1")
        await screen.until("Fiscal printer")
        screen.keys("esc", "esc", "esc")
        await screen.true(lambda: isinstance(screen.app.desk.page, Finishing))
        till.engine.tell(events.PrinterChanged(is_online=True))
        say(till, Day.CLOSING)
        till.engine.tell(events.ClosingStep("PUSH"))
        await screen.until("The report is made.", "Sending transactions")
        say(till, Day.EMPTY)
        till.lock()
        till.engine.tell(events.DayClosed(7, 34567, 12, ()))
        await screen.until("Daily report no. 7 is made.", "Till and printer have the same totals.")
        screen.keys("enter")
        await screen.until("Identifier")


async def test_a_new_version_that_follows_is_counted_down_here_too(till, mocker):
    now = mocker.patch.object(till.updates, "install_now")
    later = mocker.patch.object(till.updates, "postpone")
    till.day = Day.CLOSING
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("The report is made.", "nothing to press")
        till.engine.tell(UpdateChanged(UpdateState(Phase.COUNTDOWN, "1.5.0", 30)))
        await screen.until("Version 1.5.0 is installed in 30 s.", "install now")
        screen.keys("esc")
        await screen.true(lambda: later.called)
        screen.keys("enter")
        await screen.true(lambda: now.called)
        till.engine.tell(UpdateChanged(UpdateState(Phase.INSTALLING, "1.5.0")))
        await screen.until("Version 1.5.0 is being installed.", "nothing to press")


async def test_a_report_that_was_not_made_gives_the_sale_back(till):
    till.day = Day.UNKNOWN
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("its answer never came")
        say(till, Day.OPEN)
        await screen.true(lambda: isinstance(screen.app.desk.page, Selling))


async def test_who_watches_a_report_in_doubt_may_leave_it(sale, till):
    till.close_day = lambda **_: till.engine.call(till.engine.tell, events.ClosingStep("INTENT"))
    sale.keys("f10", "3")
    await sale.until("Are date and time right?")
    sale.keys("enter")
    await sale.until("The printer makes the daily report")
    say(till, Day.UNKNOWN)
    till.engine.tell(events.ClosingStep("UNKNOWN", "Checking whether the report was made"))
    till.engine.tell(events.PrinterChanged(is_online=False, retry_s=60.0))
    await sale.until("It is asked again in ", "leave, it goes on by itself")
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Finishing))
    assert not any(isinstance(page, Closing) for page in sale.app.desk.pages)
