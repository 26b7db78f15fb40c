"""The part of the journal that a report is about. Pure: days of the shop's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from terminal.i18n import gettext_noop as _

_WEEK = timedelta(days=7)


class Period(StrEnum):
    """How long a report reaches."""

    TODAY = "today"
    SINCE_REPORT = "since_report"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


PERIODS = {
    Period.TODAY: _("today"),
    Period.SINCE_REPORT: _("since the last daily report"),
    Period.DAY: _("the day before"),
    Period.WEEK: _("week"),
    Period.MONTH: _("month"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From day to day, both included; ``is_open`` means whatever no daily report has closed yet."""

    first: date
    last: date
    is_open: bool = False

    @property
    def after(self) -> date:
        """The day that follows."""
        return self.last + timedelta(days=1)


def span(period: Period, today: date, back: int = 0) -> Span:
    """The days of ``period``, ``back`` of them ago: of weeks that begin on Mondays, of months."""
    match period:
        case Period.DAY:
            day = today - timedelta(days=back + 1)
            return Span(day, day)
        case Period.WEEK:
            monday = today - timedelta(days=today.weekday()) - back * _WEEK
            return Span(monday, min(monday + timedelta(days=6), max(today, monday)))
        case Period.MONTH:
            first = month_before(today, back)
            return Span(first, min(end_of_month(first), max(today, first)))
    return Span(today, today, is_open=period is Period.SINCE_REPORT)


def month_before(day: date, months: int = 0) -> date:
    """The first day of the month ``months`` before that of ``day``."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def end_of_month(day: date) -> date:
    """The last day of the month in which ``day`` lies."""
    return month_before(day, -1) - timedelta(days=1)
