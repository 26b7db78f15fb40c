"""What the fake till has of cash and reports: enough to be looked at."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from terminal import events
from terminal.day.shift_book import Reckoning
from terminal.day.shifts import CashState
from terminal.reports.sheet import Column, Sheet, Unit
from terminal.store.shifts import Shift
from terminal.store.takings import Method, Takings
from terminal.sync.wire import ShiftDoc

if TYPE_CHECKING:
    from tests.ui.fake_till import FakeTill

AT = "2026-11-22T08:00:00.000+01:00"
CASH = Method("cash", "Gotówka", "cash", 41, 312_450, 25_015)
CARD = Method("card", "Karta", "card", 17, 148_890, 0)
TAKINGS = Takings(20_000, 5_000, 100_000, (CASH, CARD), 0, 55, 436_325, 0, 2, 3)
MONEY = Column("Gross", Unit.MONEY)
SALES = Sheet(
    "products",
    "Sales by product",
    "2026-11-22",
    (
        Column("Product", Unit.TEXT),
        Column("Lines", Unit.COUNT),
        Column("Quantity", Unit.QTY),
        Column("Unit", Unit.TEXT),
        MONEY,
    ),
    (
        ("Mleko ŁACIATE 3,2% 1l", 40, 57_000, "szt", 19_893),
        ("Ser gouda", 12, 4_345, "kg", 14_295),
        ("Chleb żytni", 9, 9_000, "szt", 4_680),
    ),
    ("Total", 61, None, "", 38_868),
    bar=4,
)
BOTH = (
    Column("What", Unit.TEXT),
    Column("Printer", Unit.MONEY),
    Column("Till", Unit.MONEY),
    Column("Difference", Unit.MONEY),
)
PREVIEW = Sheet(
    "x",
    "The day up to now (X, not fiscal)",
    "2026-11-22 12:34: receipts 8 (till 8)",
    BOTH,
    (("VAT rate A", 3_999, 3_999, 0), ("VAT rate C", 349, 350, 1)),
    ("Total", 4_348, 4_349, 1),
)


class FakeShifts:
    def __init__(self, till: FakeTill) -> None:
        self.till = till

    def open(self, opening_gr: int | None) -> None:
        self.till.calls.append(("open_shift", opening_gr))
        self.till.engine.tell(events.ShiftOpened(document(opening_gr=opening_gr)))

    def state(self) -> CashState:
        shift = Shift("s1", "u1", "Anna Nowak", AT, 20_000)
        is_whole = not self.till.settings.blind_count
        return CashState(shift, TAKINGS, AT, is_whole=is_whole)

    def reckon(self, count) -> Reckoning:
        return Reckoning(TAKINGS.expected_gr, count)

    def end(self, count, reason: str) -> None:
        self.till.calls.append(("end_shift", count.total_gr, reason))
        counted = {"counted_gr": count.total_gr, "closed_at": AT, "receipts": 55}
        off_gr = count.total_gr - TAKINGS.expected_gr
        self.till.engine.tell(events.ShiftEnded(document(**counted, difference_gr=off_gr)))
        self.till.lock()

    def open_drawer(self, reason: str) -> None:
        self.till.calls.append(("open_drawer", reason))


class FakeReports:
    def sheet(self, kind, days) -> Sheet:
        return SALES

    def preview(self) -> Sheet:
        return PREVIEW

    def closings(self) -> Sheet:
        return PREVIEW

    def monthly_printed(self, month) -> bool:
        return False

    def print_monthly(self, month, *, is_summary) -> Future[None]:
        return Future()

    print_dates = print_numbers = print_monthly


def document(**facts) -> ShiftDoc:
    who = {"terminal": "T1", "shop": "lipa", "operator": "Anna Nowak", "operator_id": "u1"}
    return ShiftDoc(rid="s1", at=AT, shift="s1", opened_at=AT, total_gr=436_325, **who, **facts)
