"""Days and hours as people type them, and how long ago something was. Pure.

Only digits: ``3`` is the next third of a month, ``0312`` the next third of December, ``03122026``
that one day; ``9``, ``930`` and ``0930`` are hours.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from terminal.i18n import ntranslate, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEARS = 8
_DAY, _DAY_AND_MONTH, _WHOLE = {1, 2}, 4, 8
_MONTHS = 12
_MINUTES_OF_HOUR, _MINUTES_OF_DAY = 60, 24 * 60


def read_day(text: str, today: date) -> date | None:
    """The day that was typed, the next one when it does not say which; None when there is none."""
    if not text.isascii() or not text.isdigit():
        return None
    if len(text) == _WHOLE:
        return _day(int(text[4:]), int(text[2:4]), int(text[:2]))
    if len(text) == _DAY_AND_MONTH:
        found = (_day(today.year + n, int(text[2:]), int(text[:2])) for n in range(_YEARS + 1))
    elif len(text) in _DAY:
        found = (_day(year, month, int(text)) for year, month in _months(today))
    else:
        return None
    return next((one for one in found if one is not None and one >= today), None)


def read_hour(text: str) -> time | None:
    """The hour that was typed, None when there is none."""
    if not text.isascii() or not text.isdigit() or len(text) > _DAY_AND_MONTH:
        return None
    hour, minute = (text, "0") if len(text) in _DAY else (text[:-2], text[-2:])
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def ago(moment: str, now: datetime) -> str:
    """How long ago a moment of the wire was; itself when it is none."""
    try:
        minutes = int((now - datetime.fromisoformat(moment)).total_seconds() // 60)
    except (ValueError, TypeError):
        return moment or translate("never")
    if minutes < 1:
        return translate("now")
    if minutes < _MINUTES_OF_HOUR:
        return ntranslate("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < _MINUTES_OF_DAY:
        return ntranslate("{count} hour ago", "{count} hours ago", minutes // _MINUTES_OF_HOUR)
    return ntranslate("{count} day ago", "{count} days ago", minutes // _MINUTES_OF_DAY)


def shown(moment: str, now: datetime) -> str:
    """A moment of the wire as the clock above shows it: day and minute."""
    try:
        local = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    except ValueError:
        return moment
    return local.strftime("%Y-%m-%d %H:%M")


def _months(today: date) -> Iterator[tuple[int, int]]:
    for number in range(today.month - 1, today.month + _MONTHS):
        yield today.year + number // _MONTHS, number % _MONTHS + 1


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= date.max.year and 1 <= month <= _MONTHS):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None
