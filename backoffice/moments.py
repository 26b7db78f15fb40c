"""Points in time as the office stores them: UTC text that sorts. The clock itself is passed in."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# The shops' own time, whatever zone the machine of the office is set to: days of sale follow it.
ZONE = ZoneInfo("Europe/Warsaw")


def now() -> datetime:
    """The office's clock, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: every stamp has the same length, so text order is time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
