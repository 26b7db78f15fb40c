"""The daily report: all problems at once, made once, and taken up where it was cut off."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt, Unreachable, Why
from drivers.fiscal import EXEMPT, INACTIVE, Attention, Mechanism, Status
from terminal import events
from terminal.audit.device_key import DeviceKey
from terminal.day import recovery
from terminal.day.books import Books
from terminal.day.steps import MAY_UPDATE, Event, Step
from terminal.errors import Code
from terminal.store import closings, outbox
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import Shop, VatRate
from tests.shop import wait_until
from tests.terminal.desk import CASHIER, RATES, Desk, desk
from tests.terminal.fake_printer import NO_PAPER, READY, lose, no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LATER = {
    Step.CLEANED: Event.CLEANED,
    Step.SETTINGS: Event.PROGRAMMED,
    Step.SYNCED: Event.SYNCHRONISED,
}
IN_MENU = Status(Mechanism.OK, Attention.IN_MENU)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "RETRY_S", 0.01)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def problems(shop: Desk) -> list[Code]:
    return [problem.code for problem in shop.do(shop.till.day_summary).problems]


def reports(shop: Desk) -> list[dict]:
    return shop.documents("report")


def closed_steps(shop: Desk) -> list[tuple]:
    return shop.sql("SELECT step FROM closing WHERE ended_at IS NOT NULL ORDER BY id")


# --- before it -----------------------------------------------------------------------------------


def test_the_summary_shows_what_the_report_will_hold(shop: Desk) -> None:
    shop.pay("1", "3")
    shop.pay("1")
    shop.printer.cancel_one()
    summary = shop.do(shop.till.day_summary)
    assert (summary.report_no, summary.receipts, summary.cancelled) == (1, 2, 1)
    assert summary.total_gr == 349 + 3999 + 349
    assert summary.unsent == len(shop.documents())
    assert summary.printer_clock == "2026-11-23 10:00"
    assert summary.problems == ()


def test_every_problem_is_named_at_once(shop: Desk) -> None:
    assert problems(shop) == [Code.NO_SALES]
    shop.do(shop.till.sell, "1")
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None) - timedelta(minutes=6)
    assert problems(shop) == [Code.PRINTER_CLOCK, Code.RECEIPT_OPEN, Code.NO_SALES]
    shop.printer.state = NO_PAPER
    assert problems(shop) == [Code.NO_PAPER, Code.RECEIPT_OPEN]
    shop.printer.is_off = True
    assert problems(shop) == [Code.NO_PRINTER, Code.RECEIPT_OPEN]


@pytest.mark.parametrize(("status", "word"), [(NO_PAPER, "no paper"), (IN_MENU, "in its menu")])
def test_the_problem_says_what_the_printer_waits_for(shop: Desk, status: Status, word: str) -> None:
    shop.printer.state = status
    (problem,) = shop.do(shop.till.day_summary).problems
    assert problem.params == {"reason": word}


@pytest.mark.parametrize(("minutes", "is_wrong"), [(5, False), (6, True), (-5, False), (-6, True)])
def test_the_clock_may_be_five_minutes_off(shop: Desk, minutes: int, is_wrong: bool) -> None:
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None) + timedelta(minutes=minutes)
    assert (Code.PRINTER_CLOCK in problems(shop)) is is_wrong


def test_a_receipt_in_doubt_has_a_word_of_its_own(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.sql("UPDATE receipt SET state = 'PRINTING'")
    assert Code.IN_DOUBT in problems(shop)


def test_nothing_is_sent_while_something_is_wrong(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.close_day) is Code.RECEIPT_OPEN
    assert shop.code(shop.till.close_day, allow_empty=True) is Code.RECEIPT_OPEN
    assert shop.printer.count("daily_report") == 0


def test_the_report_needs_its_right(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.login, CASHIER)
    assert shop.code(shop.till.close_day) is Code.NO_RIGHT
    shop.do(shop.till.lock)
    assert shop.code(shop.till.close_day) is Code.NOT_LOGGED_IN
    assert shop.printer.count("daily_report") == 0


def test_an_empty_day_only_when_it_is_wanted(shop: Desk) -> None:
    assert shop.code(shop.till.close_day) is Code.NO_SALES
    closed = shop.close_day(allow_empty=True)
    assert (closed.report_no, closed.total_gr, closed.receipts) == (1, 0, 0)


# --- making it -----------------------------------------------------------------------------------


def test_a_day_is_closed_without_an_office(shop: Desk) -> None:
    shop.pay("1", "3")
    since = shop.heard.mark()
    closed = shop.close_day()
    assert (closed.report_no, closed.total_gr, closed.receipts) == (1, 4348, 1)
    # What did not work is said once, however many steps it stopped.
    assert [note[:11] for note in closed.notes] == ["Back office"]
    steps = [event.step for event in shop.heard.events[since:] if hasattr(event, "step")]
    assert steps == [
        *["INTENT", "REPORTED", "SETTINGS"],
        *["PUSH", "CONFIGURATION", "USERS", "PRODUCTS", "CUSTOMERS", "RELEASE"],
    ]
    view = shop.view()
    assert (view.day, view.operator) == ("EMPTY", None)
    assert closed_steps(shop) == [("DONE",)]


def test_an_update_comes_last_while_nobody_can_pay(shop: Desk) -> None:
    shop.pay("1")
    seen, update = [], Future()

    def at_close() -> Future[str]:
        seen.append(shop.context.journal.execute("SELECT step FROM closing").fetchone())
        return update

    shop.till.closing.at_close = at_close
    since = shop.heard.mark()
    shop.do(shop.till.close_day)
    wait_until(lambda: seen, "asked for an update")
    assert seen == [(MAY_UPDATE,)]
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.pay, "cash") is Code.BUSY
    update.set_result("0.9 waits for the next day close")
    assert "0.9 waits for the next day close" in shop.heard.wait(events.DayClosed, since).notes


def test_an_update_that_fails_leaves_the_day_closed(shop: Desk) -> None:
    shop.pay("1")
    broken: Future[str] = Future()
    broken.set_exception(OSError("no room"))
    shop.till.closing.at_close = lambda: broken
    assert shop.close_day().notes[-1] == "no room"
    assert shop.view().day == "EMPTY"


def test_a_day_follows_a_day(shop: Desk) -> None:
    for number in (1, 2, 3):
        shop.do(shop.till.login, "2")
        shop.pay("1")
        shop.pay("3")
        assert shop.close_day().report_no == number
        shop.wait(days=1)
    assert [report["report_no"] for report in reports(shop)] == [1, 2, 3]
    assert all(report["printer_gr"] == report["local_gr"] for report in reports(shop))


def test_a_refused_report_was_not_made_and_the_day_is_open(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.fault("daily_report", refuse(no(Why.MEMORY_FULL)))
    failed = shop.close_day()
    assert failed.error.code is Code.MEMORY_FULL
    assert shop.view().day == "OPEN"
    assert closed_steps(shop) == [("NOT_MADE",)]
    assert [event["detail"]["why"] for event in shop.named("report_not_made")] == [
        "command: error 1 ERR_X (no)"
    ]
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    assert isinstance(shop.close_day(), events.DayClosed)


@pytest.mark.parametrize("fault", [lose(InDoubt("silence")), lose(no()), lose(Unreachable("?"))])
def test_whatever_the_answer_was_the_counter_decides_that_it_was_made(shop: Desk, fault) -> None:
    shop.pay("1")
    shop.printer.fault("daily_report", fault)
    assert shop.close_day().report_no == 1
    assert shop.printer.count("daily_report") == 1


@pytest.mark.parametrize("error", [InDoubt("silence"), Unreachable("cable"), no()])
def test_whatever_the_error_was_the_counter_decides_that_it_was_not(shop: Desk, error) -> None:
    shop.pay("1")
    shop.printer.fault("daily_report", refuse(error))
    assert isinstance(shop.close_day(), events.Failed)
    assert reports(shop) == []
    assert shop.printer.count("daily_report") == 1


def test_a_printer_that_falls_silent_is_waited_for(shop: Desk) -> None:
    shop.pay("1")

    def vanish(effect) -> None:
        effect()
        shop.printer.is_off = True
        raise InDoubt

    shop.printer.fault("daily_report", vanish)
    since = shop.heard.mark()
    shop.do(shop.till.close_day)
    wait_until(lambda: shop.printer.count("connect") > 5, "asks again")
    view = shop.view()
    assert (view.day, view.printer_online) == ("UNKNOWN", False)
    assert shop.code(shop.till.pay, "cash") is Code.BUSY
    shop.printer.is_off = False
    assert shop.heard.wait(events.DayClosed, since).report_no == 1


def test_a_second_report_while_one_is_under_way_is_refused(shop: Desk) -> None:
    shop.pay("1")
    gate = threading.Event()
    shop.context.net.call(gate.wait, 10)
    since = shop.heard.mark()
    shop.do(shop.till.close_day)
    shop.heard.wait(events.ClosingStep, since)
    wait_until(lambda: shop.view().day == "CLOSING", "the report is made")
    assert problems(shop) == [Code.NO_SALES, Code.BUSY]
    assert shop.code(shop.till.close_day, allow_empty=True) is Code.BUSY
    gate.set()
    assert shop.heard.wait(events.DayClosed, since).report_no == 1
    assert shop.printer.count("daily_report") == 1


def test_another_printers_reports_are_no_answer(shop: Desk) -> None:
    shop.pay("1")
    ours = []

    def swap(effect) -> None:
        effect()
        ours.append(shop.printer.now)
        shop.printer.now = replace(shop.printer.now, unique_no="XYZ 1", reports=40)
        raise InDoubt

    shop.printer.fault("daily_report", swap)
    since = shop.heard.mark()
    shop.do(shop.till.close_day)
    wait_until(lambda: shop.printer.count("counters") > 6, "asks again")
    assert reports(shop) == []
    assert shop.view().day == "UNKNOWN"
    shop.printer.now = ours[0]
    assert shop.heard.wait(events.DayClosed, since).report_no == 1


def test_the_difference_to_the_printer_is_told_to_the_office(shop: Desk) -> None:
    shop.pay("1")
    # Our own books lose a receipt: only the printer knows it now.
    shop.sql("DROP TRIGGER finished_receipt_is_fixed")
    shop.sql("UPDATE receipt SET report_no = 99")
    closed = shop.close_day()
    assert closed.total_gr == 349
    (event,) = shop.named("report_differs")
    assert sum(event["detail"]["printer_gr"]) == 349
    assert sum(event["detail"]["local_gr"]) == 0


# --- what waited for it --------------------------------------------------------------------------


def test_rates_of_the_office_go_in_after_the_report_and_only_then(tmp_path: Path) -> None:
    rates = [VatRate(letter, 2200 if letter == "A" else rate) for letter, rate in RATES.items()]
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("1")
        shop.publish("vat_rates", *rates)
        shop.settle()
        sold = shop.pay("3")
        # Until the report, what the printer has programmed is what is sold.
        assert sold.receipt.lines[0].rate_bp == 2300
        assert shop.printer.count("set_rates") == 0
        shop.close_day()
        assert shop.printer.programmed == (2200, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)
        order = [asked for asked in shop.printer.asked if asked in {"daily_report", "set_rates"}]
        assert order == ["daily_report", "set_rates"]
        assert len(shop.named("rates_programmed")) == 1
        shop.do(shop.till.login, "2")
        assert shop.pay("3").receipt.lines[0].rate_bp == 2200
        shop.close_day()
        assert shop.printer.count("set_rates") == 1


def test_rates_that_the_printer_refuses_are_noted_and_the_day_is_closed(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("3")
        shop.publish("vat_rates", VatRate("A", 2200))
        shop.printer.fault("set_rates", refuse(no(code=2035)))
        closed = shop.close_day()
        assert closed.notes[0].startswith("VAT rates not changed")
        assert shop.named("rates_programmed") == []
        assert shop.view().day == "EMPTY"
        # They wait for the next report: the printer is not asked the same again.
        shop.settle()
        assert shop.printer.count("set_rates") == 1


def test_the_header_goes_in_after_the_report(tmp_path: Path) -> None:
    address = Shop("lipa", "Lipa sp. z o.o.", "5260001246", "Sklep", "Polna 1", "00-001", "Łódź")
    with desk(tmp_path, shop=[address]) as shop:
        shop.start()
        shop.pay("1")
        assert shop.printer.programmed_header is None
        shop.close_day()
        assert shop.printer.programmed_header.city == "Łódź"
        assert len(shop.named("header_programmed")) == 1


# --- cut off -------------------------------------------------------------------------------------


def cut_off(shop: Desk, step: str, *, is_made: bool = True) -> None:
    """Leave the journal and the printer as a till does that stops at ``step``."""
    shop.pay("1", "3")
    shop.stop()
    journal = open_writer(shop.folder / "journal.db", "journal")
    context = type(
        "Context",
        (),
        {
            "journal": journal,
            "terminal": "T1",
            "shop": "lipa",
            "epoch": 1,
            "device_key": DeviceKey(),
            "stamp": lambda _: "2026-11-23",
        },
    )()
    books = Books(context, None)
    books.intend("Marek", shop.printer.now)
    if is_made:
        shop.printer.make_report()
    if step != "INTENT":
        books.reported([shop.printer.reports[1]], shop.printer.now)
    for reached, event in LATER.items():
        if list(Step).index(Step(step)) >= list(Step).index(reached):
            books.advance(event, ("pending from before",))
    assert closings.unfinished(journal).step == step
    assert outbox.last_seq(journal) > 0
    close_writer(journal)


@pytest.mark.parametrize("step", ["INTENT", "REPORTED", *LATER])
def test_a_closing_goes_on_from_where_it_was(shop: Desk, step: str) -> None:
    cut_off(shop, step)
    shop.start(login="")
    closed = shop.heard.wait(events.DayClosed)
    assert (closed.report_no, closed.total_gr, closed.receipts) == (1, 4348, 1)
    assert ("pending from before" in closed.notes) is (step in LATER)
    assert shop.printer.count("daily_report") == 0
    assert len(reports(shop)) == 1
    assert closed_steps(shop) == [("DONE",)]
    shop.do(shop.till.login, "2")
    assert shop.pay("1").receipt_no == 1


def test_a_report_that_was_never_made_leaves_the_day_open(shop: Desk) -> None:
    cut_off(shop, "INTENT", is_made=False)
    shop.start(login="")
    failed = shop.heard.wait(events.Failed)
    assert failed.error.code is Code.NOT_PRINTED
    assert shop.view().day == "OPEN"
    assert closed_steps(shop) == [("NOT_MADE",)]
    assert shop.printer.count("daily_report") == 0
    shop.do(shop.till.login, "2")
    assert shop.close_day().report_no == 1


def test_a_till_switched_off_in_doubt_keeps_its_intent(shop: Desk) -> None:
    shop.pay("1")

    def vanish(effect) -> None:
        effect()
        shop.printer.is_off = True
        raise InDoubt

    shop.printer.fault("daily_report", vanish)
    shop.do(shop.till.close_day)
    wait_until(lambda: shop.view().day == "UNKNOWN" and shop.printer.is_off, "in doubt")
    shop.stop()
    shop.printer.is_off = False
    shop.printer.state = READY
    shop.start(login="")
    assert shop.heard.wait(events.DayClosed).report_no == 1
    assert shop.printer.count("daily_report") == 1
