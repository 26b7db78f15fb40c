"""What really happened: each row of the recovery table, and no way to guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import NO_TOTALS, Counters, Report, Transaction
from terminal.sale.settle import Picture, Ruling, Verdict, rule

EXPECTED = (3999, 0, 349, 0, 0, 0, 0)
BASE = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 200, 300, 0, 0, 0, 0), 50, 0)
IDLE = Transaction(
    is_open=False, totals_gr=EXPECTED, payments_gr=4348, change_gr=0, fiscal_part_done=False
)
SOLD = replace(BASE, receipts=8, last_receipt_no=9, totals_gr=(4099, 200, 649, 0, 0, 0, 0))


def look(counters: Counters, transaction: Transaction = IDLE, report: Report | None = None):
    return rule(BASE, EXPECTED, Picture(counters, transaction, report))


def report(receipts: int, cancelled: int, totals) -> Report:
    return Report(5, datetime(2026, 11, 22, 23, 59), receipts, cancelled, totals, 0)


def test_sold() -> None:
    assert look(SOLD) == Ruling(Verdict.SOLD, receipt_no=9, report_no=5)


def test_never_sold() -> None:
    assert look(BASE).verdict is Verdict.NEVER_SOLD


def test_cancelled() -> None:
    assert look(replace(BASE, cancelled=2, last_receipt_no=9)).verdict is Verdict.CANCELLED


def test_open_receipt_is_to_be_cancelled_or_finished() -> None:
    assert look(BASE, replace(IDLE, is_open=True)).verdict is Verdict.STILL_OPEN
    done = replace(IDLE, is_open=True, fiscal_part_done=True)
    assert look(SOLD, done).verdict is Verdict.FOOTER_PENDING


def test_another_printer_and_lost_memory_come_before_counters() -> None:
    assert look(replace(SOLD, unique_no="XYZ 1")).verdict is Verdict.WRONG_PRINTER
    assert look(replace(SOLD, ram_resets=1)).verdict is Verdict.RAM_RESET


@pytest.mark.parametrize(
    "counters",
    [
        replace(SOLD, receipts=9),
        replace(SOLD, totals_gr=(4098, 200, 650, 0, 0, 0, 0)),
        replace(SOLD, totals_gr=BASE.totals_gr),
        replace(SOLD, receipts=7),
        replace(SOLD, cancelled=2),
        replace(BASE, cancelled=3),
        replace(BASE, receipts=6),
        replace(BASE, reports=3),
        replace(BASE, reports=7, receipts=0, cancelled=0, totals_gr=NO_TOTALS),
    ],
)
def test_anything_else_disagrees(counters: Counters) -> None:
    assert look(counters).verdict is Verdict.DISAGREES


def test_equal_total_of_another_receipt_is_not_ours() -> None:
    """The printer shows another last document than ours: amounts alone decide nothing."""
    other = replace(IDLE, totals_gr=(4348, 0, 0, 0, 0, 0, 0))
    assert look(SOLD, other).verdict is Verdict.DISAGREES


AFTER_Z = replace(BASE, reports=5, receipts=0, cancelled=0, last_receipt_no=0, totals_gr=NO_TOTALS)


def test_sold_before_a_report_made_at_the_printer() -> None:
    found = look(AFTER_Z, report=report(8, 1, SOLD.totals_gr))
    assert found == Ruling(Verdict.SOLD, receipt_no=9, report_no=5)


def test_not_sold_before_a_report_made_at_the_printer() -> None:
    found = look(AFTER_Z, report=report(7, 1, BASE.totals_gr))
    assert found.verdict is Verdict.NEVER_SOLD


def test_cancelled_before_a_report_made_at_the_printer() -> None:
    found = look(AFTER_Z, report=report(7, 2, BASE.totals_gr))
    assert found.verdict is Verdict.CANCELLED


def test_sold_after_a_report_made_at_the_printer() -> None:
    now = replace(AFTER_Z, receipts=1, last_receipt_no=1, totals_gr=EXPECTED)
    found = look(now, report=report(7, 1, BASE.totals_gr))
    assert found == Ruling(Verdict.SOLD, receipt_no=1, report_no=6)


def test_sold_twice_around_a_report_disagrees() -> None:
    now = replace(AFTER_Z, receipts=1, last_receipt_no=1, totals_gr=EXPECTED)
    found = look(now, report=report(8, 1, SOLD.totals_gr))
    assert found.verdict is Verdict.DISAGREES


def test_report_without_its_record_disagrees() -> None:
    assert look(AFTER_Z).verdict is Verdict.DISAGREES


small = st.integers(0, 3)


@given(small, small, st.tuples(*[st.integers(0, 5000)] * 7))
def test_sold_needs_all_three(receipts: int, cancelled: int, delta) -> None:
    totals = tuple(a + b for a, b in zip(BASE.totals_gr, delta, strict=True))
    now = replace(
        BASE,
        receipts=BASE.receipts + receipts,
        cancelled=BASE.cancelled + cancelled,
        totals_gr=totals,
    )
    is_sold = look(now).verdict is Verdict.SOLD
    assert is_sold == (receipts == 1 and cancelled == 0 and delta == EXPECTED)
