"""The fiscal day as the clock, the printer and the last report make it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.day.state import Day, Facts, day_of, let_pay, wants_reminder
from terminal.errors import Blocked, Code, Rejected
from terminal.sync.wire import Settings

ZONE = ZoneInfo("Europe/Warsaw")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
TODAY = "2026-11-23T08:00:00.000+01:00"
YESTERDAY = "2026-11-22T23:59:59.999+01:00"
LATE = NOON.replace(hour=22)
SHOP = Settings("settings")


@pytest.mark.parametrize(
    ("facts", "now", "day"),
    [
        (Facts(), NOON, Day.EMPTY),
        (Facts(), LATE, Day.EMPTY),
        (Facts(TODAY), NOON, Day.OPEN),
        (Facts(TODAY), LATE.replace(hour=21, minute=59, second=59), Day.OPEN),
        (Facts(TODAY), LATE, Day.DUE),
        (Facts(TODAY), LATE.replace(hour=23, minute=59), Day.DUE),
        (Facts(TODAY, are_shifts_over=True), NOON, Day.DUE),
        (Facts(YESTERDAY), NOON, Day.OVERDUE),
        (Facts(YESTERDAY), LATE, Day.OVERDUE),
        (Facts(YESTERDAY), NOON.replace(hour=0, minute=0), Day.OVERDUE),
        (Facts(YESTERDAY), NOON.replace(hour=23, minute=59, second=59), Day.OVERDUE),
        (Facts(TODAY), NOON + timedelta(hours=19, minutes=59), Day.OVERDUE),
        (Facts(TODAY), NOON + timedelta(hours=20), Day.FORCED),
        (Facts(TODAY, is_refused=True), NOON, Day.FORCED),
        (Facts(is_refused=True), NOON, Day.FORCED),
        (Facts(TODAY, missing=2, is_refused=True), NOON, Day.EXTERNAL),
        (Facts(TODAY, "INTENT", missing=1), NOON, Day.UNKNOWN),
        (Facts(YESTERDAY, "INTENT"), NOON, Day.UNKNOWN),
        (Facts(TODAY, "REPORTED"), NOON, Day.CLOSING),
        (Facts("", "SETTINGS"), NOON, Day.CLOSING),
    ],
)
def test_the_first_row_whose_facts_hold_decides(facts: Facts, now: datetime, day: Day) -> None:
    assert day_of(facts, now, SHOP) is day


@pytest.mark.parametrize(("at", "day"), [("12:00", Day.DUE), ("12:01", Day.OPEN)])
def test_the_shop_says_when_the_report_is_due(at: str, day: Day) -> None:
    assert day_of(Facts(TODAY), NOON, Settings("settings", close_at=at)) is day


@pytest.mark.parametrize(
    ("first", "now", "day"),
    [
        ("18:00", "23:59", Day.OPEN),
        ("00:30", "01:59", Day.OPEN),
        ("00:30", "02:00", Day.DUE),
        ("02:00", "12:00", Day.OPEN),
    ],
)
def test_a_shop_that_trades_past_midnight_is_not_reminded_all_evening(
    first: str, now: str, day: Day
) -> None:
    night = Settings("settings", close_at="02:00")
    hour, minute = (int(part) for part in now.split(":"))
    facts = Facts(f"2026-11-23T{first}:00.000+01:00")
    assert day_of(facts, NOON.replace(hour=hour, minute=minute), night) is day


# --- every state, every event ---------------------------------------------------------------------

PAGE = Path(__file__).parents[3] / "docs" / "day.md"
# One moment and one picture for each state.
AT = {
    Day.EMPTY: (Facts(), NOON),
    Day.OPEN: (Facts(TODAY), NOON),
    Day.DUE: (Facts(TODAY), LATE),
    Day.OVERDUE: (Facts(YESTERDAY), NOON),
    Day.FORCED: (Facts(YESTERDAY, is_refused=True), NOON),
    Day.EXTERNAL: (Facts(TODAY, missing=1), NOON),
    Day.UNKNOWN: (Facts(TODAY, "INTENT"), NOON),
    Day.CLOSING: (Facts("", "REPORTED"), NOON),
}
# What each event does to the facts, or to the clock.
EVENTS = {
    "first sale": lambda facts, now: (replace(facts, first_sale_at=now.isoformat()), now),
    "the hour": lambda facts, now: (facts, now.replace(hour=22, minute=30)),
    "last shift ends": lambda facts, now: (replace(facts, are_shifts_over=True), now),
    "midnight": lambda facts, now: (
        facts,
        now if is_after_midnight(facts, now) else now.replace(hour=0) + timedelta(days=1),
    ),
    "24 hours": lambda facts, now: (facts, now + timedelta(hours=24)),
    "refused (383)": lambda facts, now: (replace(facts, is_refused=True), now),
    "counts more": lambda facts, now: (replace(facts, missing=facts.missing + 1), now),
    "imported": lambda _, now: (Facts(), now),
    "report sent": lambda facts, now: (replace(facts, closing_step="INTENT"), now),
    "not made": lambda facts, now: (replace(facts, closing_step=None), now),
    "made": lambda facts, now: (replace(facts, first_sale_at="", closing_step="REPORTED"), now),
    "day closed": lambda facts, now: (replace(facts, closing_step=None), now),
}


def is_after_midnight(facts: Facts, now: datetime) -> bool:
    stamp = facts.first_sale_at
    return bool(stamp) and datetime.fromisoformat(stamp).date() < now.date()


def table() -> dict[tuple[Day, str], str]:
    """The table of the page: state and event to what stands there."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    head = next(line for line in lines if "first sale" in line and line.startswith("| |"))
    names = [cell.strip() for cell in head.split("|")[2:-1]]
    rows = lines[lines.index(head) + 2 :]
    found = {}
    for line in rows:
        if not line.startswith("|"):
            break
        state, *cells = (cell.strip() for cell in line.split("|")[1:-1])
        found |= {
            (Day(state.strip("`")), name): cell for name, cell in zip(names, cells, strict=True)
        }
    return found


