from __future__ import annotations

from datetime import date

import pytest

from terminal.reports.span import Period, end_of_month, month_before, span

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("period", "back", "first", "last"),
    [
        (Period.TODAY, 0, "2026-11-26", "2026-11-26"),
        (Period.SINCE_REPORT, 0, "2026-11-26", "2026-11-26"),
        (Period.DAY, 0, "2026-11-25", "2026-11-25"),
        (Period.DAY, 2, "2026-11-23", "2026-11-23"),
        (Period.WEEK, 0, "2026-11-23", "2026-11-26"),
        (Period.WEEK, 1, "2026-11-16", "2026-11-22"),
        (Period.MONTH, 0, "2026-11-01", "2026-11-26"),
        (Period.MONTH, 1, "2026-10-01", "2026-10-31"),
        (Period.MONTH, 9, "2026-02-01", "2026-02-28"),
    ],
)
def test_days_of_a_period(period, back, first, last):
    found = span(period, THURSDAY, back)
    assert (str(found.first), str(found.last)) == (first, last)
    assert found.is_open is (period is Period.SINCE_REPORT)


def test_months_go_over_the_year():
    assert month_before(date(2026, 1, 31), 1) == date(2025, 12, 1)
    assert month_before(date(2026, 1, 31), 13) == date(2024, 12, 1)
    assert end_of_month(date(2028, 2, 1)) == date(2028, 2, 29)
    assert end_of_month(date(2026, 12, 24)) == date(2026, 12, 31)


def test_the_day_after():
    assert span(Period.MONTH, THURSDAY, 1).after == date(2026, 11, 1)
