"""Each row of the table of failures of a day close, from its checks to its last page.

A test is called by its row: the step of the pipeline, then the case.
"""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt, Unreachable, Why
from drivers.fiscal import EXEMPT, INACTIVE, Attention, Mechanism, Status
from terminal import events
from terminal.day import books, patience, recovery
from terminal.day.prechecks import Remedy, remedy_of
from terminal.errors import Blocked, Code, SyncError
from terminal.i18n import use_language
from terminal.people.rights import lent
from terminal.sale.receipt import CardStatus
from terminal.sync.wire import PaymentMethod, Right, Settings, VatRate
from tests.shop import wait_until
from tests.terminal.desk import CASHIER, MANAGER, RATES, ROWS, Desk, desk
from tests.terminal.fake_printer import NO_PAPER, READY, WAITS, lose, no, refuse, wait_for_somebody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from terminal.day.prechecks import Summary

ON = Settings("settings", "identifier", parking=True, parking_names=["Table 1"])
METHODS = [
    *ROWS["payment_methods"],
    PaymentMethod("terminal", "Terminal", "card", 3, uses_terminal=True),
    PaymentMethod("bill", "Rachunek", "other", 5, is_fiscal=False),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("en")
    monkeypatch.setattr(recovery, "RETRY_S", 0.01)
    monkeypatch.setattr(recovery, "_LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(patience, "ASK_AFTER_S", 0.0)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[ON], payment_methods=METHODS) as one:
        yield one.start()


def summary(shop: Desk) -> Summary:
    return shop.do(shop.till.day_summary)


def problems(shop: Desk) -> list[Code]:
    return [problem.code for problem in summary(shop).problems]


def warned(shop: Desk) -> list[Code]:
    return [warning.code for warning in summary(shop).warnings]


def sent(shop: Desk) -> int:
    return shop.printer.count("daily_report")


def begin(shop: Desk, **options: object) -> int:
    """Start a day close whose end is waited for later."""
    since = shop.heard.mark()
    shop.do(shop.till.close_day, **options)
    return since


def closed(shop: Desk, since: int) -> events.DayClosed:
    return shop.heard.wait(events.DayClosed, since)


# --- C1 ------------------------------------------------------------------------------------------


def test_c1_no_permission_another_lends_it_for_once(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.login, CASHIER)
    refused = shop.refused(shop.till.close_day)
    assert (refused.code, sent(shop)) == (Code.NO_RIGHT, 0)
    approval = shop.do(shop.till.approve, Right.CLOSE_DAY, MANAGER, "")
    since = shop.heard.mark()
    with lent(approval):
        shop.till.close_day().result(10)
    assert closed(shop, since).report_no == 1
    (told,) = shop.named("approved")
    assert (told["operator"], told["detail"]["by"]) == ("Anna", "Marek")
    assert shop.code(shop.till.close_day) is Code.NOT_LOGGED_IN


# --- C2 ------------------------------------------------------------------------------------------


def test_c2_document_open_in_the_printer_is_cancelled_there_and_recorded(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.is_open = True
    (problem,) = summary(shop).problems
    assert (problem.code, problem.params) == (Code.OPEN_DOCUMENT, {"number": 1})
    assert remedy_of(problem) is Remedy.CANCEL_OPEN
    assert shop.code(shop.till.close_day) is Code.OPEN_DOCUMENT
    shop.do(shop.till.closing.cancel_open)
    shop.settle()
    assert (shop.printer.is_open, shop.printer.now.cancelled) == (False, 1)
    assert [it["operator"] for it in shop.named("cancelled_by_hand")] == ["Marek"]
    assert [it["detail"]["count"] for it in shop.named("printer_cancelled")] == [1]
    assert (problems(shop), shop.close_day().report_no) == ([], 1)


def test_c2_cancelling_needs_the_right_and_never_hits_a_sale_in_doubt(shop: Desk) -> None:
    shop.printer.is_open = True
    shop.do(shop.till.sell, "1")
    shop.sql("UPDATE receipt SET state = 'PRINTING'")
    assert Code.OPEN_DOCUMENT not in problems(shop)
    assert shop.code(shop.till.closing.cancel_open) is Code.IN_DOUBT
    shop.do(shop.till.login, CASHIER)
    assert shop.code(shop.till.closing.cancel_open) is Code.NO_RIGHT
    assert shop.printer.count("cancel") == 0


def test_c2_printer_that_will_not_cancel_says_why(shop: Desk) -> None:
    shop.printer.is_open = True
    shop.printer.fault("cancel", refuse(no(Why.BUSY)))
    assert shop.code(shop.till.closing.cancel_open) is Code.PRINTER_BUSY


def test_c2_sale_in_doubt_comes_first(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.sql("UPDATE receipt SET state = 'PRINTING'")
    (problem,) = [one for one in summary(shop).problems if one.code is Code.IN_DOUBT]
    assert remedy_of(problem) is Remedy.WAIT
    assert shop.code(shop.till.close_day, allow_empty=True) is Code.IN_DOUBT
    assert sent(shop) == 0


def test_c2_bills_without_receipt_stop_the_report(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "bill")
    (problem,) = summary(shop).problems
    assert (problem.code, problem.params) == (Code.BILLS_WAIT, {"count": 1, "total": "39,99"})
    assert shop.code(shop.till.close_day) is Code.BILLS_WAIT
    (rid,) = shop.sql("SELECT rid FROM nonfiscal_bill")[0]
    shop.do(shop.till.receipt_from_bill, rid)
    shop.pay()
    assert shop.close_day().receipts == 2


def test_c2_bills_wait_when_only_a_report_lets_anybody_sell_again(shop: Desk) -> None:
    """Yesterday's day blocks the sale that would make the bill good: the law goes first."""
    shop.pay("1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "bill")
    shop.wait(days=1)
    assert (problems(shop), warned(shop)) == ([], [Code.BILLS_WAIT])
    assert shop.close_day().report_no == 1
    shop.do(shop.till.login, MANAGER)
    assert Code.BILLS_WAIT in problems(shop)


def test_c2_parked_receipts_stay_or_are_given_up_as_asked(shop: Desk) -> None:
    parking = shop.till.parking
    for name in ("Table 1", "Anna", "Jan"):
        shop.do(shop.till.sell, "1")
        if name == "Table 1":
            shop.do(parking.park, "x")
            shop.do(parking.switch, "x")
            shop.sql("UPDATE receipt SET bill = 'Table 1', place = 'parked' WHERE place = 'screen'")
            shop.restart()
        else:
            shop.do(shop.till.parking.park, name)
    shop.pay("3")
    seen = summary(shop)
    assert (seen.problems, set(seen.parked)) == ((), {"Table 1", "Anna", "Jan"})
    added = {one.bill: one.rid for one in seen.added}
    assert set(added) == {"Anna", "Jan"}
    since = begin(shop, drops=(added["Anna"],))
    closed(shop, since)
    (told,) = shop.documents("dropped")
    assert (told["rid"], told["reason"], told["authorised_by"]) == (
        added["Anna"],
        "day close",
        "Marek",
    )
    shop.settle()
    shop.do(shop.till.login, MANAGER)
    assert set(summary(shop).parked) == {"Table 1", "Jan"}


def test_c2_partly_paid_is_a_hard_stop(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "card", 100)
    assert problems(shop) == [Code.PAYMENT_BEGUN]
    assert shop.code(shop.till.close_day) is Code.PAYMENT_BEGUN
    assert sent(shop) == 0


def test_c2_card_of_which_nobody_knows_is_a_hard_stop(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "terminal")
    shop.do(shop.till.answer_card, CardStatus.UNKNOWN)
    (problem,) = summary(shop).problems
    assert problem.code is Code.CARD_UNKNOWN
    assert problem.params == {"method": "Terminal", "amount": "39,99"}
    assert remedy_of(problem) is Remedy.ANSWER_CARD
    assert shop.code(shop.till.close_day) is Code.CARD_UNKNOWN
    since = shop.heard.mark()
    shop.do(shop.till.answer_card, CardStatus.APPROVED)
    shop.ended(since)
    assert problems(shop) == []


@pytest.mark.parametrize(
    ("mechanism", "word"),
    [
        (Mechanism.COVER, "cover open"),
        (Mechanism.NO_PAPER, "no paper"),
        (Mechanism.OVERHEATED, "overheated"),
        (Mechanism.POWER, "power fault"),
        (Mechanism.CUTTER, "cutter fault"),
    ],
)
def test_c2_mechanism_is_named_and_waited_for(shop: Desk, mechanism: Mechanism, word: str) -> None:
    shop.pay("1")
    shop.printer.state = Status(mechanism, Attention.READY)
    (problem,) = summary(shop).problems
    assert (problem.code, problem.params) == (Code.NO_PAPER, {"reason": word})
    assert remedy_of(problem) is Remedy.WAIT
    shop.printer.state = READY
    assert problems(shop) == []


def test_c2_paper_nearly_at_its_end_is_a_warning(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.state = replace(READY, paper_low=True)
    assert (problems(shop), warned(shop)) == ([], [Code.PAPER_LOW])
    assert shop.close_day().report_no == 1


def test_c2_printer_that_cannot_be_reached_leaves_the_day_as_it_is(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.is_off = True
    shop.wait(hours=15)
    assert shop.code(shop.till.close_day) is Code.NO_PRINTER
    assert shop.view().day == "OVERDUE"
    shop.printer.is_off = False
    assert shop.close_day().report_no == 1


def test_c2_printer_that_others_hold_says_so(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.fault("counters", refuse(no(Why.BUSY)))
    assert problems(shop) == [Code.PRINTER_BUSY]


def test_c2_wrong_clock_stops_the_report(shop: Desk) -> None:
    shop.pay("1")
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None) - timedelta(minutes=6)
    (problem,) = summary(shop).problems
    assert problem.params == {"printer": "2026-11-23 09:54", "till": "2026-11-23 10:00"}
    assert shop.code(shop.till.close_day) is Code.PRINTER_CLOCK
    assert sent(shop) == 0


def test_c2_lost_clock_stops_the_report(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.fault("clock", refuse(no(Why.CLOCK_LOST)))
    assert problems(shop) == [Code.CLOCK_LOST]


def test_c2_office_with_another_time_is_a_warning_and_no_judge(shop: Desk) -> None:
    shop.pay("1")
    shop.context.tell(events.OfficeClock(timedelta(minutes=7)))
    (warning,) = summary(shop).warnings
    assert (warning.code, warning.params) == (Code.OFFICE_CLOCK, {"minutes": 7})
    assert problems(shop) == []


def test_c2_no_sales_is_waived_by_hand_only(shop: Desk) -> None:
    (problem,) = summary(shop).problems
    assert (problem.code, remedy_of(problem)) == (Code.NO_SALES, Remedy.EMPTY_REPORT)
    assert shop.code(shop.till.close_day) is Code.NO_SALES
    assert shop.close_day(allow_empty=True).report_no == 1


def test_c2_second_empty_report_in_a_row_is_refused_by_the_printer(shop: Desk) -> None:
    shop.close_day(allow_empty=True)
    shop.do(shop.till.login, MANAGER)
    shop.printer.fault("daily_report", refuse(no(Why.NO_SALES, 382)))
    assert shop.close_day(allow_empty=True).error.code is Code.EMPTY_TWICE
    assert shop.view().day == "EMPTY"


def test_c2_fiscal_memory_nearly_full_is_said_and_told(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.archive = SimpleNamespace(reports_left=lambda: 60)
    assert warned(shop) == [Code.MEMORY_ENDS]
    shop.close_day()
    assert [it["detail"]["reports_left"] for it in shop.named("memory_ends")] == [60]


# --- C3, C4 --------------------------------------------------------------------------------------


def test_c3_date_that_is_not_right_sends_nothing(shop: Desk) -> None:
    shop.pay("1")
    seen = summary(shop)
    assert (seen.printer_clock, seen.till_clock) == ("2026-11-23 10:00", "2026-11-23 10:00")
    # Whoever says no leaves the page: nothing was begun.
    assert (sent(shop), shop.sql("SELECT * FROM closing")) == (0, [])


@pytest.mark.parametrize("fault", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_c4_disk_that_takes_no_intent_keeps_the_report_from_being_sent(
    shop: Desk, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    shop.pay("1")
    monkeypatch.setattr(books.closings, "begin", broken_disk(fault))
    failed = shop.close_day()
    assert failed.error.code is Code.REPORT_NOT_SENT
    assert (sent(shop), shop.view().day) == (0, "OPEN")
    monkeypatch.undo()
    again = shop.close_day()
    if fault == sqlite3.SQLITE_FULL:
        assert again.report_no == 1
    else:  # what a disk that failed took is known after a restart only
        assert (again.error.code, sent(shop)) == (Code.REPORT_NOT_SENT, 0)


def broken_disk(number: int) -> Callable[..., None]:
    def fail(*_args: object) -> None:
        error = sqlite3.OperationalError("disk")
        error.sqlite_errorcode = number
        raise error

    return fail


def test_c4_receipt_paid_since_the_checks_goes_first(shop: Desk) -> None:
    shop.pay("1")
    gate = threading.Event()
    # Between the checks and the report the printer's thread is free for a moment.
    shop.printer.fault("clock", lambda effect: (_hold(shop, gate), effect())[1])
    since = begin(shop)
    shop.do(shop.till.sell, "1")
    shop.sql("UPDATE receipt SET state = 'PAID' WHERE state = 'OPEN'")
    gate.set()
    assert shop.heard.wait(events.Failed, since).error.code is Code.RECEIPT_OPEN
    assert (sent(shop), shop.sql("SELECT * FROM closing")) == (0, [])


def _hold(shop: Desk, gate: threading.Event) -> None:
    """Another job stands in line before the report."""
    shop.context.devices.call(gate.wait, 10)


# --- C5, C6 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (Why.MEMORY_FULL, Code.MEMORY_FULL),
        (Why.READ_ONLY, Code.READ_ONLY),
        (Why.DOCUMENT_OPEN, Code.OPEN_IN_PRINTER),
        (Why.CLOCK, Code.CLOCK_REFUSED),
        (Why.CANCELLED, Code.CANCELLED_THERE),
        (Why.OTHER, Code.PRINTER_REFUSED),
    ],
)
def test_c5_refusal_is_said_by_its_code_and_not_tried_again(
    shop: Desk, why: Why, code: Code
) -> None:
    shop.pay("1")
    shop.printer.fault("daily_report", refuse(no(why)))
    assert shop.close_day().error.code is code
    assert (sent(shop), shop.view().day) == (1, "OPEN")
    assert shop.sql("SELECT step FROM closing") == [("NOT_MADE",)]


def asked(shop: Desk, since: int, what: str) -> None:
    """Wait until somebody at the till is asked."""
    wait_until(lambda: shop.printer.state is WAITS or shop.printer.count("set_rates"), "it waits")
    shop.till.closing.tick()
    wait_until(lambda: events.ClosingAsked(what) in shop.heard.events[since:], "the question")


@pytest.mark.parametrize("is_done", [True, False])
def test_c5_printer_that_waits_for_a_key_is_asked_about_and_never_hangs(
    shop: Desk, is_done: bool
) -> None:
    shop.pay("1")
    shop.printer.fault("daily_report", wait_for_somebody(shop.printer, is_done=is_done))
    since = begin(shop)
    asked(shop, since, "report")
    # Whatever is answered, the counters decide.
    shop.do(shop.till.closing.answer, is_done=not is_done)
    ended = shop.heard.wait((events.DayClosed, events.Failed), since)
    assert isinstance(ended, events.DayClosed) is is_done
    assert (sent(shop), events.ClosingAsked("") in shop.heard.events[since:]) == (1, True)
    (told,) = shop.named("report_asked")
    assert told["detail"] == {"what": "report", "answer": "no" if is_done else "yes"}


def test_c5_an_answer_to_no_question_is_nothing(shop: Desk) -> None:
    shop.do(shop.till.closing.answer, is_done=True)
    assert (shop.named("report_asked"), shop.printer.abandoned.is_set()) == ([], False)


def test_c5_paper_out_while_printing_is_waited_for_and_nothing_sent_again(shop: Desk) -> None:
    shop.pay("1")
    is_changed = threading.Event()

    def run_dry(effect: Callable[[], None]) -> None:
        shop.printer.state = NO_PAPER
        shop.context.tell(events.PrinterChanged(is_online=True, waits_for="no_paper"))
        assert is_changed.wait(10)
        effect()

    shop.printer.fault("daily_report", run_dry)
    since = begin(shop)
    wait_until(lambda: shop.printer.state is NO_PAPER, "no paper")
    shop.till.closing.tick()
    # Nobody is asked while somebody need only bring paper.
    assert not [it for it in shop.heard.events[since:] if isinstance(it, events.ClosingAsked)]
    assert shop.view().waits_for == "no_paper"
    shop.printer.state = READY
    is_changed.set()
    assert (closed(shop, since).report_no, sent(shop)) == (1, 1)


@pytest.mark.parametrize("error", [InDoubt("power"), Unreachable("cable")])
def test_c6_line_or_power_lost_after_it_was_made(shop: Desk, error: Exception) -> None:
    shop.pay("1")

    def vanish(effect: Callable[[], None]) -> None:
        effect()
        shop.printer.is_off = True
        raise error

    shop.printer.fault("daily_report", vanish)
    since = begin(shop)
    step = shop.heard.wait(events.ClosingStep, since)
    wait_until(
        lambda: any(getattr(it, "step", "") == "UNKNOWN" for it in shop.heard.events[since:]),
        "the question is open",
    )
    assert (step.step, shop.view().day) == ("INTENT", "UNKNOWN")
    countdown = [it.retry_s for it in shop.heard.events[since:] if hasattr(it, "retry_s")]
    assert recovery.RETRY_S in countdown
    shop.printer.is_off = False
    assert (closed(shop, since).report_no, sent(shop)) == (1, 1)


# --- C7 ------------------------------------------------------------------------------------------


def test_c7_executed_but_unknown_goes_on_to_the_books(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.fault("daily_report", lose(InDoubt("no answer")))
    assert shop.close_day().report_no == 1
    assert (sent(shop), len(shop.documents("report"))) == (1, 1)


def test_c7_counter_that_jumped_imports_every_report_and_warns(shop: Desk) -> None:
    shop.pay("1")

    def twice(effect: Callable[[], None]) -> None:
        effect()
        shop.printer.make_report()

    shop.printer.fault("daily_report", twice)
    told = shop.close_day()
    assert "Daily reports were made past the till: 2" in told.notes
    routes = [(it["report_no"], it["route"]) for it in shop.documents("report")]
    assert routes == [(1, "terminal"), (2, "external")]
    assert [it["detail"]["numbers"] for it in shop.named("reports_elsewhere")] == [[2]]
    shop.do(shop.till.login, MANAGER)
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_c7_other_printer_locks_the_sale_and_is_told(shop: Desk) -> None:
    shop.pay("1")
    own = []

    def swap(effect: Callable[[], None]) -> None:
        effect()
        own.append(shop.printer.now)
        shop.printer.now = replace(shop.printer.now, unique_no="XYZ 1", reports=40)
        raise InDoubt

    shop.printer.fault("daily_report", swap)
    since = begin(shop)
    wait_until(lambda: shop.view().blocked is not None, "selling stops")
    assert shop.view().blocked.code is Code.WRONG_PRINTER
    assert len(shop.named("wrong_printer")) == 1
    shop.printer.now = own[0]
    assert closed(shop, since).report_no == 1
    shop.settle()
    assert shop.view().blocked is None


def test_c7_memory_lost_with_the_report_stops_selling(shop: Desk) -> None:
    shop.pay("1")

    def reset(effect: Callable[[], None]) -> None:
        effect()
        shop.printer.now = replace(shop.printer.now, ram_resets=1)

    shop.printer.fault("daily_report", reset)
    assert shop.close_day().report_no == 1
    wait_until(lambda: shop.view().blocked is not None, "selling stops")
    assert shop.view().blocked.code is Code.RAM_RESET


# --- C8 ------------------------------------------------------------------------------------------


def test_c8_difference_keeps_both_and_stands_on_the_last_page(shop: Desk) -> None:
    shop.pay("1", "3")
    shop.printer.now = replace(shop.printer.now, totals_gr=(3998, 0, 349, 0, 0, 0, 0))
    shop.sql("DELETE FROM setting WHERE key = 'printer.counters'")
    told = shop.close_day()
    assert (told.total_gr, told.difference.report_no) == (4347, 1)
    assert told.difference.printer_gr == (3998, 0, 349, 0, 0, 0, 0)
    assert told.difference.local_gr == (3999, 0, 349, 0, 0, 0, 0)
    (report,) = shop.documents("report")
    assert report["printer_gr"] == [3998, 0, 349, 0, 0, 0, 0]
    assert report["local_gr"] == [3999, 0, 349, 0, 0, 0, 0]
    assert len(shop.named("report_differs")) == 1


def test_c8_disk_that_does_not_take_the_report_is_tried_until_it_does(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.pay("1")
    really, left = books.closings.advance, [3]

    def advance(*args: object) -> None:
        if left[0]:
            left[0] -= 1
            broken_disk(sqlite3.SQLITE_FULL)()
        really(*args)

    monkeypatch.setattr(books.closings, "advance", advance)
    since = begin(shop)
    assert closed(shop, since).report_no == 1
    failed = [it.error.code for it in shop.heard.events[since:] if isinstance(it, events.Failed)]
    assert failed == [Code.STORAGE]
    assert (sent(shop), len(shop.documents("report"))) == (1, 1)


def test_c8_log_that_cannot_be_folded_away_leaves_the_day_closed(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.pay("1")
    monkeypatch.setattr(books, "checkpoint", broken_disk(sqlite3.SQLITE_IOERR))
    assert (shop.close_day().report_no, shop.view().day) == (1, "EMPTY")


# --- C9 ------------------------------------------------------------------------------------------


def test_c9_shifts_that_are_open_are_named_and_end_uncounted(tmp_path: Path) -> None:
    on = replace_settings(cash_management=True)
    with desk(tmp_path, settings=[on]) as shop:
        shop.start()
        shop.do(shop.till.login, CASHIER)
        shop.do(shop.till.shifts.open, None)
        shop.pay("1")
        shop.do(shop.till.login, MANAGER)
        (warning,) = summary(shop).warnings
        assert (warning.code, warning.params) == (Code.SHIFTS_OPEN, {"names": "Anna"})
        shop.close_day()
        assert shop.do(shop.till.shifts.names) == []


def replace_settings(**options: object) -> Settings:
    return Settings("settings", "identifier", **options)


def test_c9_disk_that_is_full_in_the_clean_up_is_tried_again(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.pay("1")
    really, is_full = books.closings.advance, threading.Event()
    is_full.set()

    def advance(db: sqlite3.Connection, step: str, *args: object) -> None:
        if step == "CLEANED" and is_full.is_set():
            broken_disk(sqlite3.SQLITE_FULL)()
        really(db, step, *args)

    monkeypatch.setattr(books.closings, "advance", advance)
    since = begin(shop)
    failed = shop.heard.wait(events.Failed, since)
    assert (failed.error.code, shop.view().day) == (Code.STORAGE, "CLOSING")
    is_full.clear()
    shop.till.closing.tick()
    assert closed(shop, since).report_no == 1


# --- C10 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2027, 2029, 3080])
def test_c10_rates_refused_keep_the_old_ones_and_block_what_has_none(
    tmp_path: Path, number: int
) -> None:
    rates = [*(VatRate(letter, rate) for letter, rate in RATES.items()), VatRate("G", 400)]
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("1")
        shop.publish("vat_rates", *rates)
        shop.printer.fault("set_rates", refuse(no(Why.RATES, number)))
        told = shop.close_day()
        assert told.notes[0].startswith("VAT rates not changed")
        (refused,) = shop.named("rates_refused")
        assert (refused["detail"]["wanted"][6], refused["detail"]["kept"][6]) == (400, INACTIVE)
        shop.do(shop.till.login, MANAGER)
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)
        assert shop.code(shop.till.sell, "7") is Code.RATE_INACTIVE


def test_c10_operator_who_declines_at_the_printer_leaves_them_for_the_next_report(
    tmp_path: Path,
) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("1")
        shop.publish("vat_rates", VatRate("A", 2200), VatRate("C", 500))
        shop.printer.fault("set_rates", refuse(no(Why.CANCELLED)))
        assert shop.close_day().notes[0].startswith("VAT rates wait for a key")
        shop.do(shop.till.login, MANAGER)
        shop.pay("1")
        shop.close_day()
        assert shop.printer.programmed[0] == 2200


def test_c10_key_that_nobody_presses_does_not_hold_the_day(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("1")
        shop.publish("vat_rates", VatRate("A", 2200), VatRate("C", 500))
        shop.printer.fault("set_rates", wait_for_somebody(shop.printer))
        since = begin(shop)
        wait_until(lambda: shop.printer.state is WAITS, "it waits for a key")
        shop.till.closing.tick()
        assert events.ClosingAsked("settings") in shop.heard.events[since:]
        shop.do(shop.till.closing.answer, is_done=False)
        assert closed(shop, since).notes[0].startswith("VAT rates wait for a key")


# --- C11 -----------------------------------------------------------------------------------------


def with_steps(shop: Desk, **results: object) -> None:
    """An office that gives these results, or raises them."""

    def begin(result: object) -> Callable[[], Future[object]]:
        done: Future[object] = Future()
        if isinstance(result, Exception):
            done.set_exception(result)
        else:
            done.set_result(result)
        return lambda: done

    shop.till.closing._exchange._steps = tuple(
        (name, begin(result)) for name, result in results.items()
    )


def test_c11_without_a_network_the_day_is_closed_and_everything_follows(shop: Desk) -> None:
    shop.pay("1")
    told = shop.close_day()
    assert [note[:11] for note in told.notes] == ["Back office"]
    assert (told.synced, told.unsent, shop.view().day) == ((), told.unsent, "EMPTY")
    assert told.unsent > 0


def test_c11_one_record_rejected_is_counted_and_the_others_went(shop: Desk) -> None:
    shop.pay("1")
    sql = "INSERT INTO verdict VALUES (1, 1, 0, 'day_total: 1 != 2')"

    def push() -> Future[int]:
        done: Future[int] = Future()
        shop.context.journal.execute(sql)
        done.set_result(3)
        return done

    with_steps(shop, USERS=[])
    shop.till.closing._exchange._steps = (("PUSH", push), *shop.till.closing._exchange._steps)
    told = shop.close_day()
    assert told.notes == ("Rejected by the back office: 1, see menu 7 3",)
    assert told.synced == ("PUSH", "USERS")


def test_c11_bad_products_are_skipped_and_counted(shop: Desk) -> None:
    shop.pay("1")
    pulled = events.Pulled("products", 5, 0, 0, refused=(("x", "name"), ("y", "price")))
    with_steps(shop, PRODUCTS=[pulled])
    told = shop.close_day()
    assert told.notes == ("Rows of the back office that the till refused: 2, see menu 8 4 7",)
    assert told.synced == ("PRODUCTS",)


@pytest.mark.parametrize("status", [401, 403])
def test_c11_till_that_the_office_does_not_let_in_loses_nothing(shop: Desk, status: int) -> None:
    shop.pay("1")
    refused = SyncError(Code.OFFICE_REFUSED, detail="this till is not known", status=status)
    with_steps(shop, PUSH=refused, USERS=refused, PRODUCTS=[])
    told = shop.close_day()
    assert told.notes == ("Back office refused: this till is not known",)
    assert (told.synced, shop.view().day) == (("PRODUCTS",), "EMPTY")


# --- C12, C13 ------------------------------------------------------------------------------------


def test_c12_update_begins_when_everything_else_is_over(shop: Desk) -> None:
    shop.pay("1")
    order: list[str] = []
    with_steps(shop, PUSH=0)
    shop.context.engine.listen(lambda it: order.append(getattr(it, "step", "")))

    def at_close() -> Future[None]:
        order.append("update")
        done: Future[None] = Future()
        done.set_exception(Blocked(Code.FAULT, detail="the package is damaged"))
        return done

    shop.till.closing.at_close = at_close
    told = shop.close_day()
    named = [what for what in order if what]
    assert named.index("SETTINGS") < named.index("PUSH") < named.index("update")
    assert any("the package is damaged" in note for note in told.notes)


def test_c13_last_page_has_what_a_manager_asks(shop: Desk) -> None:
    shop.pay("1", "3")
    with_steps(shop, PUSH=0, USERS=[])
    told = shop.close_day()
    assert (told.report_no, told.total_gr, told.receipts) == (1, 4348, 1)
    assert (told.synced, told.notes, told.difference) == (("PUSH", "USERS"), (), None)
    assert told.version


def test_any_crash_goes_on_where_it_was_and_never_sends_again(shop: Desk) -> None:
    """The walk (d) and the kill tests cut everywhere; here only the rule by its name."""
    shop.pay("1")
    shop.printer.fault("daily_report", lose(InDoubt()))
    shop.printer.fault("connect", *[refuse(Unreachable("dead"))] * 1000)
    begin(shop)
    wait_until(lambda: shop.view().day == "UNKNOWN", "in doubt")
    shop.stop()
    shop.printer._faults.clear()
    shop.start(login="")
    assert (shop.heard.wait(events.DayClosed).report_no, sent(shop)) == (1, 1)
    assert EXEMPT in shop.printer.programmed
