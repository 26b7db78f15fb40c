"""Menu 4 4 to 4 9: a report as a table with bars; printed, or saved on a USB stick by Enter."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.reports.kinds import TITLES, Kind
from terminal.reports.sheet import Unit, shown
from terminal.reports.span import PERIODS, Period, span
from ui.keypad import Accept, Cycle, Key, Mode, Move, Other, Text
from ui.screens.page import Page, Scans
from ui.screens.question import Choices
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from terminal.errors import TillError
    from terminal.reports.sheet import Cell, Sheet
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_WIDTHS = {Unit.TEXT: 5, Unit.COUNT: 9, Unit.QTY: 12, Unit.MONEY: 14}
_NAME_MIN, _NAME_MAX = 12, 40
_BAR_MIN, _BAR_MAX = 6, 40
_NUMBER_MAX = 9  # digits of a report's number


class SheetPage(Page, ABC):
    """Fetches a sheet and shows it; what fetches it is a subclass's own."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sheet: Sheet | None = None
        self._error: TillError | None = None
        self._first = 0
        self._asked = 0

    @property
    def title(self) -> str:
        """The heading."""
        return self._sheet.title if self._sheet else translate("Reports")

    def legend(self) -> Legend:
        """Print or save, look."""
        return (
            *((("Enter", translate("print, save")),) if self._sheet else ()),
            ("F5", translate("refresh")),
            ("↑ ↓", translate("scroll")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Fetch it; what was asked before and comes late is not shown."""
        self._sheet, self._error, self._first = None, None, 0
        self._asked += 1
        till = self.desk.till
        arrived = partial(self._arrived, self._asked)
        self.desk.ask(till.engine.call(self.fetch), arrived, self._refused)

    @abstractmethod
    def fetch(self) -> Future[Sheet]:
        """What brings the sheet; on the engine's thread."""

    def body(self, width: int, height: int) -> list[Row]:
        """Days, heads, rows, and the sum in the last line."""
        if self._error is not None:
            text = f"! {self._error.code} {self._error.sentence()}"
            return row.wrapped(width, text, row.WARN)
        if self._sheet is None:
            return row.wrapped(width, translate("Counting… Esc leaves, selling goes on"))
        head, rows, foot = sheet_rows(width, self._sheet)
        if not rows:
            rows = row.wrapped(width, translate("Nothing was sold"))
        room = max(1, height - len(head) - len(foot))
        self._first = max(0, min(self._first, len(rows) - room))
        return [*head, *rows[self._first : self._first + room], *foot][:height]

    def on(self, intent: Intent) -> None:
        """Print or save, scroll, refresh."""
        match intent:
            case Accept() if self._sheet is not None:
                choices = (
                    (translate("print on the receipt printer"), self._print),
                    (translate("save as a file (CSV) on a USB stick"), self._save),
                )
                self.desk.open(Choices(self.desk, self.title, choices))
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Key("refresh"):
                self.opened()
            case _:
                super().on(intent)

    def _print(self) -> None:
        if self._sheet is not None:
            till = self.desk.till
            call = till.engine.call(till.reports.on_paper, self._sheet)
            self.desk.order(call, lambda _job: self.desk.say(translate("It is being printed")))

    def _save(self) -> None:
        if self._sheet is not None:
            till = self.desk.till
            self.desk.say(translate("Please wait…"))
            self.desk.ask(till.engine.call(till.reports.save, self._sheet), self._saved)

    def _saved(self, path: Future[Path]) -> None:
        self.desk.say(translate("Saved: {path}", path=path))

    def _arrived(self, number: int, sheet: Sheet) -> None:
        if number == self._asked:
            self._sheet = sheet

    def _refused(self, error: TillError) -> None:
        self._error = error
        self.desk.refuse(error)


class SalesReport(SheetPage):
    """Sums of sales; ``*`` goes to the next period, a digit so many of them back, ``#`` on."""

    acts_at_once = True

    def __init__(self, desk: Desk, kinds: Sequence[Kind]) -> None:
        super().__init__(desk)
        self._kinds = tuple(kinds)
        self._period = Period.TODAY
        self._back = 0

    @property
    def title(self) -> str:
        """The heading."""
        return f"{translate(TITLES[self._kinds[0]])}: {translate(PERIODS[self._period])}"

    def legend(self) -> Legend:
        """Period and report."""
        other = (("#", translate(TITLES[self._kinds[1]])),) if len(self._kinds) > 1 else ()
        back = (("0-9", translate("so many back")),) if self._reaches_back else ()
        return (("*", translate("period")), *back, *other, *super().legend())

    @property
    def _reaches_back(self) -> bool:
        return self._period in {Period.DAY, Period.WEEK, Period.MONTH}

    def fetch(self) -> Future[Sheet]:
        """Count."""
        till = self.desk.till
        today = till.now().date()
        return till.reports.sheet(self._kinds[0], span(self._period, today, self._back))

    def press(self, key: str) -> None:
        """A digit goes back in time at once."""
        if len(key) == 1 and key in "0123456789":
            if self._reaches_back:
                self._back = int(key)
                self.opened()
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Another period, another report."""
        match intent:
            case Other():
                periods = list(Period)
                self._period = periods[(periods.index(self._period) + 1) % len(periods)]
                self._back = 0
                self.opened()
            case Cycle() if len(self._kinds) > 1:
                self._kinds = (*self._kinds[1:], self._kinds[0])
                self.opened()
            case _:
                super().on(intent)


class Preview(SheetPage):
    """The day up to now, printer and till beside each other; nothing is printed by it."""

    def fetch(self) -> Future[Sheet]:
        """Ask the printer."""
        return self.desk.till.reports.preview()


class ClosingList(SheetPage):
    """The daily reports; a number that is typed prints a copy of that one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ask(Mode.DIGITS)

    @property
    def prompt(self) -> str:
        """Which one."""
        return translate("Copy of report no.")

    def fetch(self) -> Future[Sheet]:
        """Read them."""
        return self.desk.till.reports.closings()

    def on(self, intent: Intent) -> None:
        """A copy of one."""
        if isinstance(intent, Text):
            till = self.desk.till
            call = till.engine.call(till.reports.copy_closing, int(intent.text[:_NUMBER_MAX]))
            self.desk.order(call, lambda _job: self.desk.say(translate("It is being printed")))
        else:
            super().on(intent)


def sheet_rows(width: int, sheet: Sheet) -> tuple[list[Row], list[Row], list[Row]]:
    """Head, rows and foot; bars fill what is left of the width."""
    widths = _widths(width, sheet)
    bar = width - sum(widths) - len(widths) - 1
    heads = _line(sheet.heads(), widths, sheet)
    head = [
        *row.wrapped(width, sheet.about, row.DIM),
        row.row(width, (heads, row.STRONG)),
    ]
    figures = [_figure(cells, sheet) for cells in sheet.rows]
    most = max(figures, default=0)
    rows = []
    for cells, figure in zip(sheet.rows, figures, strict=True):
        text = _line(_texts(cells, sheet), widths, sheet)
        full = min(bar, _BAR_MAX) * figure // most if sheet.bar is not None and most > 0 else 0
        rows.append(row.row(width, (text, row.TEXT), (" " + "█" * max(0, full), row.GOOD)))
    if not sheet.total or not sheet.rows:
        return head, rows, []
    total = _line(_texts(sheet.total, sheet), widths, sheet)
    return head, rows, [row.row(width, ("─" * width, row.DIM)), row.row(width, (total, row.TOTAL))]


def _widths(width: int, sheet: Sheet) -> list[int]:
    """The first text column takes what the others leave, and leaves room for the bar."""
    rest = [_WIDTHS[column.unit] for column in sheet.columns]
    flexible = next(no for no, column in enumerate(sheet.columns) if column.unit is Unit.TEXT)
    bar = _BAR_MIN if sheet.bar is not None else 0
    rest[flexible] = 0
    texts = [sheet.heads()[flexible], *(str(cells[flexible]) for cells in sheet.rows)]
    longest = max(map(len, texts))
    free = width - sum(rest) - len(rest) - 1 - bar
    rest[flexible] = max(_NAME_MIN, min(free, max(longest, _NAME_MIN), _NAME_MAX))
    return rest


def _texts(cells: Sequence[Cell], sheet: Sheet) -> list[str]:
    return [shown(cell, column.unit) for cell, column in zip(cells, sheet.columns, strict=True)]


def _line(texts: Sequence[str], widths: Sequence[int], sheet: Sheet) -> str:
    parts = [
        row.fit(text, width, right=column.unit is not Unit.TEXT)
        for text, width, column in zip(texts, widths, sheet.columns, strict=True)
    ]
    return " " + " ".join(parts)


def _figure(cells: Sequence[Cell], sheet: Sheet) -> int:
    cell = cells[sheet.bar] if sheet.bar is not None else 0
    return cell if isinstance(cell, int) else 0


REPORTS = {
    "report_cashiers": (Kind.CASHIERS,),
    "report_products": (Kind.PRODUCTS,),
    "report_categories": (Kind.CATEGORIES,),
    "report_methods": (Kind.METHODS, Kind.HOURS),
}
