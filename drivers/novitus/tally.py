"""What a printer that only counts on and on has done today: a fold over pictures of it. Pure.

Its number of receipts goes on through daily reports, and a report cannot be read back. So each
picture is held against the one before:

    the number and totals moved        receipts were made, the difference is what they came to
    the number moved, no total did     receipts were cancelled: none can come to nothing
    a report, and no receipt           the report holds what the last picture shows
    a report, one receipt, totals now  the receipt came after it, the report is known all the same
    a report, anything else            what the report holds cannot be known

A picture of another printer, one whose memory was reset or whose numbers went back begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003 - the notebook reads these annotations

from drivers.fiscal import NO_TOTALS, Seven

KEPT_MAX = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """What the printer told at one moment.

    ``number`` counts receipts since the last reset of the RAM, ``reported_at`` is when the last
    daily report was made.
    """

    unique_no: str
    ram_resets: int
    reports: int
    number: int
    totals_gr: Seven
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A daily report as it follows from the pictures; ``number`` is the report's."""

    number: int
    reported_at: datetime
    receipts: int = 0
    cancelled: int = 0
    totals_gr: Seven = NO_TOTALS


@dataclass(frozen=True, slots=True)
class Tally:
    """The last picture and what all of them add up to.

    ``receipts`` and ``cancelled`` are of the day, ``last_gr`` the totals of the last receipt, or
    nothing when it is not known; ``days`` are the daily reports that are.
    """

    picture: Picture
    receipts: int = 0
    cancelled: int = 0
    last_gr: Seven = NO_TOTALS
    days: tuple[Day, ...] = ()

    def day(self, number: int) -> Day | None:
        """The daily report ``number``; None when it is not known."""
        return next((each for each in self.days if each.number == number), None)


def fold(tally: Tally | None, now: Picture) -> Tally:
    """Add one picture."""
    if tally is None or not _goes_on(tally.picture, now):
        return Tally(now)
    if now.reports > tally.picture.reports:
        return _across_report(tally, now)
    old = tally.picture
    made = now.number - old.number
    if made == 0:
        return replace(tally, picture=now)
    if now.totals_gr == old.totals_gr:
        return replace(tally, picture=now, cancelled=tally.cancelled + made)
    last_gr = _minus(now.totals_gr, old.totals_gr) if made == 1 else NO_TOTALS
    return replace(tally, picture=now, receipts=tally.receipts + made, last_gr=last_gr)


def _goes_on(old: Picture, now: Picture) -> bool:
    if (now.unique_no, now.ram_resets) != (old.unique_no, old.ram_resets):
        return False
    if now.number < old.number or now.reports < old.reports:
        return False
    has_shrunk = any(new < before for new, before in zip(now.totals_gr, old.totals_gr, strict=True))
    return now.reports > old.reports or not has_shrunk


def _across_report(tally: Tally, now: Picture) -> Tally:
    made = now.number - tally.picture.number
    is_after = made == 1 and now.totals_gr != NO_TOTALS
    days: tuple[Day, ...] = ()
    if made == 0 or is_after:
        days = _known(tally, now)
    has_sold = now.totals_gr != NO_TOTALS
    return Tally(
        picture=now,
        # Without a known report, how many of them came after it is not known either.
        receipts=made if has_sold else 0,
        last_gr=now.totals_gr if is_after else tally.last_gr if made == 0 else NO_TOTALS,
        days=(*tally.days, *days)[-KEPT_MAX:],
    )


def _known(tally: Tally, now: Picture) -> tuple[Day, ...]:
    """Reports made since the last picture: the first holds the day, more of them hold nothing."""
    first = tally.picture.reports + 1
    totals_gr = tally.picture.totals_gr
    day = Day(first, now.reported_at, tally.receipts, tally.cancelled, totals_gr)
    empty = range(max(first + 1, now.reports - KEPT_MAX), now.reports + 1)
    return (day, *(Day(number, now.reported_at) for number in empty))


def _minus(left: Seven, right: Seven) -> Seven:
    a, b, c, d, e, f, g = (new - old for new, old in zip(left, right, strict=True))
    return a, b, c, d, e, f, g
