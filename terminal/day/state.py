"""The state of the fiscal day, and whether it lets a sale through. Pure.

Nothing here is remembered: the state follows from facts of the journal and the clock, so that a
power cut cannot lose it. The first row of the table whose facts hold decides; what each event makes
of each state stands in ``docs/day.md``, and a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.errors import Blocked, Code, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sync.wire import Settings

# By law the report of a day comes before the first sale of the next, whatever a shop would like.
LONGEST_DAY = timedelta(hours=24)
_HOUR, _NOON = "%H:%M", "12:00"


class Day(StrEnum):
    """Where the day is between two daily reports."""

    EMPTY = "EMPTY"
    OPEN = "OPEN"
    DUE = "DUE"
    OVERDUE = "OVERDUE"
    FORCED = "FORCED"
    EXTERNAL = "EXTERNAL"
    CLOSING = "CLOSING"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state follows from.

    ``first_sale_at`` is when the first receipt of the day was finished, empty without any.
    ``closing_step`` is the step of a daily report under way; INTENT means that nobody knows yet
    whether it was made. ``missing`` counts reports that the printer has and we have not.
    ``is_refused``: the printer has said that it sells nothing before a report. ``are_shifts_over``:
    there were shifts since the first sale, and the last one has ended.
    """

    first_sale_at: str = ""
    closing_step: str | None = None
    missing: int = 0
    is_refused: bool = False
    are_shifts_over: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """Facts at a moment, in a shop with settings."""

    facts: Facts
    now: datetime
    settings: Settings

    @property
    def first_sale(self) -> datetime | None:
        stamp = self.facts.first_sale_at
        return datetime.fromisoformat(stamp) if stamp else None

    @property
    def is_another_date(self) -> bool:
        return self.first_sale is not None and self.first_sale.date() < self.now.date()

    @property
    def is_too_long(self) -> bool:
        return self.first_sale is not None and self.now - self.first_sale >= LONGEST_DAY

    @property
    def is_due(self) -> bool:
        return self.facts.are_shifts_over or self._has_hour_come

    @property
    def _has_hour_come(self) -> bool:
        """An hour of the morning is that of a night's end: it is none of the evening before."""
        at, first = self.settings.close_at, self.first_sale
        is_of_today = at >= _NOON or (first is not None and first.strftime(_HOUR) < at)
        return is_of_today and self.now.strftime(_HOUR) >= at


_TABLE: tuple[tuple[Day, Callable[[_Look], bool]], ...] = (
    (Day.UNKNOWN, lambda it: it.facts.closing_step == "INTENT"),
    (Day.CLOSING, lambda it: it.facts.closing_step is not None),
    (Day.EXTERNAL, lambda it: it.facts.missing > 0),
    (Day.FORCED, lambda it: it.facts.is_refused or it.is_too_long),
    (Day.EMPTY, lambda it: it.first_sale is None),
    (Day.OVERDUE, lambda it: it.is_another_date),
    (Day.DUE, lambda it: it.is_due),
    (Day.OPEN, lambda _: True),
)


def day_of(facts: Facts, now: datetime, settings: Settings) -> Day:
    """State of the day at ``now``, a local time with its zone."""
    look = _Look(facts, now, settings)
    return next(day for day, holds in _TABLE if holds(look))


def let_pay(day: Day, settings: Settings, *, is_put_off: bool = False) -> None:
    """Let a payment begin, or raise: the law wants yesterday's report before today's first sale.

    ``is_put_off``: somebody was asked for the report and has answered that it comes later.
    Raises E-59 and E-09 when there must be a report first, E-155 when somebody has to answer.
    Reports made at the printer stop nothing: every sale fetches them before it is printed.
    """
    match day, settings.close_profile:
        case ((Day.CLOSING | Day.UNKNOWN), _):
            raise Blocked(Code.BUSY)
        case Day.FORCED, _:
            raise Rejected(Code.REPORT_MISSING)
        case Day.OVERDUE, "block":
            raise Rejected(Code.DAY_NOT_CLOSED)
        case Day.OVERDUE, "remind" if not is_put_off:
            raise Rejected(Code.REPORT_WANTED)


def wants_reminder(day: Day, settings: Settings) -> bool:
    """Whether somebody should be asked for the report."""
    if day is Day.FORCED:
        return True
    return day in {Day.DUE, Day.OVERDUE} and settings.close_profile != "off"
