"""Days of birth."""

from __future__ import annotations

from datetime import date

import pytest

from terminal.sale.age import born_by


@pytest.mark.parametrize(
    ("today", "born"),
    [
        (date(2026, 11, 26), date(2008, 11, 26)),
        (date(2026, 1, 1), date(2008, 1, 1)),
        (date(2028, 2, 29), date(2010, 2, 28)),
        (date(2026, 2, 28), date(2008, 2, 28)),
        (date(2026, 3, 1), date(2008, 3, 1)),
    ],
)
def test_who_is_eighteen(today: date, born: date) -> None:
    assert born_by(today, 18) == born


def test_a_leap_day_many_years_ago() -> None:
    assert born_by(date(2028, 2, 29), 20) == date(2008, 2, 29)
