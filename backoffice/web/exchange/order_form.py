"""Reads the form of an export or an import: what, where, since when, and by which clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backoffice.exchange.acts import Order, Times
from backoffice.jobs import schedules
from backoffice.jobs.work import Way
from backoffice.web import typed
from backoffice.web.exchange.words import DAYS, DUPLICATES
from backoffice.web.given import line, several
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ANY_TIME, LAST_TRANSFER = "any", "last"
AT, EVERY = "at", "every"


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as a person filled it in."""

    what: tuple[str, ...] = ()
    queue: str = "main"
    since: str = LAST_TRANSFER
    is_confirmed: bool = False
    duplicates: str = "warn"
    clock: str = AT
    at: str = "06:00"
    every: str = "15"
    days: str = "".join(DAYS)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether all is moved, and not only what changed since the last transfer."""
        return self.since == ANY_TIME


def read(given: Mapping[str, Any], words: Collection[str], queues: Collection[str]) -> Filled:
    """What was sent; ``words`` and ``queues`` are what may be chosen."""
    told = set(several(given, "what"))
    what = tuple(word for word in words if word in told)
    filled = Filled(
        what=what,
        queue=line(given, "queue"),
        since=line(given, "since"),
        is_confirmed=line(given, "confirm") == "yes",
        duplicates=line(given, "duplicates"),
        clock=line(given, "clock"),
        at=line(given, "at"),
        every=line(given, "every"),
        days="".join(day for day in DAYS if day in several(given, "days")),
    )
    one_of = _("Choose one of the list")
    for name, known in (
        ("queue", queues),
        ("since", {ANY_TIME, LAST_TRANSFER}),
        ("duplicates", {"", *DUPLICATES}),
        ("clock", {"", AT, EVERY}),
    ):
        if getattr(filled, name) not in known:
            filled.errors[name] = one_of
    return filled


def must_choose(filled: Filled) -> None:
    """Nothing chosen is an error of everything but the choosing itself."""
    if not filled.what:
        filled.errors["what"] = _("Choose at least one")


def order(filled: Filled, way: Way, channel: str) -> Order:
    """What shall be moved."""
    options: dict[str, Any] = {}
    if way is Way.IMPORT:
        options = {"confirm": filled.is_confirmed, "duplicates": filled.duplicates or "warn"}
    return Order(way, channel, filled.queue, filled.what, filled.is_whole, options)


def times(filled: Filled) -> Times | None:
    """When a schedule shall be due; None, and the reason among the errors, for no time."""
    if filled.clock == EVERY:
        return _every(filled)
    if not filled.days:
        filled.errors["days"] = _("Choose at least one day")
    try:
        at = typed.time(filled.at)
    except typed.NotUnderstood as wrong:
        filled.errors["at"] = wrong.reason.said(_)
        return None
    return None if filled.errors else Times(at=at, days=filled.days)


def _every(filled: Filled) -> Times | None:
    try:
        minutes = typed.number(filled.every)
    except typed.NotUnderstood as wrong:
        filled.errors["every"] = wrong.reason.said(_)
        return None
    if not schedules.EVERY_MIN <= minutes <= schedules.EVERY_MAX:
        most = schedules.EVERY_MAX
        filled.errors["every"] = _("From 1 to {most} minutes", most=most)
    return None if filled.errors else Times(every_min=minutes)
