"""How far the printer's clock is off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from terminal.day.clock import drift, is_noted, is_stopping, noted, too_far_off
from terminal.errors import Code

OURS = datetime(2026, 11, 23, 10, 0, 30)


@pytest.mark.parametrize(
    ("printer", "off_s", "is_told", "is_wrong"),
    [
        (datetime(2026, 11, 23, 10, 0, 31), 1, False, False),
        (datetime(2026, 11, 23, 10, 1, 30), 60, False, False),
        (datetime(2026, 11, 23, 10, 1, 31), 61, True, False),
        (datetime(2026, 11, 23, 9, 59, 29), -61, True, False),
        (datetime(2026, 11, 23, 10, 5, 30), 300, True, False),
        (datetime(2026, 11, 23, 10, 6, 30), 360, True, True),
        (datetime(2026, 11, 23, 9, 54, 30), -360, True, True),
        (datetime(2026, 11, 23, 13, 0, 30), 10_800, True, True),
        (datetime(2026, 11, 22, 10, 0, 30), -86_400, True, True),
    ],
)
def test_to_the_second(printer: datetime, off_s: int, is_told: bool, is_wrong: bool) -> None:
    off = drift(printer, OURS)
    assert off == timedelta(seconds=off_s)
    assert (is_noted(off), is_stopping(off)) == (is_told, is_wrong)


@pytest.mark.parametrize(
    ("printer", "off_s"),
    [
        (datetime(2026, 11, 23, 10, 0), 0),
        (datetime(2026, 11, 23, 9, 59), -31),
        (datetime(2026, 11, 23, 9, 58), -91),
        (datetime(2026, 11, 23, 10, 2), 90),
    ],
)
def test_a_printer_without_seconds_gets_the_benefit(printer: datetime, off_s: int) -> None:
    assert drift(printer, OURS) == timedelta(seconds=off_s)


def test_both_clocks_are_in_the_sentence() -> None:
    printer = datetime(2026, 11, 23, 10, 6)
    for make, code in ((noted, Code.PRINTER_CLOCK_NOTE), (too_far_off, Code.PRINTER_CLOCK)):
        told = make(printer, OURS)
        assert told.code is code
        assert told.params == {"printer": "2026-11-23 10:06", "till": "2026-11-23 10:00:30"}
