"""Days and hours as people type them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.context import ZONE
from ui.days import ago, read_day, read_hour, shown

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26", TODAY),
        ("27", date(2026, 11, 27)),
        ("3", date(2026, 12, 3)),
        ("31", date(2026, 12, 31)),
        ("0312", date(2026, 12, 3)),
        ("0101", date(2027, 1, 1)),
        ("2902", date(2028, 2, 29)),
        ("03122026", date(2026, 12, 3)),
        ("03122020", date(2020, 12, 3)),
        ("", None),
        ("0", None),
        ("32", None),
        ("3002", None),
        ("0113", None),
        ("312", None),
        ("29022027", None),
        ("00000000", None),
        ("٣", None),
    ],
)
def test_a_day_without_a_year_is_the_next_one(text, day):
    assert read_day(text, TODAY) == day


@given(st.text("0123456789x٣", max_size=9), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_whatever_is_typed_is_a_day_or_none(text, today):
    found = read_day(text, today)
    assert found is None or len(text) == 8 or found >= today


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("9", time(9)),
        ("14", time(14)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("0", time(0)),
        ("24", None),
        ("1260", None),
        ("", None),
        ("12345", None),
    ],
)
def test_hours(text, hour):
    assert read_hour(text) == hour


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-26T11:59:30+01:00", "now"),
        ("2026-11-26T10:58:00Z", "2 minutes ago"),
        ("2026-11-26T10:00:00+01:00", "2 hours ago"),
        ("2026-11-25T11:59:00+01:00", "1 day ago"),
        ("", "never"),
        ("long ago", "long ago"),
        ("2026-11-26T10:00:00", "2026-11-26T10:00:00"),
    ],
)
def test_how_long_ago(moment, words):
    assert ago(moment, NOW) == words


def test_a_moment_is_shown_in_the_time_of_the_till():
    assert shown("2026-11-26T10:58:00Z", NOW) == "2026-11-26 11:58"
    assert shown("soon", NOW) == "soon"
