"""Menu 4 2 and 4 3: reports that the fiscal printer makes out of its memory."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.reports.span import end_of_month, month_before
from ui.keypad import Accept, Cancel, Mode, Text
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Page, Scans
from ui.screens.question import Choices
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_MONTHS = 24
# The law wants the report of a month by this day of the next one.
_DUE_DAY = 25
_DATE_DIGITS = 8


class Monthly(Listing):
    """A month is chosen, then the full report or the summary."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = desk.till.now().date()
        self._months = [month_before(self._today, back) for back in range(_MONTHS)]
        self._is_printed: bool | None = None
        self.marked = 1

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Monthly report")

    @property
    def count(self) -> int:
        """How many months can be chosen."""
        return len(self._months)

    def legend(self) -> Legend:
        """Choose a month."""
        return (("↑ ↓ Enter", translate("choose")), ("Esc", translate("back")))

    def opened(self) -> None:
        """Ask whether that of the last month was printed."""
        till = self.desk.till
        self.desk.ask(till.engine.call(till.reports.monthly_printed, self._months[1]), self._told)

    def body(self, width: int, height: int) -> list[Row]:
        """Months, the newest first, and until when the last one is due."""
        due = date(self._today.year, self._today.month, _DUE_DAY)
        month = f"{self._months[1]:%Y-%m}"
        if self._is_printed:
            hint, style = translate("The report of {month} was printed.", month=month), row.DIM
        else:
            hint = translate("The report of {month} is due by {day}.", month=month, day=due)
            style = row.WARN if self._today > due else row.STRONG
        texts = [self._name(one) for one in self._months]
        hints = row.wrapped(width, hint, style)
        return [*hints, *marked_rows(width, max(1, height - len(hints)), texts, self.marked)]

    def _name(self, month: date) -> str:
        is_over = end_of_month(month) < self._today
        return f"{month:%Y-%m}" + ("" if is_over else f"  ({translate('not over yet')})")

    def on(self, intent: Intent) -> None:
        """Enter chooses the month."""
        if isinstance(intent, Accept):
            month, reports = self._months[self.marked], self.desk.till.reports
            what = f"{self.title} {month:%Y-%m}"
            ask_how(self.desk, what, partial(reports.print_monthly, month))
        else:
            super().on(intent)

    def _told(self, is_printed: bool) -> None:  # noqa: FBT001 - the answer of a verb
        self._is_printed = is_printed


class Bounds(Page):
    """The first and the last of a periodic report: days or numbers, both included."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, *, by_dates: bool) -> None:
        super().__init__(desk, Mode.DIGITS)
        self._by_dates = by_dates
        self._first: date | int | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Periodic report")

    @property
    def prompt(self) -> str:
        """Which of the two."""
        if self._by_dates:
            return translate("From day") if self._first is None else translate("To day")
        return translate("From number") if self._first is None else translate("To number")

    def legend(self) -> Legend:
        """Enter goes on."""
        return (("Enter", translate("confirm")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """How to type it, and what was typed."""
        rows = [row.row(width)] * (height // 3)
        if self._by_dates:
            rows += row.wrapped(width, translate("Day as eight digits: 01112026 is 2026-11-01"))
        else:
            rows += row.wrapped(width, translate("Numbers of daily reports"))
        if self._first is not None:
            text = translate("From: {first}", first=self._first)
            rows += row.wrapped(width, text, row.STRONG)
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Both, one after the other."""
        match intent:
            case Text(_, text):
                self._take(self._read(text))
            case Cancel() if self._first is not None:
                self._first = None
            case Accept():
                return
            case _:
                super().on(intent)

    def _read(self, text: str) -> date | int | None:
        if self._by_dates:
            return read_day(text)
        return int(text) if len(text) < _DATE_DIGITS else None

    def _take(self, value: date | int | None) -> None:
        first, reports = self._first, self.desk.till.reports
        if value is None:
            self.desk.refuse_text(translate("No such day or number"))
        elif first is None:
            self._first = value
        elif isinstance(first, date) and isinstance(value, date):
            how = partial(reports.print_dates, first, value)
            ask_how(self.desk, f"{self.title} {first} - {value}", how)
        elif isinstance(first, int) and isinstance(value, int):
            how = partial(reports.print_numbers, first, value)
            ask_how(self.desk, f"{self.title} {first} - {value}", how)


class Making(Page):
    """The printer makes a report; it cannot be told to stop."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, title: str, make: Callable[[], Future[None]]) -> None:
        super().__init__(desk)
        self._title = title
        self._make = make
        self._is_done = False
        self._error: TillError | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    def legend(self) -> Legend:
        """Leave; the printer goes on."""
        if self._error is not None:
            return (("Enter", translate("try again")), ("Esc", translate("back")))
        if self._is_done:
            return (("Enter", translate("finish")),)
        return (("Esc", translate("leave, the printer goes on")),)

    def opened(self) -> None:
        """Begin."""
        self._is_done, self._error = False, None
        self.desk.ask(self.desk.till.engine.call(self._make), self._made, self._refused)

    def body(self, width: int, height: int) -> list[Row]:
        """How far it is."""
        if self._error is not None:
            text = f"! {self._error.code} {self._error.sentence()}"
            rows = row.wrapped(width, text, row.WARN)
        elif self._is_done:
            rows = row.wrapped(width, translate("The report is printed."), row.NOTE)
        else:
            text = translate("The fiscal printer prints; it sells again when it has finished…")
            rows = row.wrapped(width, text, row.STRONG)
        return [*([row.row(width)] * (height // 3)), *rows][:height]

    def on(self, intent: Intent) -> None:
        """Leave, or try again."""
        match intent:
            case Accept() if self._error is not None:
                self.opened()
            case Accept() if self._is_done:
                self.desk.home()
            case Accept():
                return
            case _:
                super().on(intent)

    def _made(self, _none: object) -> None:
        self._is_done = True
        self.desk.say(translate("The report is printed."))

    def _refused(self, error: TillError) -> None:
        self._error = error
        self.desk.refuse(error)


def ask_how(desk: Desk, title: str, make: Callable[..., Future[None]]) -> None:
    """Full or summary, then the printer begins."""

    def begin(*, is_summary: bool) -> None:
        desk.open(Making(desk, title, partial(make, is_summary=is_summary)))

    choices = (
        (translate("full"), partial(begin, is_summary=False)),
        (translate("summary"), partial(begin, is_summary=True)),
    )
    desk.open(Choices(desk, title, choices))


def read_day(text: str) -> date | None:
    """``01112026`` is 2026-11-01; None for what is no day."""
    if len(text) != _DATE_DIGITS:
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
