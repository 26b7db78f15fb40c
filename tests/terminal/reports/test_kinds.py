from __future__ import annotations

from datetime import date

from terminal.reports.kinds import about
from terminal.reports.span import Period, span

DAY = date(2026, 11, 26)


def test_the_days_in_words():
    assert about(span(Period.TODAY, DAY), 7) == "2026-11-26"
    assert about(span(Period.WEEK, DAY, 1), 7) == "2026-11-16 to 2026-11-22"
    open_one = span(Period.SINCE_REPORT, DAY)
    assert about(open_one, 7) == "Since the last daily report, before no. 7"
