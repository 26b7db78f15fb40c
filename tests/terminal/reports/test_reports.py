"""The verbs of menu 4 on a real till: figures, files, slips, and what the printer makes itself."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Unreachable
from terminal.errors import Code
from terminal.reports.kinds import Kind
from terminal.reports.span import Period, span
from terminal.sync.wire import Category, Product
from tests.terminal.desk import CASHIER, MANAGER, ROWS, Desk, desk
from tests.terminal.fake_printer import no

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = span(Period.TODAY, date(2026, 11, 23))
DAIRY = [
    Product("milk", "Mleko 1 l", "C", 349, "pcs", "1", category="dairy"),
    *[one for one in ROWS["products"] if one.id != "milk"],
]


class Memory:
    """What a fiscal printer makes out of its memory."""

    def __init__(self) -> None:
        self.made: list[tuple] = []
        self.error = None

    def _make(self, *what) -> None:
        if self.error:
            raise self.error
        self.made.append(what)

    def monthly(self, month, *, is_summary=False):
        self._make("monthly", month, is_summary)

    def by_dates(self, first, last, *, is_summary=False):
        self._make("by_dates", first, last, is_summary)

    def by_numbers(self, first, last, *, is_summary=False):
        self._make("by_numbers", first, last, is_summary)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, products=DAIRY, categories=[Category("dairy", "Nabiał")]) as one:
        one.printer.reporting = Memory()
        one.start()
        yield one


def sheet(shop: Desk, kind: Kind, days=TODAY):
    return shop.do(shop.till.reports.sheet, kind, days)


def test_one_day_in_five_ways(shop: Desk) -> None:
    shop.pay("1", "1")
    shop.wait(hours=1)
    shop.pay("3", method="card")
    assert sheet(shop, Kind.CASHIERS).rows == (("Marek", 2, 4_697),)
    assert sheet(shop, Kind.METHODS).rows == (("Karta", 1, 3_999), ("Gotówka", 1, 698))
    assert sheet(shop, Kind.HOURS).rows == (("10:00-10:59", 1, 698), ("11:00-11:59", 1, 3_999))
    assert sheet(shop, Kind.PRODUCTS).rows == (
        ("Wódka", 1, 1_000, "szt.", 3_999),
        ("Mleko 1 l", 2, 2_000, "szt.", 698),
    )
    categories = sheet(shop, Kind.CATEGORIES)
    assert categories.rows == (("without a category", 1, 3_999), ("Nabiał", 2, 698))
    assert categories.total == ("Total", 3, 4_697)


def test_yesterday_and_what_no_report_has_closed(shop: Desk) -> None:
    shop.pay("1")
    shop.close_day()
    shop.wait(days=1)
    shop.do(shop.till.login, MANAGER)
    shop.pay("3")
    now = shop.now.date()
    assert sheet(shop, Kind.HOURS, span(Period.DAY, now)).total[-1] == 349
    assert sheet(shop, Kind.HOURS, span(Period.SINCE_REPORT, now)).total[-1] == 3_999
    assert sheet(shop, Kind.HOURS, span(Period.MONTH, now)).total[-1] == 4_348
    assert sheet(shop, Kind.HOURS, span(Period.MONTH, now, 1)).rows == ()


def test_who_may_not_and_what_a_file_looks_like(shop: Desk, tmp_path: Path) -> None:
    shop.pay("1")
    products = sheet(shop, Kind.PRODUCTS)
    shop.till.reports.export_path = str(tmp_path)
    path = shop.do(shop.till.reports.save, products)
    assert path.name == "products_T1_20261123-100000.csv"
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[1] == ["Product", "Lines", "Quantity", "Unit", "Gross"]
    assert rows[2] == ["Mleko 1 l", "1", "1,000", "szt.", "3,49"]
    assert rows[3] == ["Total", "1", "", "", "3,49"]
    assert shop.code(shop.till.reports.on_paper, products) is Code.NO_RECEIPT_PRINTER
    shop.till.reports.export_path = str(tmp_path / "gone")
    assert shop.code(shop.till.reports.save, products) is Code.NO_MEDIUM
    shop.do(shop.till.login, CASHIER)
    for verb in (shop.till.reports.closings, shop.till.reports.preview):
        assert shop.code(verb) is Code.NO_RIGHT
    assert shop.code(shop.till.reports.sheet, Kind.HOURS, TODAY) is Code.NO_RIGHT


def test_the_preview_shows_both_counts(shop: Desk) -> None:
    shop.pay("1")
    shop.pay("3")
    found = shop.do(shop.till.reports.preview)
    assert found.rows == (
        ("VAT rate A", 3_999, 3_999, 0),
        ("VAT rate C", 349, 349, 0),
    )
    assert found.total == ("Total", 4_348, 4_348, 0)
    assert shop.printer.count("daily_report") == 0
    shop.printer.is_off = True
    assert shop.code(shop.till.reports.preview) is Code.NO_PRINTER


def test_daily_reports_the_newest_first(shop: Desk) -> None:
    for code in ("1", "3"):
        shop.pay(code)
        shop.close_day()
        shop.wait(days=1)
        shop.do(shop.till.login, MANAGER)
    found = shop.do(shop.till.reports.closings)
    assert [(row[0], row[2], row[4], row[7], row[5]) for row in found.rows] == [
        (2, 1, 3_999, 3_999, 0),
        (1, 1, 349, 349, 0),
    ]
    assert found.total == (None, "Total", 2, 0, 4_348, 0, 0, 4_348)
    assert shop.code(shop.till.reports.copy_closing, 2) is Code.NO_RECEIPT_PRINTER
    assert shop.code(shop.till.reports.copy_closing, 3) is Code.NO_RECORD


def test_what_the_printer_makes_is_a_document(shop: Desk) -> None:
    reports, memory = shop.till.reports, shop.printer.reporting
    october = date(2026, 10, 1)
    assert not shop.do(reports.monthly_printed, october)
    shop.do(reports.print_monthly, october, is_summary=False)
    shop.do(reports.print_dates, october, date(2026, 10, 31), is_summary=True)
    shop.do(reports.print_numbers, 3, 7, is_summary=False)
    assert memory.made == [
        ("monthly", october, False),
        ("by_dates", october, date(2026, 10, 31), True),
        ("by_numbers", 3, 7, False),
    ]
    told = [
        (it["report"], it["first"], it["last"], it["is_summary"], it["operator"])
        for it in shop.documents("printed_report")
    ]
    assert told == [
        ("monthly", "2026-10", "2026-10", False, "Marek"),
        ("by_dates", "2026-10-01", "2026-10-31", True, "Marek"),
        ("by_numbers", "3", "7", False, "Marek"),
    ]
    assert shop.do(reports.monthly_printed, october)


def test_what_was_not_made_is_none(shop: Desk) -> None:
    reports = shop.till.reports
    day = date(2026, 10, 1)
    assert shop.code(reports.print_numbers, 7, 3, is_summary=False) is Code.BAD_RANGE
    assert shop.code(reports.print_dates, day, date(2026, 9, 1), is_summary=False) is Code.BAD_RANGE
    for error, code in ((no(), Code.PRINTER_REFUSED), (Unreachable("cable"), Code.NO_PRINTER)):
        shop.printer.reporting.error = error
        assert shop.code(reports.print_monthly, day, is_summary=False) is code
    shop.printer.reporting = None
    assert shop.code(reports.print_monthly, day, is_summary=False) is Code.NO_REPORTING
    assert shop.documents("printed_report") == []
