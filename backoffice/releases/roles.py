"""Who signs what, how many of them, and for how long it holds. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

ROOT, TARGETS, SNAPSHOT, TIMESTAMP = "root", "targets", "snapshot", "timestamp"
RELEASES, ASSIGNMENTS = "releases", "assignments"
# Both delegated roles may speak of these; the releases come first and end the search, so that an
# assignment can only choose among them (docs/adr/0014).
PATHS = ("kasoterminal/*/*",)


@dataclass(frozen=True, slots=True)
class Duty:
    """``threshold`` of ``keys`` must sign; online keys lie on the office's own machine."""

    keys: int
    threshold: int
    life: timedelta
    is_online: bool = False


DUTIES = {
    ROOT: Duty(3, 2, timedelta(days=365)),
    TARGETS: Duty(2, 1, timedelta(days=180)),
    RELEASES: Duty(3, 2, timedelta(days=90)),
    SNAPSHOT: Duty(1, 1, timedelta(days=7), is_online=True),
    TIMESTAMP: Duty(1, 1, timedelta(days=1), is_online=True),
    ASSIGNMENTS: Duty(1, 1, timedelta(days=7), is_online=True),
}
TOP = (ROOT, TARGETS, SNAPSHOT, TIMESTAMP)
DELEGATED = (RELEASES, ASSIGNMENTS)
# Signed by people, in steps; the order in which one vouches for the next.
STAGED = (ROOT, TARGETS, RELEASES)