TABLE = table()


def test_the_page_has_each_state_and_each_event() -> None:
    assert set(TABLE) == {(day, event) for day in Day for event in EVENTS}


@pytest.mark.parametrize("day", list(Day))
def test_each_state_is_what_its_picture_says(day: Day) -> None:
    assert day_of(*AT[day], SHOP) is day


@pytest.mark.parametrize(("day", "event"), list(TABLE), ids=str)
def test_each_event_in_each_state_leads_where_the_page_says(day: Day, event: str) -> None:
    wanted = TABLE[day, event]
    if wanted == "–":
        return
    assert day_of(*EVENTS[event](*AT[day]), SHOP) is (day if wanted == "·" else Day(wanted))


# --- clocks ---------------------------------------------------------------------------------------


def test_a_clock_that_went_back_blocks_nothing() -> None:
    assert day_of(Facts("2026-11-24T08:00:00.000+01:00"), NOON, SHOP) is Day.OPEN


def test_the_date_is_the_one_on_the_paper_also_across_the_change_of_time() -> None:
    """01:30 of a night in October is still the same day in both zones of it."""
    summer = "2026-10-25T02:30:00.000+02:00"
    winter = datetime(2026, 10, 25, 2, 10, tzinfo=ZONE, fold=1)
    assert day_of(Facts(summer), winter, SHOP) is Day.OPEN


@pytest.mark.parametrize(
    ("first", "now", "day"),
    [
        # 25 hours lie between the noons of this night, 23 between those of that one.
        ("2026-10-24T12:00:00.000+02:00", datetime(2026, 10, 25, 10, 59, tzinfo=ZONE), Day.OVERDUE),
        ("2026-10-24T12:00:00.000+02:00", datetime(2026, 10, 25, 11, 0, tzinfo=ZONE), Day.FORCED),
        ("2026-03-28T12:00:00.000+01:00", datetime(2026, 3, 29, 12, 59, tzinfo=ZONE), Day.OVERDUE),
        ("2026-03-28T12:00:00.000+01:00", datetime(2026, 3, 29, 13, 0, tzinfo=ZONE), Day.FORCED),
    ],
)
def test_24_hours_are_hours_and_not_what_the_clock_shows(first, now, day) -> None:
    assert day_of(Facts(first), now, SHOP) is day


# Both nights of the year in which the clock is changed, and an ordinary one.
NIGHTS = [
    datetime(2026, month, day, 0, 0, tzinfo=UTC) for month, day in ((3, 28), (10, 24), (7, 1))
]


@given(
    night=st.sampled_from(NIGHTS),
    first_s=st.integers(0, 48 * 3600),
    passed_s=st.integers(0, 72 * 3600) | st.integers(22 * 3600, 26 * 3600),
    close_at=st.sampled_from(["00:00", "02:30", "22:00", "23:59"]),
)
def test_whatever_the_hour_a_day_only_grows_older(
    night: datetime, first_s: int, passed_s: int, close_at: str
) -> None:
    """A day of 23 or 25 hours ends at its midnight, and is forced after 24 real hours."""
    first = (night + timedelta(seconds=first_s)).astimezone(ZONE)
    now = (night + timedelta(seconds=first_s + passed_s)).astimezone(ZONE)
    settings = Settings("settings", close_at=close_at)
    found = day_of(Facts(first.isoformat(timespec="milliseconds")), now, settings)
    if passed_s >= 24 * 3600:
        assert found is Day.FORCED
    elif first.date() < now.date():
        assert found is Day.OVERDUE
    else:
        hour = tuple(int(part) for part in close_at.split(":"))
        is_late = (now.hour, now.minute) >= hour
        if hour < (12, 0):
            is_late = is_late and (first.hour, first.minute) < hour
        assert found is (Day.DUE if is_late else Day.OPEN)


# --- what it lets through -------------------------------------------------------------------------

NEVER = {
    Day.CLOSING: Code.BUSY,
    Day.UNKNOWN: Code.BUSY,
    Day.FORCED: Code.REPORT_MISSING,
}
BY_PROFILE = {
    (Day.OVERDUE, "block", False): Code.DAY_NOT_CLOSED,
    (Day.OVERDUE, "block", True): Code.DAY_NOT_CLOSED,
    (Day.OVERDUE, "remind", False): Code.REPORT_WANTED,
}


@pytest.mark.parametrize("is_put_off", [True, False])
@pytest.mark.parametrize("profile", ["off", "remind", "block"])
@pytest.mark.parametrize("day", list(Day))
def test_who_may_pay(day: Day, profile: str, is_put_off: bool) -> None:
    settings = Settings("settings", close_profile=profile)
    code = NEVER.get(day) or BY_PROFILE.get((day, profile, is_put_off))
    if code is None:
        let_pay(day, settings, is_put_off=is_put_off)
        return
    kind = Blocked if code is Code.BUSY else Rejected
    with pytest.raises(kind) as refused:
        let_pay(day, settings, is_put_off=is_put_off)
    assert refused.value.code is code


@pytest.mark.parametrize("profile", ["off", "remind", "block"])
@pytest.mark.parametrize("day", list(Day))
def test_who_is_asked_for_the_report(day: Day, profile: str) -> None:
    asked = {Day.DUE, Day.OVERDUE, Day.FORCED} if profile != "off" else {Day.FORCED}
    assert wants_reminder(day, Settings("settings", close_profile=profile)) is (day in asked)
