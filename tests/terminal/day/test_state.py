"""The fiscal day as the clock and the last report make it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from terminal.day.state import Day, day_of, let_pay
from terminal.errors import Blocked, Code, Rejected
from terminal.sync.wire import Settings

ZONE = ZoneInfo("Europe/Warsaw")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
TODAY = "2026-11-23T08:00:00.000+01:00"
YESTERDAY = "2026-11-22T23:59:59.999+01:00"
LATE = NOON.replace(hour=22)


@pytest.mark.parametrize(
    ("first_sale", "now", "step", "day"),
    [
        ("", NOON, None, Day.EMPTY),
        ("", LATE, None, Day.EMPTY),
        (TODAY, NOON, None, Day.OPEN),
        (TODAY, LATE.replace(hour=21, minute=59, second=59), None, Day.OPEN),
        (TODAY, LATE, None, Day.DUE),
        (TODAY, LATE.replace(hour=23, minute=59), None, Day.DUE),
        (YESTERDAY, NOON, None, Day.OVERDUE),
        (YESTERDAY, LATE, None, Day.OVERDUE),
        (YESTERDAY, NOON.replace(hour=0, minute=0), None, Day.OVERDUE),
        (TODAY, NOON, "INTENT", Day.UNKNOWN),
        (YESTERDAY, NOON, "INTENT", Day.UNKNOWN),
        (TODAY, NOON, "REPORTED", Day.CLOSING),
        ("", NOON, "SETTINGS", Day.CLOSING),
    ],
)
def test_the_table_of_the_day(first_sale: str, now: datetime, step: str | None, day: Day) -> None:
    assert day_of(first_sale, now, Settings("settings"), step) is day


@pytest.mark.parametrize(("at", "day"), [("12:00", Day.DUE), ("12:01", Day.OPEN)])
def test_the_shop_says_when_the_report_is_due(at: str, day: Day) -> None:
    assert day_of(TODAY, NOON, Settings("settings", close_at=at), None) is day


def test_a_clock_that_went_back_blocks_nothing() -> None:
    assert day_of("2026-11-24T08:00:00.000+01:00", NOON, Settings("settings"), None) is Day.OPEN


def test_the_date_is_the_one_on_the_paper_also_across_the_change_of_time() -> None:
    """01:30 of a night in October is still the same day in both zones of it."""
    summer = "2026-10-25T02:30:00.000+02:00"
    winter = datetime(2026, 10, 25, 2, 10, tzinfo=ZONE, fold=1)
    assert day_of(summer, winter, Settings("settings"), None) is Day.OPEN


@pytest.mark.parametrize("profile", ["off", "remind", "block"])
@pytest.mark.parametrize("day", list(Day))
def test_who_may_pay(day: Day, profile: str) -> None:
    settings = Settings("settings", close_profile=profile)
    if day in {Day.CLOSING, Day.UNKNOWN}:
        with pytest.raises(Blocked) as blocked:
            let_pay(day, settings)
        assert blocked.value.code is Code.BUSY
    elif (day, profile) == (Day.OVERDUE, "block"):
        with pytest.raises(Rejected) as rejected:
            let_pay(day, settings)
        assert rejected.value.code is Code.DAY_NOT_CLOSED
    else:
        let_pay(day, settings)
