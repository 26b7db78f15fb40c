"""Corners of the fiscal programme, each by name: what dice meet too seldom."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from drivers.posnet.facets import archive
from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.errors import Code, TillError
from terminal.sale.receipt import State
from terminal.sync.wire import Settings
from tests.crash.power import METHODS, WAIT_S, PowerCut, Stand
from tests.fiscal.rig import events_named, fill, open_shop, reports, somebody_else_prints
from tests.shop import wait_until

if TYPE_CHECKING:
    from tests.crash.alive import Alive

WARSAW = ZoneInfo("Europe/Warsaw")


def sold(told) -> events.ReceiptPrinted:
    assert isinstance(told, events.ReceiptPrinted), told
    return told


def refused(alive: Alive, verb, *args) -> Code:
    with pytest.raises(TillError) as caught:
        alive.do(verb, *args)
    return caught.value.code


def look(alive: Alive) -> None:
    """What the till does by itself every few seconds."""
    for _ in range(3):
        alive.till.tick().result(WAIT_S)
    alive.settle()


def accept(alive: Alive) -> None:
    """A technician takes the printer's figures."""
    alive.do(alive.till.accept_printer).result(WAIT_S)
    alive.settle()


def confirm(alive: Alive) -> None:
    """A manager has seen other totals."""
    alive.do(alive.till.confirm_report).result(WAIT_S)
    alive.settle()


# --- F-3: equal receipts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", ["lose:trend:1", "drop:trend:1", "drop:trinit:1", "cut:trend:1:3"]
)
def test_f3_two_equal_receipts_and_the_answer_of_the_second_is_lost(stand, fault):
    alive = open_shop(stand)
    sold(alive.sell("9"))
    stand.printer.faults.add(fault)
    told = alive.sell("9")
    if isinstance(told, events.ReceiptNotPrinted):
        told = alive.print_again()
    assert sold(told).receipt_no == len(read_memory(stand.memory).receipts) + cancelled(stand)
    assert len(read_memory(stand.memory).receipts) == 2
    assert stand.wrong() == []


def cancelled(stand: Stand) -> int:
    return len(read_memory(stand.memory).cancelled)


def test_f3_the_power_of_the_printer_fails_before_the_second_of_two_equal_ones(stand):
    alive = open_shop(stand)
    sold(alive.sell("9"))
    stand.let_printer_die("die-before:trend:1")
    told = alive.sell("9")
    assert isinstance(told, events.ReceiptNotPrinted)
    assert told.was_cancelled
    assert len(read_memory(stand.memory).receipts) == 1
    sold(alive.print_again())
    assert stand.wrong() == []


# --- F-4: reports that the printer makes by itself ------------------------------------------------


def test_f4_a_report_at_midnight_while_the_till_stands_idle(stand):
    alive = open_shop(stand)
    sold(alive.sell("9"))
    stand.printer.station.midnight()
    look(alive)
    (report,) = reports(alive)
    assert (report["route"], report["printer_gr"]) == ("external", report["local_gr"])
    assert sold(alive.sell("9")).receipt_no == 1
    assert stand.wrong() == []


@pytest.mark.parametrize("how_many", [1, 2])
@pytest.mark.parametrize(
    "touch", ["write trline", "sql UPDATE receipt SET state = 'FISCAL'"], ids=["unsold", "sold"]
)
def test_f4_reports_at_midnight_while_a_receipt_is_in_doubt(stand, touch, how_many):
    alive = open_shop(stand)
    sold(alive.sell("9"))
    really_touch = alive.mains.touch

    def look_first(what):
        if what.startswith(touch):
            alive.mains.cut()
        really_touch(what)

    alive.mains.touch = look_first
    with pytest.raises(PowerCut):
        alive.sell("9")
    # A receipt that is still open would hold the report up: it goes with the printer's power.
    stand.printer.kill()
    stand.revive_printer()
    for _ in range(how_many):
        stand.printer.station.midnight()
    assert len(read_memory(stand.memory).reports) == how_many
    alive = stand.restart()
    assert stand.wrong() == []
    assert [report["report_no"] for report in reports(alive)] == [1, 2][:how_many]
    alive.login()
    if alive.view().receipt.state is State.PAID:
        sold(alive.print_again())
    sold(alive.sell("9"))
    assert stand.wrong() == []


# --- F-5: the fiscal memory comes to its end ------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "is_noted", "is_said_at_close"),
    [(61, False, False), (60, True, False), (11, True, True), (10, True, True), (1, True, True)],
)
def test_f5_what_is_left_of_the_memory_is_said(
    stand, monkeypatch, left, is_noted, is_said_at_close
):
    monkeypatch.setattr(archive, "_REPORTS_MAX", left)
    alive = open_shop(stand)
    noted = [note.code for note in alive.view().notes]
    assert noted == [Code.MEMORY_ENDS] * is_noted
    sold(alive.sell("9"))
    summary = alive.do(alive.till.day_summary).result(WAIT_S)
    assert [it.params["count"] for it in summary.warnings] == [left] * is_noted
    closed = alive.close_day()
    assert any(f"{left - 1} more" in note for note in closed.notes) is is_said_at_close
    told = [detail["reports_left"] for detail in events_named(alive, "memory_ends")]
    assert told == [left - 1] * (left - 1 <= 60)
    assert stand.wrong() == []


