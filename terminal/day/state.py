"""The state of the fiscal day, and whether it lets a sale through. Pure."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.errors import Blocked, Code, Rejected

if TYPE_CHECKING:
    from terminal.sync.wire import Settings


class Day(StrEnum):
    """Where the day is between two daily reports."""

    EMPTY = "EMPTY"
    OPEN = "OPEN"
    DUE = "DUE"
    OVERDUE = "OVERDUE"
    CLOSING = "CLOSING"
    UNKNOWN = "UNKNOWN"


def day_of(first_sale_at: str, now: datetime, settings: Settings, closing_step: str | None) -> Day:
    """State of the day whose first receipt was finished at ``first_sale_at`` (empty: none).

    ``closing_step`` is the step of a daily report under way: INTENT means that nobody knows yet
    whether it was made.
    """
    if closing_step is not None:
        return Day.UNKNOWN if closing_step == "INTENT" else Day.CLOSING
    if not first_sale_at:
        return Day.EMPTY
    if _date(first_sale_at) < now.date():
        return Day.OVERDUE
    return Day.DUE if now.strftime("%H:%M") >= settings.close_at else Day.OPEN


def let_pay(day: Day, settings: Settings) -> None:
    """Let a payment begin, or raise: the law wants yesterday's report before today's first sale."""
    if day is Day.OVERDUE and settings.close_profile == "block":
        raise Rejected(Code.DAY_NOT_CLOSED)
    if day in {Day.CLOSING, Day.UNKNOWN}:
        raise Blocked(Code.BUSY)


def _date(stamp: str) -> date:
    return datetime.fromisoformat(stamp).date()
