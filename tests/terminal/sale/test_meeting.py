"""Meeting the printer: ours or not, and what it did by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Why
from drivers.fiscal import INACTIVE, PercentMode
from terminal.errors import Code
from terminal.sale import meeting
from terminal.sale.waiting import BUSY
from terminal.store import settings
from tests.terminal.desk import Desk, desk
from tests.terminal.fake_printer import RATES, no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def known(shop: Desk):
    db = shop.context.journal
    return shop.do(lambda: (settings.printer_rates(db), settings.percent_mode(db)))


def test_its_ways_are_learnt_when_it_is_met_and_not_with_each_sale(shop: Desk) -> None:
    assert known(shop) == (RATES, PercentMode.VALUE_FIRST)
    shop.printer.way = PercentMode.DISCOUNT_FIRST
    shop.printer.programmed = changed = (*RATES[:4], INACTIVE, INACTIVE, INACTIVE)
    shop.pay("1")
    assert known(shop) == (RATES, PercentMode.VALUE_FIRST)
    asked = shop.printer.count("percent_mode")
    shop.restart()
    assert known(shop) == (changed, PercentMode.DISCOUNT_FIRST)
    assert shop.printer.count("percent_mode") == asked + 1


def test_what_the_printer_did_by_itself_is_written_down(shop: Desk) -> None:
    shop.printer.now = replace(shop.printer.now, cancelled=2, emergencies=1)
    shop.restart()
    assert [event["detail"] for event in shop.named("printer_cancelled")] == [{"count": 2}]
    assert [event["detail"] for event in shop.named("printer_power_failed")] == [{"count": 1}]
    shop.restart()
    assert len(shop.named("printer_power_failed")) == 1


def test_power_cuts_are_counted_anew_after_a_report(shop: Desk) -> None:
    shop.printer.now = replace(shop.printer.now, emergencies=3)
    shop.restart()
    shop.printer.make_report()
    shop.printer.now = replace(shop.printer.now, emergencies=1)
    shop.restart()
    counts = [event["detail"]["count"] for event in shop.named("printer_power_failed")]
    assert counts == [3, 1]


def test_a_line_left_alone_is_looked_at_again(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = shop.printer.count("counters")
    shop.settle()
    assert shop.printer.count("counters") == asked
    monkeypatch.setattr(meeting, "_MEET_EVERY_S", 0.0)
    shop.settle()
    assert shop.printer.count("counters") == asked + 1


@pytest.mark.parametrize(
    ("change", "name", "code"),
    [
        ({"unique_no": "XYZ 1"}, "wrong_printer", Code.WRONG_PRINTER),
        ({"ram_resets": 1}, "ram_reset", Code.RAM_RESET),
        ({"invoices": 1}, "printer_disagrees", Code.DISAGREES),
    ],
)
def test_both_pictures_are_kept_once_for_each_thing_that_stops(
    shop: Desk, change: dict, name: str, code: Code
) -> None:
    good = shop.printer.now
    shop.printer.now = replace(good, **change)
    for _ in range(3):
        shop.restart()
        shop.settle()
    assert shop.view().blocked.code is code
    (event,) = shop.named(name)
    expected, found = (json.loads(event["detail"][key]) for key in ("expected", "found"))
    assert expected["unique_no"] == good.unique_no
    assert {key: found[key] for key in change} == change
    shop.printer.now = good
    shop.settle()
    assert shop.view().blocked is None
    assert len(shop.named("selling_goes_on")) == 1
    # The same once more is a new event.
    shop.printer.now = replace(good, **change)
    shop.restart()
    assert len(shop.named(name)) == 2


def off(shop: Desk, seconds: int) -> None:
    ahead = timedelta(seconds=seconds)
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None) + ahead
    shop.restart()


@pytest.mark.parametrize(("seconds", "is_set"), [(60, 0), (90, 1), (-90, 1), (301, 0)])
def test_a_small_drift_is_put_right_while_nothing_is_sold(
    shop: Desk, seconds: int, is_set: int
) -> None:
    off(shop, seconds)
    assert shop.printer.count("set_clock") == is_set
    assert len(shop.named("printer_clock_set")) == is_set
    shop.restart()
    assert shop.printer.count("set_clock") == is_set


def test_the_clock_is_left_alone_while_something_is_sold(shop: Desk) -> None:
    shop.pay("1")
    off(shop, 90)
    assert shop.printer.count("set_clock") == 0


def test_a_clock_that_cannot_be_set_stops_nothing(shop: Desk) -> None:
    shop.printer.fault("set_clock", refuse(no(code=2025)))
    off(shop, 90)
    assert shop.view().printer_online
    assert [note.code for note in shop.view().notes] == [Code.PRINTER_CLOCK_NOTE]


def test_a_torn_reading_stops_nothing(shop: Desk) -> None:
    torn = replace(shop.printer.now, receipts=1)
    shop.printer.fault("counters", lambda _: torn)
    shop.restart()
    assert shop.view().blocked is None
    assert shop.named("printer_disagrees") == []


@pytest.mark.parametrize("command", ["percent_mode", "clock"])
def test_a_printer_that_cannot_tell_sells_all_the_same(shop: Desk, command: str) -> None:
    shop.printer.fault(command, *[refuse(no())] * 9)
    shop.restart()
    assert shop.view().printer_online
    assert known(shop) == (RATES, PercentMode.VALUE_FIRST)
    assert shop.pay("1").receipt_no == 1


def test_a_printer_that_others_hold_is_there(shop: Desk) -> None:
    shop.printer.fault("counters", refuse(no(Why.BUSY, 41)))
    told = shop.pay("1")
    assert told.reason.code is Code.PRINTER_BUSY
    assert (shop.view().printer_online, shop.view().waits_for) == (True, BUSY)
