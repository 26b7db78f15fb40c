"""What a technician does with the fiscal printer, and what the counters say of it afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt, Refused, Unreachable, Why
from terminal.errors import Code
from terminal.sale.receipt import State
from tests.shop import WAIT_S, wait_until
from tests.terminal.desk import CASHIER, NOBODY, TECHNICIAN, Desk, desk
from tests.terminal.fake_printer import UNIQUE_NO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start(login=TECHNICIAN)


def test_the_printer_tells_of_itself_to_anybody(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.lock)
    facts = shop.do(shop.till.workshop.facts)
    assert (facts.model, facts.unique_no) == ("FAKE", UNIQUE_NO)
    assert (facts.receipts, facts.last_receipt_no, facts.is_open) == (1, 1, False)
    assert facts.reports_left is None


def test_one_that_does_not_answer_is_told(shop: Desk) -> None:
    shop.printer.is_off = True
    for verb in (shop.till.workshop.facts, shop.till.workshop.clocks):
        assert shop.code(verb) is Code.NO_PRINTER
    shop.printer.is_off = False


def test_its_clock_gets_our_time_and_the_office_hears_of_it(shop: Desk) -> None:
    ours = shop.now.replace(tzinfo=None)
    shop.printer._clock = lambda: ours - timedelta(hours=1)
    clocks = shop.do(shop.till.workshop.clocks)
    assert (clocks.printer, clocks.till, clocks.is_apart) == (ours - timedelta(hours=1), ours, True)
    after = shop.do(shop.till.workshop.set_clock)
    assert not after.is_apart
    (told,) = shop.named("printer_clock_set")
    assert told["operator"] == "Ewa"
    assert told["detail"]["before"] == (ours - timedelta(hours=1)).isoformat()


def test_a_printer_that_takes_no_time_says_why(shop: Desk) -> None:
    refusal = Refused(2023, "ERR_RTC", "sales not zero", "rtcset", Why.CLOCK)
    shop.printer.fault("set_clock", _raise(refusal))
    error = shop.refused(shop.till.workshop.set_clock)
    assert (error.code, error.params["number"]) == (Code.CLOCK_REFUSED, 2023)
    assert not shop.named("printer_clock_set")


def test_a_test_printout(shop: Desk) -> None:
    shop.do(shop.till.login, CASHIER)
    shop.do(shop.till.workshop.print_trial)
    ((title, at, terminal),) = shop.printer.forms_printed
    assert (title, at, terminal) == ("Test printout", "2026-11-23 10:00", "T1")
    shop.printer.fault("print_form", _raise(Unreachable("x")))
    assert shop.code(shop.till.workshop.print_trial) is Code.NO_PRINTER


def test_what_is_open_in_the_printer_is_cancelled_and_counted(shop: Desk) -> None:
    shop.printer.is_open = True
    assert shop.do(shop.till.workshop.cancel_open) is True
    assert "cancel_by_force" in shop.printer.asked
    shop.settle()
    assert shop.view().blocked is None
    assert shop.do(shop.till.workshop.cancel_open) is False
    assert [one["detail"] for one in shop.named("cancelled_by_hand")] == [
        {"is_open": True},
        {"is_open": False},
    ]
    assert shop.pay("1").receipt_no == 1


@pytest.mark.parametrize("verb", ["set_clock", "cancel_open", "print_trial"])
def test_each_asks_for_its_right_before_anything_is_done(shop: Desk, verb: str) -> None:
    shop.do(shop.till.login, NOBODY)
    before = len(shop.printer.asked)
    assert shop.code(getattr(shop.till.workshop, verb)) is Code.NO_RIGHT
    assert not {"set_clock", "cancel_by_force", "print_form"} & set(shop.printer.asked[before:])


def test_a_receipt_on_its_way_is_nobodys_to_cancel(shop: Desk) -> None:
    def cut(effect):
        shop.printer.is_off = True
        _raise(Unreachable("cut"))(effect)

    shop.printer.fault("print_receipt", cut)
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")
    wait_until(lambda: shop.receipt().state is State.PRINTING)
    for verb in ("cancel_open", "set_clock", "print_trial"):
        assert shop.code(getattr(shop.till.workshop, verb)) is Code.BUSY
    assert "cancel_by_force" not in shop.printer.asked
    shop.printer.is_off = False


def test_one_that_fell_into_doubt_meanwhile_is_not_cancelled_either(shop: Desk) -> None:
    gate = Event()
    shop.context.devices.call(gate.wait)

    def lose_memory(effect):
        shop.printer.now = replace(shop.printer.now, ram_resets=1)
        _raise(InDoubt("x"))(effect)

    shop.printer.fault("print_receipt", lose_memory)
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")
    assert shop.receipt().state is State.PAID
    cancelled = shop.till.engine.call(shop.till.workshop.cancel_open).result()
    gate.set()
    assert cancelled.exception(WAIT_S).code is Code.BUSY
    assert "cancel_by_force" not in shop.printer.asked


def _raise(error):
    def fault(effect):
        raise error

    return fault
