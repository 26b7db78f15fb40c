from __future__ import annotations

from concurrent.futures import Future

import pytest

from terminal import events
from terminal.errors import Code, Rejected
from terminal.store.parked import Lying
from terminal.update.phase import Phase, UpdateChanged, UpdateState
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
        "Synchronised: Transactions",
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

    def close_day(**_):
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
    till.close_day = lambda **_: till.engine.call(till.engine.tell, events.ClosingStep("INTENT"))
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


async def test_n_says_that_the_date_is_wrong_and_nothing_is_sent(sale, till):
    for key in ("n", "#"):
        await closing(sale)
        await sale.until("Printer: 2026-11-22 20:00   Till: 2026-11-22 20:01")
        sale.keys(key)
        await sale.until("Error E-76", "set the clock")
        sale.keys("esc")
        await sale.until("TOTAL")
    assert not till.calls


async def test_y_makes_the_report(sale, till):
    await closing(sale)
    await sale.until("Are date and time right?")
    sale.keys("y")
    await sale.until("Daily report no. 7 is made.")


async def test_each_problem_stands_there_with_its_remedy(sale, till):
    till.problems = (Rejected(Code.NO_PRINTER), Rejected(Code.RECEIPT_OPEN))
    await closing(sale)
    await sale.until("! E-05", "! E-49", "> pay or cancel it", "everything is looked at again")


async def test_what_may_come_right_by_itself_is_looked_at_again(sale, till):
    till.problems = (Rejected(Code.NO_PAPER, reason="no paper"),)
    await closing(sale)
    await sale.until("! E-06")
    till.problems = ()
    till.engine.tell(events.PrinterChanged(is_online=True))
    await sale.until("Are date and time right?")


async def test_what_somebody_must_mend_is_not_asked_again_by_itself(sale, till):
    till.problems = (Rejected(Code.RECEIPT_OPEN),)
    await closing(sale)
    await sale.until("! E-49")
    till.problems = ()
    till.engine.tell(events.PrinterChanged(is_online=True, waits_for="no_paper"))
    await sale.until("PRINTER: no paper", "! E-49")


async def test_a_document_left_in_the_printer_is_cancelled_from_here(sale, till):
    till.problems = (Rejected(Code.OPEN_DOCUMENT, number=17),)
    await closing(sale)
    await sale.until("! E-147", "cancel it in the printer")
    sale.keys("#")
    await sale.until("It is printed as cancelled.")
    sale.keys("enter")
    await sale.until("Are date and time right?")
    assert till.calls == [("cancel_open",)]


@pytest.mark.parametrize(("key", "drops"), [("1", ()), ("2", ("r9",))])
async def test_of_receipts_that_cashiers_parked_somebody_decides(sale, till, key, drops):
    till.added = (Lying("Stolik 4", "r9", "", "u1", "Anna", 520, "", 1, "Chleb"),)
    await closing(sale)
    await sale.until("Are date and time right?")
    sale.keys("enter")
    await sale.until("Parked receipts of today: Stolik 4")
    sale.keys(key)
    await sale.until("Daily report no. 7 is made.")
    assert till.calls == [("close_day", False, *drops)]


@pytest.mark.parametrize(("key", "is_done"), [("enter", True), ("esc", False), ("y", True)])
@pytest.mark.parametrize(
    ("what", "words"),
    [("report", "Was the daily report printed?"), ("settings", "wait for a key at the printer?")],
)
async def test_a_printer_that_comes_to_no_end_is_asked_about(sale, till, what, words, key, is_done):
    till.close_day = lambda **_: till.engine.call(till.engine.tell, events.ClosingStep("INTENT"))
    await closing(sale)
    sale.keys("enter")
    await sale.until("The printer makes the daily report")
    till.engine.tell(events.ClosingAsked(what))
    await sale.until(words, "The printer does not come to an end.")
    sale.keys(key)
    await sale.until("The printer makes the daily report")
    assert till.calls == [("answer", is_done)]


@pytest.mark.parametrize(("key", "call"), [("enter", "install_now"), ("esc", "postpone")])
async def test_an_update_is_counted_down_and_answered(sale, till, key, call):
    till.close_day = lambda **_: till.engine.call(till.engine.tell, events.ClosingStep("INTENT"))
    await closing(sale)
    sale.keys("enter")
    await sale.until("The printer makes the daily report")
    till.engine.tell(UpdateChanged(UpdateState(Phase.COUNTDOWN, "1.5.0", 30)))
    await sale.until("Version 1.5.0 is installed in 30 s.", "install now")
    till.engine.tell(UpdateChanged(UpdateState(Phase.COUNTDOWN, "1.5.0", 29)))
    await sale.until("installed in 29 s.")
    sale.keys(key)
    await sale.true(lambda: till.calls == [(call,)])
    till.engine.tell(UpdateChanged(UpdateState(Phase.INSTALLING, "1.5.0", step="Self-test")))
    await sale.until("Do not switch off.", "Self-test")
    # Without the keyboard between: Enter would wait for the rest of a scan.
    for late in ("esc", "enter"):
        sale.app.desk.press(late)
    till.engine.tell(UpdateChanged(UpdateState()))
    await sale.until("The printer makes the daily report")
    assert till.calls == [(call,)]
