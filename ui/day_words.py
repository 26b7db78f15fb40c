"""The state of the day in words: for the status bar, and for the red banner above a page. Pure."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from terminal.day.state import Day
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.words import DAYS, word

if TYPE_CHECKING:
    from datetime import datetime

    from ui.known import Known

_BANNERS = {
    Day.OVERDUE: _("REPORT OVERDUE: menu 3"),
    Day.FORCED: _("NO SALE BEFORE THE REPORT: menu 3"),
    Day.UNKNOWN: _("REPORT IN DOUBT"),
}
# From here on the minutes to midnight are counted where no sale may follow it.
_COUNTED_MIN = 60


def banner(known: Known) -> str:
    """What stands in red above every page; mostly nothing."""
    text = _BANNERS.get(Day(known.day)) if known.day in set(Day) else None
    return translate(text) if text else ""


def minutes_left(known: Known, now: datetime) -> int | None:
    """Minutes until no payment begins any more without the report; None while that is far off."""
    if known.day != Day.DUE or known.settings is None or known.settings.close_profile != "block":
        return None
    passed_s = now.hour * 3600 + now.minute * 60 + now.second
    left = ceil((24 * 3600 - passed_s) / 60)
    return left if left <= _COUNTED_MIN else None


def day_word(known: Known, left: int | None) -> str:
    """The state for the status bar, or the minutes that the day may still sell."""
    if left is not None:
        return translate("report: {minutes} min", minutes=left)
    return word(DAYS, known.day)
