"""How far the printer's clock is off, and what that forbids. Pure.

More than a minute is told and put right with the daily report, the only time at which the printer
lets its clock be set, by two hours at most. More than five minutes let no new day begin and no
report be made: a wrong date in the fiscal memory cannot be taken back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from terminal.errors import Code, Rejected, TillError

NOTE = timedelta(seconds=60)
STOP = timedelta(minutes=5)
_MINUTE_END = timedelta(seconds=59)


def drift(printer: datetime, ours: datetime) -> timedelta:
    """How far the printer is ahead (positive) or behind; both are local times without zone.

    A printer that tells no seconds may stand anywhere in its minute: it gets the benefit.
    """
    ahead = printer - ours
    if printer.second or ahead > timedelta():
        return ahead
    return min(ahead + _MINUTE_END, timedelta())


def is_noted(off: timedelta) -> bool:
    """Whether somebody should know of it."""
    return abs(off) > NOTE


def is_stopping(off: timedelta) -> bool:
    """Whether neither a day nor a report may begin."""
    return abs(off) > STOP


def too_far_off(printer: datetime, ours: datetime) -> TillError:
    """What stands in the way of a day or of a report."""
    return Rejected(Code.PRINTER_CLOCK, printer=_show(printer), till=_show(ours))


def noted(printer: datetime, ours: datetime) -> TillError:
    """What is put right with the next daily report."""
    return Rejected(Code.PRINTER_CLOCK_NOTE, printer=_show(printer), till=_show(ours))


def office_apart(off: timedelta) -> TillError:
    """Printer and till agree, and the office has another time: somebody looks at a watch."""
    return Rejected(Code.OFFICE_CLOCK, minutes=round(off / timedelta(minutes=1)))


def _show(moment: datetime) -> str:
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")
