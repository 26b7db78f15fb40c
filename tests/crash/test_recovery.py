"""Corners of recovery that dice meet too seldom: each was wrong once."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.errors import Code
from terminal.sale.ledger import Ledger
from terminal.sale.receipt import State
from tests.crash.power import METHODS, WAIT_S, PowerCut
from tests.shop import wait_until


@pytest.fixture
def stand(make_stand):
    return make_stand()


def switch_on(stand, cut_at=0):
    alive = stand.switch_on(cut_at)
    alive.start()
    alive.login()
    return alive


def cut_before(stand, touch, scenario, nth=1):
    """Cut a till off just before the n-th touch of this name."""
    alive = switch_on(stand)
    really_touch = alive.mains.touch
    left = [nth]

    def look_first(what):
        if what.startswith(touch):
            left[0] -= 1
            if not left[0]:
                alive.mains.cut()
        really_touch(what)

    alive.mains.touch = look_first
    with pytest.raises(PowerCut):
        scenario(alive)


@pytest.mark.parametrize("touch", ["write trline", "sql UPDATE receipt SET state = 'FISCAL'"])
def test_a_report_is_made_at_the_printer_while_a_receipt_is_in_doubt(stand, touch):
    cut_before(stand, touch, lambda alive: alive.sell("1"))
    # A receipt that is still open would hold the report up: it goes with the printer's power.
    stand.printer.kill()
    stand.revive_printer()
    stand.printer.station.midnight()
    assert len(read_memory(stand.memory).reports) == 1
    alive = stand.restart()
    assert stand.wrong() == []
    assert alive.journal("SELECT count(*) FROM document WHERE kind = 'report'") == [(1,)]
    stand.finish()


def test_a_closing_in_doubt_waits_for_its_own_printer(stand):
    def close(alive):
        alive.sell("1")
        alive.close_day()

    cut_before(stand, "sql UPDATE closing SET step", close)
    stand.switch_off()
    own = stand.printer.device.books
    own_no, own.unique_no = own.unique_no, "ZBR9999999999"
    alive = stand.switch_on()
    alive.running.context.engine.call(alive.till.start).result(WAIT_S)
    told = alive.await_one(events.ClosingStep)
    assert told.step == "INTENT"
    wait_until(lambda: "UNKNOWN" in [getattr(it, "step", "") for it in alive.heard.events])
    own.unique_no = own_no
    alive.settle()
    assert stand.wrong() == []
    stand.finish()


def test_payments_taken_back_before_the_printer_is_free_are_not_printed(stand):
    alive = switch_on(stand)
    is_free = threading.Event()
    alive.running.context.devices.call(is_free.wait)
    alive.do(alive.till.sell, "1")
    alive.do(alive.till.pay, METHODS["cash"])
    alive.do(alive.till.take_back_payments)
    alive.do(alive.till.sell, "2")
    is_free.set()
    alive.settle()
    receipt = alive.view().receipt
    assert (receipt.state, len(receipt.lines)) == (State.OPEN, 2)
    assert not read_memory(stand.memory).receipts
    assert alive.sell("3").receipt.total_gr == 549 + 799 + 629
    assert stand.wrong() == []


def test_a_confirmation_pressed_twice_prints_once(stand):
    alive = switch_on(stand)
    stand.printer.faults.add("refuse:trline:1:2106")
    assert isinstance(alive.sell("1"), events.ReceiptNotPrinted)
    is_free = threading.Event()
    alive.running.context.devices.call(is_free.wait)
    alive.do(alive.till.print_receipt)
    alive.do(alive.till.print_receipt)
    is_free.set()
    alive.settle()
    assert len(read_memory(stand.memory).receipts) == 1
    assert stand.wrong() == []


def test_a_disk_that_refuses_the_last_commit_is_tried_again(stand, monkeypatch):
    alive = switch_on(stand)
    really_sold = Ledger.sold
    failures = [sqlite3.OperationalError("disk I/O error")]

    def sold(*args):
        if failures:
            raise failures.pop()
        return really_sold(*args)

    monkeypatch.setattr(Ledger, "sold", sold)
    alive.do(alive.till.sell, "1")
    alive.do(alive.till.pay, METHODS["cash"])
    alive.settle()
    assert alive.view().receipt.state is State.PRINTING
    alive.till.tick().result(WAIT_S)
    assert stand.wrong() == []
    assert len(alive.acks()) == 1


def test_a_stop_for_another_printer_ends_when_the_own_one_is_back(stand):
    alive = switch_on(stand)
    alive.sell("1")
    own = stand.printer.device.books
    own_no, own.unique_no = own.unique_no, "ZBR9999999999"
    alive.running.context.devices.call(alive.running.context.printer.close).result(WAIT_S)
    for _ in range(2):
        alive.till.tick().result(WAIT_S)
    assert alive.view().blocked.code is Code.WRONG_PRINTER
    own.unique_no = own_no
    for _ in range(2):
        alive.till.tick().result(WAIT_S)
    assert alive.view().blocked is None
    assert alive.sell("2").receipt_no == 2
