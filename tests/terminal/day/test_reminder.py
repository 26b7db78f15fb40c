"""Who is asked for the daily report, how often, and what an answer is good for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Why
from terminal import events
from terminal.day.reminder import SNOOZE
from terminal.errors import Code
from terminal.store.shifts import Count
from terminal.sync.wire import Settings
from tests.terminal.desk import CASHIER, MANAGER, Desk, desk
from tests.terminal.fake_printer import no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings("settings", "identifier", close_profile="remind")
    with desk(tmp_path, settings=[settings]) as one:
        yield one.start()


def asked(shop: Desk) -> bool:
    """Whether the next look asks for the report."""
    since = shop.heard.mark()
    shop.do(shop.till.reminder.look)
    return any(isinstance(event, events.ReportWanted) for event in shop.heard.events[since:])


def test_it_asks_at_the_hour_until_somebody_answers_and_again_after_half_an_hour(shop) -> None:
    shop.pay("1")
    assert not asked(shop)
    shop.now = shop.now.replace(hour=22)
    assert asked(shop)
    assert asked(shop)
    shop.do(shop.till.reminder.put_off)
    assert not asked(shop)
    shop.now += SNOOZE - timedelta(seconds=1)
    assert not asked(shop)
    shop.now += timedelta(seconds=1)
    assert asked(shop)


def test_a_clock_set_back_does_not_silence_it(shop) -> None:
    shop.pay("1")
    shop.now = shop.now.replace(hour=23)
    shop.do(shop.till.reminder.put_off)
    shop.now -= timedelta(minutes=30)
    assert asked(shop)


def test_who_logs_in_is_asked_and_an_empty_desk_is_not(shop) -> None:
    shop.pay("1")
    shop.now = shop.now.replace(hour=22)
    shop.do(shop.till.reminder.put_off)
    since = shop.heard.mark()
    shop.do(shop.till.login, CASHIER)
    assert shop.heard.wait(events.ReportWanted, since).day == "DUE"
    shop.do(shop.till.reminder.put_off)
    shop.do(shop.till.lock)
    shop.do(lambda: None)
    assert not asked(shop)


def test_an_answer_before_midnight_is_none_to_what_comes_after(shop) -> None:
    shop.pay("1")
    shop.now = shop.now.replace(hour=23, minute=50)
    shop.do(shop.till.reminder.put_off)
    assert shop.named("report_put_off") == []
    shop.wait(minutes=11)
    assert shop.code(shop.till.reminder.enter_payment) is Code.REPORT_WANTED
    shop.do(shop.till.reminder.put_off)
    shop.do(shop.till.reminder.enter_payment)
    (told,) = shop.named("report_put_off")
    assert (told["operator"], told["detail"]) == ("Marek", {"day": "OVERDUE", "report_no": 1})


def test_each_state_is_told_once_by_the_clock_alone(shop) -> None:
    shop.pay("1")
    shop.settle()
    since = shop.heard.mark()
    for hours in (0, 11, 1, 2, 0, 12):
        shop.wait(hours=hours)
        shop.settle()
    told = [e.day for e in shop.heard.events[since:] if isinstance(e, events.DayChanged)]
    assert told == ["DUE", "OVERDUE", "FORCED"]


@pytest.mark.parametrize("profile", ["off", "remind", "block"])
def test_a_printer_that_wants_a_report_is_believed_also_after_a_restart(
    tmp_path: Path, profile: str
) -> None:
    settings = Settings("settings", "identifier", close_profile=profile)
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        shop.pay("1")
        shop.printer.fault("print_receipt", refuse(no(Why.REPORT_MISSING, 383)))
        since = shop.heard.mark()
        assert shop.pay("1").reason.code is Code.REPORT_MISSING
        assert shop.heard.wait(events.ReportWanted, since).day == "FORCED"
        shop.restart()
        assert shop.view().day == "FORCED"
        shop.do(shop.till.take_back_payments)
        assert shop.code(shop.till.pay, "cash") is Code.REPORT_MISSING
        (told,) = shop.named("report_wanted")
        assert told["detail"] == {"report_no": 1}
        shop.do(shop.till.drop_receipt, "the report comes first")
        assert isinstance(shop.close_day(), events.DayClosed)
        shop.do(shop.till.login, MANAGER)
        assert shop.view().day == "EMPTY"
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_day_of_more_than_24_hours_ends_also_where_nobody_is_reminded(tmp_path: Path) -> None:
    settings = Settings("settings", "identifier", close_profile="off")
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        shop.pay("1")
        shop.wait(hours=23, minutes=59)
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)
        shop.wait(minutes=1)
        shop.do(shop.till.sell, "1")
        assert shop.code(shop.till.pay, "cash") is Code.REPORT_MISSING


def test_the_end_of_the_last_shift_makes_the_report_due(tmp_path: Path) -> None:
    settings = Settings("settings", "identifier", cash_management=True)
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        shop.do(shop.till.shifts.open, 0)
        shop.settle()
        shop.pay("1")
        shop.do(shop.till.login, CASHIER)
        shop.do(shop.till.shifts.open, 0)
        end_shift(shop)
        assert shop.view().day == "OPEN"
        shop.do(shop.till.login, MANAGER)
        end_shift(shop)
        assert shop.view().day == "DUE"
        shop.do(shop.till.login, CASHIER)
        assert asked(shop)
        shop.do(shop.till.shifts.open, 0)
        assert shop.view().day == "OPEN"


def end_shift(shop: Desk) -> None:
    shop.settle()
    count = shop.do(shop.till.shifts.reckon, Count(0))
    shop.do(shop.till.shifts.end, Count(count.expected_gr), "why")


# --- reports that the printer made ----------------------------------------------------------------


def test_a_report_made_at_the_printer_is_ours_with_the_next_login(shop) -> None:
    shop.pay("1")
    shop.do(shop.till.lock)
    shop.printer.make_report()
    since = shop.heard.mark()
    shop.do(shop.till.login, CASHIER)
    told = shop.heard.wait(events.ReportImported, since)
    assert (told.report_no, told.printer_gr, told.local_gr) == (1, 349, 349)
    assert shop.view().day == "EMPTY"
    assert shop.view().blocked is None
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_sale_fetches_the_reports_before_it_is_printed(shop) -> None:
    shop.pay("1")
    shop.do(shop.till.sell, "1")
    shop.printer.make_report()
    shop.printer.fault("report", refuse(no()), refuse(no()))
    meeting = shop.till._checkout.meeting
    meeting.make_due()
    shop.settle()
    assert (shop.view().day, meeting.missing) == ("EXTERNAL", 1)
    since = shop.heard.mark()
    shop.do(shop.till.pay, "cash")
    # The report could not be read: then nothing is sold, either.
    assert isinstance(shop.ended(since), events.ReceiptNotPrinted)
    assert len(shop.printer.receipts) == 1
    shop.settle()
    assert (shop.view().day, meeting.missing) == ("EMPTY", 0)
    since = shop.heard.mark()
    shop.do(shop.till.print_receipt)
    assert isinstance(shop.ended(since), events.ReceiptPrinted)
    assert [report["route"] for report in shop.documents("report")] == ["external"]


@pytest.mark.parametrize("profile", ["off", "block"])
def test_what_cannot_be_paid_before_the_report_is_kept_for_the_day_after(
    tmp_path: Path, profile: str
) -> None:
    settings = Settings("settings", "identifier", close_profile=profile)
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        shop.pay("1")
        shop.do(shop.till.sell, "3")
        # While it could be paid, it is not forgotten on the screen.
        assert shop.code(shop.till.close_day) is Code.RECEIPT_OPEN
        shop.wait(hours=24)
        summary = shop.do(shop.till.day_summary)
        assert summary.problems == ()
        assert [it.code for it in summary.warnings] == [Code.RECEIPT_KEPT]
        assert isinstance(shop.close_day(), events.DayClosed)
        shop.do(shop.till.login, MANAGER)
        since = shop.heard.mark()
        shop.do(shop.till.pay, "cash")
        assert shop.ended(since).receipt_no == 1
        rows = shop.sql("SELECT report_no FROM receipt WHERE state = 'FISCAL' ORDER BY closed_at")
        assert rows == [(1,), (2,)]
