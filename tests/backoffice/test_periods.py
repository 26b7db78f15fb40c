from __future__ import annotations

from datetime import date

import pytest

from backoffice.periods import DAYS_MAX, NAMES, OLDEST, Period, before, each_day, period

THURSDAY = date(2026, 3, 26)


def days(of):
    return of.first.isoformat(), of.last.isoformat()


@pytest.mark.parametrize(
    ("name", "now", "earlier"),
    [
        ("today", ("2026-03-26", "2026-03-26"), ("2026-03-25", "2026-03-25")),
        ("yesterday", ("2026-03-25", "2026-03-25"), ("2026-03-24", "2026-03-24")),
        ("week", ("2026-03-23", "2026-03-26"), ("2026-03-16", "2026-03-19")),
        ("month", ("2026-03-01", "2026-03-26"), ("2026-02-01", "2026-02-26")),
    ],
)
def test_each_name_has_its_days_and_those_before(name, now, earlier):
    found = period(name, THURSDAY)
    assert days(found) == now
    assert days(before(name, found)) == earlier


def test_a_long_month_is_compared_with_all_of_a_short_one():
    assert days(before("month", period("month", date(2026, 3, 31)))) == ("2026-02-01", "2026-02-28")
    assert days(before("month", period("month", date(2026, 1, 5)))) == ("2025-12-01", "2025-12-05")


def test_an_own_range_is_turned_round_filled_in_and_cut_off():
    first, last = date(2026, 3, 1), date(2026, 3, 3)
    for one, other in ((first, last), (last, first)):
        own = period("own", THURSDAY, one, other)
        assert days(own) == ("2026-03-01", "2026-03-03")
        assert days(before("own", own)) == ("2026-02-26", "2026-02-28")
    assert period("own", THURSDAY, first) == Period(first, first)
    assert period("own", THURSDAY) == Period(THURSDAY, THURSDAY)
    assert period("own", THURSDAY, date(1900, 1, 1), THURSDAY).days == DAYS_MAX
    ancient = period("own", THURSDAY, date.min, date.min)
    assert before("own", ancient).last < ancient.first == OLDEST


def test_every_day_of_a_period_is_named_once():
    for name in NAMES:
        found = period(name, THURSDAY, THURSDAY, THURSDAY)
        assert len(set(each_day(found))) == found.days