def test_f5_a_full_memory_sells_nothing_and_says_so(origin, tmp_path):
    stand = Stand(tmp_path, origin, reports_max=1)
    try:
        alive = open_shop(stand)
        sold(alive.sell("9"))
        assert isinstance(alive.close_day(), events.DayClosed)
        alive.login()
        told = alive.sell("9")
        assert (told.reason.code, told.was_cancelled) == (Code.MEMORY_FULL, False)
        assert "call service" in told.reason.sentence()
        assert stand.wrong() == []
    finally:
        stand.clear()


# --- F-6: clocks ----------------------------------------------------------------------------------


class Clock:
    """One time for till and printer; moves in real seconds, whatever the wall shows."""

    def __init__(self, *local: int, fold: int = 0) -> None:
        self.at = datetime(*local, tzinfo=WARSAW, fold=fold).astimezone(ZoneInfo("UTC"))

    def __call__(self) -> datetime:
        return self.at.astimezone(WARSAW)

    def pass_by(self, **passed: int) -> None:
        self.at += timedelta(**passed)


@pytest.fixture
def shop_at(tmp_path):
    """A shop that must close its day before the next, at a time of its own."""
    made = []

    def make(*local: int) -> tuple[Stand, Alive, Clock]:
        clock = Clock(*local)
        strict = Settings("settings", "identifier", "block", "22:00")
        origin = fill(tmp_path / "origin", settings=[strict])
        (tmp_path / "stand").mkdir()
        stand = Stand(tmp_path / "stand", origin, now=clock)
        made.append(stand)
        return stand, open_shop(stand), clock

    yield make
    for stand in made:
        stand.clear()


def drift(stand: Stand, alive: Alive, seconds: int) -> None:
    stand.printer.device.jump(seconds)
    alive.till._checkout.meet_again().result(WAIT_S)


@pytest.mark.parametrize("seconds", [61, -61])
def test_f6_a_minute_is_noted_and_put_right_while_nothing_is_sold(shop_at, seconds):
    stand, alive, clock = shop_at(2026, 11, 23, 12, 0)
    sold(alive.sell("9"))
    drift(stand, alive, seconds)
    assert [note.code for note in alive.view().notes] == [Code.PRINTER_CLOCK_NOTE]
    closed = alive.close_day()
    assert not any("clock" in note for note in closed.notes)
    # A printer that was ahead has signed its report with a time that is still to come.
    assert len(events_named(alive, "printer_clock_set")) == (seconds < 0)
    clock.pass_by(hours=12)
    drift(stand, alive, 0)
    assert len(events_named(alive, "printer_clock_set")) == 1
    assert alive.view().notes == ()
    assert stand.wrong() == []


@pytest.mark.parametrize("seconds", [360, -360, 3 * 3600, -3 * 3600])
def test_f6_minutes_and_hours_let_no_day_begin_and_no_report_be_made(shop_at, seconds):
    stand, alive, _ = shop_at(2026, 11, 23, 12, 0)
    drift(stand, alive, seconds)
    alive.do(alive.till.sell, "9")
    assert refused(alive, alive.till.pay, METHODS["cash"]) is Code.PRINTER_CLOCK
    alive.do(alive.till.drop_receipt, "no clock")
    with pytest.raises(TillError) as caught:
        alive.till.close_day(allow_empty=True).result(WAIT_S)
    assert caught.value.code is Code.PRINTER_CLOCK
    assert not read_memory(stand.memory).receipts
    # Service sets it; the till sees it by itself.
    drift(stand, alive, -seconds)
    sold(alive.sell("9"))
    assert stand.wrong() == []


def test_f6_a_day_that_began_well_goes_on_though_the_clock_jumps(shop_at):
    stand, alive, _ = shop_at(2026, 11, 23, 12, 0)
    sold(alive.sell("9"))
    drift(stand, alive, 360)
    sold(alive.sell("9"))
    assert stand.wrong() == []


@pytest.mark.parametrize(
    "before_the_change", [(2026, 3, 29, 1, 50), (2026, 10, 25, 1, 50)], ids=["spring", "autumn"]
)
def test_f6_summer_time_comes_and_goes_in_the_middle_of_a_day(shop_at, before_the_change):
    stand, alive, clock = shop_at(*before_the_change)
    times = []
    for _ in range(5):
        sold(alive.sell("9"))
        look(alive)
        assert (alive.view().notes, alive.view().blocked) == ((), None)
        times.append(alive.view().last_sale)
        clock.pass_by(minutes=30)
    closed = alive.close_day()
    assert (closed.report_no, closed.receipts) == (1, 5)
    printed = [receipt.number for receipt in read_memory(stand.memory).receipts]
    assert printed == [1, 2, 3, 4, 5]
    assert stand.wrong() == []


