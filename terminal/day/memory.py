"""How many daily reports the fiscal memory still holds, and from when on that is said. Pure."""

from __future__ import annotations

from terminal.errors import Code, Rejected, TillError

# Below the first a service is planned, below the second it is said with each report.
PLAN_BELOW = 60
WARN_BELOW = 10


def is_ending(reports_left: int | None) -> bool:
    """Whether a service should be planned."""
    return reports_left is not None and reports_left <= PLAN_BELOW


def is_urgent(reports_left: int | None) -> bool:
    """Whether it is said with each daily report."""
    return reports_left is not None and reports_left <= WARN_BELOW


def memory_ends(reports_left: int | None) -> TillError:
    """The warning."""
    return Rejected(Code.MEMORY_ENDS, count=reports_left)
