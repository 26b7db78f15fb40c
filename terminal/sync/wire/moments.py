"""Whether a text is a day, or a time with its zone. Pure."""

from __future__ import annotations

from datetime import date, datetime


def is_day(text: str) -> bool:
    """Whether there is such a day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    """Whether it is a time that is the same everywhere."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