@pytest.mark.parametrize(
    ("evening", "next_day"),
    [
        ((2028, 2, 28, 21, 0), (2028, 2, 29)),
        ((2028, 2, 29, 21, 0), (2028, 3, 1)),
        ((2026, 12, 31, 21, 0), (2027, 1, 1)),
        ((2026, 3, 28, 21, 0), (2026, 3, 29)),
        ((2026, 10, 24, 21, 0), (2026, 10, 25)),
    ],
)
def test_f6_a_new_date_wants_the_report_of_the_old_one(shop_at, evening, next_day):
    stand, alive, clock = shop_at(*evening)
    sold(alive.sell("9"))
    clock.pass_by(hours=10)
    assert clock().date() == datetime(*next_day).date()
    alive.do(alive.till.sell, "9")
    assert refused(alive, alive.till.pay, METHODS["cash"]) is Code.DAY_NOT_CLOSED
    alive.do(alive.till.drop_receipt, "report first")
    assert isinstance(alive.close_day(), events.DayClosed)
    alive.login()
    assert sold(alive.sell("9")).receipt_no == 1
    assert [report["at"][:10] for report in reports(alive)] == [clock().date().isoformat()]
    assert stand.wrong() == []


# --- F-7: the working memory is lost --------------------------------------------------------------


def lose_memory_at(stand: Stand, fault: str) -> None:
    printer = stand.printer
    is_back = threading.Event()

    def die() -> None:
        printer.kill()
        stand.start_printer(ram_reset=True)
        is_back.set()

    printer.station.die = die
    printer.faults.add(fault)


@pytest.mark.parametrize(
    "fault", ["die-before:trinit:1", "die-after:trline:1", "die-after:trend:1"]
)
def test_f7_a_ram_reset_in_a_receipt_stops_selling_until_a_technician_came(stand, fault):
    alive = open_shop(stand)
    sold(alive.sell("9"))
    lose_memory_at(stand, fault)
    alive.do(alive.till.sell, "9")
    since = alive.heard.mark()
    alive.do(alive.till.pay, METHODS["cash"])
    stopped = alive.await_one(events.SellingBlocked, since)
    assert stopped.reason.code is Code.RAM_RESET
    assert "RAM resets 1" in stopped.reason.params["found"]
    assert "RAM resets 0" in stopped.reason.params["expected"]
    alive.settle()
    assert len(events_named(alive, "ram_reset")) == 1
    assert stand.wrong(is_settled=False) == []
    # Not even a restart lets anybody sell.
    alive = stand.restart()
    assert alive.view().blocked.code is Code.RAM_RESET
    alive.login()
    accept(alive)
    assert alive.view().blocked is None
    assert alive.view().receipt.rid == ""
    sold(alive.sell("9"))
    assert stand.wrong() == []


# --- F-8: other totals ----------------------------------------------------------------------------


def test_f8_one_grosz_sold_past_the_till_stops_twice_with_both_figures(stand):
    alive = open_shop(stand)
    sold(alive.sell("9"))
    somebody_else_prints(stand, 1)
    alive.do(alive.till.sell, "9")
    alive.do(alive.till.pay, METHODS["cash"])
    wait_until(lambda: alive.view().blocked, "blocked")
    blocked = alive.view().blocked
    assert blocked.code is Code.DISAGREES
    assert "2 × 8,00 ≠ 1 × 7,99" in blocked.sentence()
    (detail,) = events_named(alive, "printer_disagrees")
    assert ('"receipts":1' in detail["expected"], '"receipts":2' in detail["found"]) == (True,) * 2
    accept(alive)
    alive.do(alive.till.drop_receipt, "later")
    assert isinstance(alive.close_day(), events.DayClosed)
    wait_until(lambda: alive.view().blocked, "blocked")
    blocked = alive.view().blocked
    assert blocked.code is Code.REPORT_DIFFERS
    assert (blocked.params["printer"], blocked.params["till"]) == ("8,00", "7,99")
    assert blocked.params["found"] == "A 0,01 · C 7,99"
    (differs,) = events_named(alive, "report_differs")
    assert (sum(differs["printer_gr"]), sum(differs["local_gr"])) == (800, 799)
    alive.login()
    confirm(alive)
    assert alive.view().blocked is None
    assert sold(alive.sell("9")).receipt_no == 1


def test_another_program_that_holds_the_printer_is_waited_for(stand):
    """Its receipt is open on the other interface: ours is refused and nothing is cancelled."""
    alive = open_shop(stand)
    stand.printer.device.held_by = 2
    told = alive.sell("9")
    assert (told.reason.code, told.was_cancelled) == (Code.PRINTER_BUSY, False)
    stand.printer.device.held_by = 0
    sold(alive.print_again())
    assert stand.wrong() == []
