"""Points in time as the office stores them: UTC text that sorts. The clock itself is passed in."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The office's clock, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: every stamp has the same length, so text order is time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
