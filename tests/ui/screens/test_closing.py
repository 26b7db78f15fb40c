from __future__ import annotations

from concurrent.futures import Future

import pytest

from terminal import events
from terminal.errors import Code, Rejected
from ui.screens.closing import Closing, Stage
from ui.screens.login import Login


async def closing(sale):
    sale.keys("f10", "3")
    await sale.until("Daily report", "Report no.")


async def test_summary_then_steps_then_result_then_login(sale, till):
    await closing(sale)
    text = await sale.until("345,67 zł", "2026-11-22 20:00", "Are date and time right?")
    assert "Cancelled receipts" in text
    sale.keys("enter")
    text = await sale.until("Daily report no. 7 is made.")
    assert ("close_day", False) in till.calls
    for words in (
        "The report is in the fiscal memory",
        "Sending transactions",
        "345,67 zł",
        "- Back office does not answer",
    ):
        assert words in text
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Login))


async def test_esc_sends_nothing(sale, till):
    await closing(sale)
    sale.keys("esc")
    await sale.until("TOTAL")
    assert not till.calls


async def test_problems_are_listed_all_at_once_and_stop_the_report(sale, till):
    till.problems = (Rejected(Code.NO_PRINTER), Rejected(Code.RECEIPT_OPEN))
    await closing(sale)
    await sale.until("! E-05", "! E-49")
    sale.keys("*")
    till.problems = ()
    sale.keys("enter")
    await sale.until("Are date and time right?")
    assert not till.calls


async def test_an_empty_report_needs_a_key_of_its_own(sale, till):
    till.problems = (Rejected(Code.NO_SALES),)
    await closing(sale)
    await sale.until("E-10", "Press * only if you must")
    summaries, ask = [], till.day_summary
    till.day_summary = lambda: (summaries.append(1), ask())[1]
    sale.keys("enter")
    page = sale.app.desk.page
    await sale.true(lambda: bool(summaries) and page._stage is Stage.SUMMARY)
    assert not till.calls
    sale.keys("*")
    await sale.until("Daily report no. 7 is made.")
    assert till.calls == [("close_day", True)]


@pytest.mark.parametrize("is_event", [True, False])
async def test_a_refused_report_says_that_the_day_is_open(sale, till, is_event):
    error = Rejected(Code.NO_PRINTER)

    def close_day(*, allow_empty=False):
        def run():
            till.engine.tell(events.ClosingStep("INTENT"))
            if is_event:
                till.engine.tell(events.Failed(error))
            else:
                raise error

        return till.engine.call(run)

    till.close_day = close_day
    await closing(sale)
    sale.keys("enter")
    await sale.until("! E-05", "The day is not closed. Put it right")
    sale.keys("enter")
    await sale.until("Are date and time right?")


async def test_a_report_under_way_cannot_be_left_and_swallows_scans(sale, till):
    till.close_day = lambda *, allow_empty=False: till.engine.call(
        till.engine.tell, events.ClosingStep("INTENT")
    )
    await closing(sale)
    sale.keys("enter")
    await sale.until("The printer makes the daily report")
    sale.keys("esc", "enter", "f10")
    sale.scan("5900000000001")
    await sale.until("Answer first")
    assert isinstance(sale.app.desk.page, Closing)
    till.engine.tell(events.ClosingStep("UNKNOWN", "Checking whether the report was made"))
    await sale.until("Checking whether the report was made")
    till.engine.tell(events.DayClosed(8, 0, 0, ()))
    await sale.until("Daily report no. 8 is made.", "Everything is synchronised.")


async def test_a_failure_elsewhere_goes_to_the_message_line(sale, till):
    till.engine.tell(events.Failed(Rejected(Code.NO_PAPER, reason="x")))
    await sale.until("E-06")


async def test_while_the_printer_is_asked_esc_goes_back(sale, till):
    till.day_summary = Future
    sale.keys("f10", "3")
    text = await sale.until("Checking")
    assert "Esc back" in text
    sale.keys("esc")
    await sale.until("TOTAL")
