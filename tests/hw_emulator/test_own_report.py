from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from hw_emulator.own_report import OwnReport, read_time

WARSAW = ZoneInfo("Europe/Warsaw")


class Clock:
    def __init__(self, *at: int) -> None:
        self.at = datetime(*at, tzinfo=WARSAW)

    def __call__(self) -> datetime:
        return self.at


def test_it_is_due_at_midnight_and_until_it_is_done():
    clock = Clock(2026, 3, 2, 10, 0)
    own = OwnReport(time(0, 0), clock)
    assert not own.is_due
    clock.at += timedelta(hours=13, minutes=59, seconds=59)
    assert not own.is_due
    clock.at += timedelta(seconds=1)
    assert own.is_due
    clock.at += timedelta(minutes=20)
    assert own.is_due
    own.done()
    assert not own.is_due
    clock.at += timedelta(hours=23, minutes=40)
    assert own.is_due


def test_another_hour_and_a_start_before_it():
    clock = Clock(2026, 3, 2, 10, 0)
    own = OwnReport(time(22, 30), clock)
    clock.at = clock.at.replace(hour=22, minute=30)
    assert own.is_due


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=40)])
def test_a_clock_that_jumps_over_the_hour_makes_it_due_once(jump):
    clock = Clock(2026, 3, 2, 10, 0)
    own = OwnReport(time(0, 0), clock)
    clock.at += jump
    assert own.is_due
    own.done()
    assert not own.is_due


def test_a_clock_that_jumps_back_does_not():
    clock = Clock(2026, 3, 2, 10, 0)
    own = OwnReport(time(0, 0), clock)
    clock.at -= timedelta(days=3)
    assert not own.is_due


def test_summer_time_moves_nothing():
    clock = Clock(2026, 3, 28, 23, 0)
    own = OwnReport(time(0, 0), clock)
    clock.at = datetime(2026, 3, 29, 0, 0, tzinfo=WARSAW)
    assert own.is_due
    own.done()
    clock.at = datetime(2026, 3, 29, 23, 59, tzinfo=WARSAW)
    assert not own.is_due


def test_hours_in_words():
    assert read_time("23:15") == time(23, 15)
    for text in ("24:00", "noon", "", "1"):
        with pytest.raises(ValueError, match="is not HH:MM"):
            read_time(text)
