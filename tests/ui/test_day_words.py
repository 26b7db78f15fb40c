from __future__ import annotations

from datetime import datetime

import pytest

from terminal.day.state import Day
from terminal.sync.wire import Settings
from ui.day_words import banner, day_word, minutes_left
from ui.known import Known

NIGHT = datetime(2026, 11, 22, 23, 0, 0)


def known(day, profile="block"):
    return Known(day=day, settings=Settings("settings", close_profile=profile))


@pytest.mark.parametrize("day", list(Day))
def test_only_what_stops_sales_or_breaks_the_law_is_red(day):
    is_red = day in {Day.OVERDUE, Day.FORCED, Day.UNKNOWN}
    assert bool(banner(known(day))) is is_red


def test_a_state_of_a_newer_till_is_shown_as_it_is():
    assert banner(known("NEW")) == ""
    assert day_word(known("NEW"), None) == "NEW"


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (NIGHT.replace(hour=22, minute=59, second=59), None),
        (NIGHT, 60),
        (NIGHT.replace(minute=30), 30),
        (NIGHT.replace(minute=59, second=30), 1),
    ],
)
def test_the_last_hour_is_counted_in_minutes(at, left):
    assert minutes_left(known(Day.DUE), at) == left


@pytest.mark.parametrize(
    ("day", "profile"), [(Day.OPEN, "block"), (Day.OVERDUE, "block"), (Day.DUE, "remind")]
)
def test_nothing_is_counted_where_midnight_stops_nothing(day, profile):
    assert minutes_left(known(day, profile), NIGHT) is None


def test_the_minutes_take_the_place_of_the_word():
    assert day_word(known(Day.DUE), 12) == "report: 12 min"
    assert day_word(known(Day.DUE), None) == "day: report due"
