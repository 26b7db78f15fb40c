"""What the fake till has of cash and reports: enough to be looked at."""

from __future__ import annotations

from terminal.day.shifts import CashState
from terminal.reports.sheet import Column, Sheet, Unit
from terminal.store.shifts import Shift
from terminal.store.takings import Takings

AT = "2026-11-22T08:00:00.000+01:00"
SHEET = Sheet("x", "A report", "2026-11-22", (Column("Cashier", Unit.TEXT),), (("Anna",),))


class FakeShifts:
    def state(self) -> CashState:
        shift = Shift("s1", "u1", "Anna Nowak", AT, 20_000)
        return CashState(shift, Takings(20_000, 0, 0, (), 0, 0, 0, 0, 0, 0), AT, is_whole=True)


class FakeReports:
    def sheet(self, kind, days) -> Sheet:
        return SHEET

    def preview(self) -> Sheet:
        return SHEET

    closings = preview

    def monthly_printed(self, month) -> bool:
        return False

    def print_monthly(self, month, *, is_summary) -> None:
        return None

    print_dates = print_numbers = print_monthly
