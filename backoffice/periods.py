"""The days that an owner looks at, and those before them to compare with. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Name = Literal["today", "yesterday", "week", "month", "own"]
NAMES: tuple[Name, ...] = get_args(Name)
DAYS_MAX = 366 * 3
OLDEST = date(2000, 1, 1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """From the ``first`` to the ``last`` day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def period(name: Name, today: date, first: date | None = None, last: date | None = None) -> Period:
    """The period of that name; ``first`` and ``last`` are those of an own one.

    Days in the wrong order are turned round, and too many are cut off at the old end.
    """
    match name:
        case "today":
            return Period(today, today)
        case "yesterday":
            return Period(today - _DAY, today - _DAY)
        case "week":
            return Period(today - timedelta(days=today.weekday()), today)
        case "month":
            return Period(today.replace(day=1), today)
        case "own":
            asked = first or last or today, last or first or today
            one, other = sorted(max(day, OLDEST) for day in asked)
            return Period(max(one, other - timedelta(days=DAYS_MAX - 1)), other)


def before(name: Name, now: Period) -> Period:
    """What it is compared with: as many days, of the week or month before or right before it."""
    match name:
        case "week":
            return Period(now.first - _WEEK, now.last - _WEEK)
        case "month":
            end = now.first - _DAY
            return Period(end.replace(day=1), end.replace(day=min(end.day, now.last.day)))
        case _:
            length = timedelta(days=now.days)
            return Period(now.first - length, now.last - length)


def each_day(of: Period) -> list[date]:
    """Its days in their order."""
    return [of.first + timedelta(days=number) for number in range(of.days)]
