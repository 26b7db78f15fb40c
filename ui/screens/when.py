"""Asks for a day, or for a day and an hour, by digits; what is none is said and asked again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.days import read_day, read_hour
from ui.screens.question import Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ui.desk import Desk


def ask_day(
    desk: Desk, title: str, prompt: str, then: Callable[[date | None], object], text: str = ""
) -> None:
    """Hand the day that was typed to ``then``, None for an empty field."""

    def typed(digits: str) -> None:
        found = read_day(digits, desk.till.now().date()) if digits else None
        if digits and found is None:
            ask_day(desk, title, prompt, then, digits)
            desk.refuse(Rejected(Code.NO_SUCH_DAY, typed=digits))
        else:
            then(found)

    how = translate("3, 0312 or 03122026")
    desk.open(Field(desk, title, f"{prompt} ({how})", typed, text=text))


def ask_moment(
    desk: Desk, title: str, then: Callable[[str], object], *, is_needed: bool = False
) -> None:
    """Hand day and hour to ``then`` as the wire has them; nothing for an empty day.

    Where it ``is_needed`` an empty day is today.
    """

    def chosen(day: date | None) -> None:
        now = desk.till.now()
        if day is None and not is_needed:
            then("")
        else:
            ask_hour(now.date() if day is None else day)

    def ask_hour(day: date, text: str = "") -> None:
        def typed(digits: str) -> None:
            hour = read_hour(digits)
            if hour is None:
                ask_hour(day, digits)
                desk.refuse(Rejected(Code.NO_SUCH_HOUR, typed=digits))
            else:
                moment = datetime.combine(day, hour, desk.till.now().tzinfo)
                then(moment.isoformat(timespec="minutes"))

        prompt = translate("Hour (9, 930 or 1430)")
        desk.open(Field(desk, f"{title}: {day}", prompt, typed, text=text))

    empty = translate("Day (empty: today)") if is_needed else translate("Day (empty: none)")
    ask_day(desk, title, empty, chosen)
