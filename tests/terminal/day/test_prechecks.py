"""What stands in the way of a daily report, said at once; the till around it is in test_closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def test_looking_changes_nothing(shop: Desk) -> None:
    shop.pay("1")
    before = shop.documents()
    summary = shop.do(shop.till.day_summary)
    assert (summary.report_no, summary.receipts, summary.problems) == (1, 1, ())
    assert shop.documents() == before
    assert shop.sql("SELECT * FROM closing") == []
    assert shop.printer.count("daily_report") == 0


def test_without_the_printer_the_last_known_figures_are_shown(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.is_off = True
    summary = shop.do(shop.till.day_summary)
    assert (summary.total_gr, summary.printer_clock) == (349, "")
    assert [problem.code for problem in summary.problems] == [Code.NO_PRINTER]
