"""Differences of counters, and the time cut at daily reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from drivers.fiscal import NO_TOTALS, Counters, Report
from terminal.sale.counting import (
    NOTHING,
    Moved,
    after_report,
    before_report,
    moved,
    one_cancelled,
    one_document,
    parts,
)

OURS = (3999, 0, 349, 0, 0, 0, 0)
BASE = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 200, 300, 0, 0, 0, 0), 50, 0)
SOLD = replace(BASE, receipts=8, last_receipt_no=9, totals_gr=(4099, 200, 649, 0, 0, 0, 0))
NOON = datetime(2026, 11, 22, 12, 0)


def report(number: int, receipts: int, cancelled: int, totals, **more) -> Report:
    return Report(number, NOON, receipts, cancelled, totals, 0, **more)


def test_what_moved_is_a_plain_difference() -> None:
    assert moved(BASE, BASE) == NOTHING
    assert moved(BASE, SOLD) == one_document(OURS, is_invoice=False) == Moved(1, 0, OURS)
    invoiced = replace(BASE, invoices=1, invoice_totals_gr=OURS)
    assert moved(BASE, invoiced) == one_document(OURS, is_invoice=True)
    assert moved(BASE, replace(BASE, cancelled=2)) == one_cancelled(is_invoice=False)
    assert moved(BASE, replace(BASE, invoices_cancelled=1)) == one_cancelled(is_invoice=True)
    # Neither printouts nor the value of what was cancelled are anybody's sale.
    assert moved(BASE, replace(BASE, header_no=99, cancelled_gr=1, emergencies=1)) == NOTHING


def test_counters_before_a_report_are_those_of_its_record() -> None:
    found = before_report(BASE, report(5, 8, 2, SOLD.totals_gr, invoices=3))
    assert found == replace(SOLD, cancelled=2, last_receipt_no=10, invoices=3)


def test_a_report_leaves_nothing_and_numbers_begin_anew_each_day() -> None:
    after = after_report(BASE, 5)
    assert after == replace(
        BASE, reports=5, receipts=0, cancelled=0, totals_gr=NO_TOTALS, cancelled_gr=0,
        last_receipt_no=0,
    )  # fmt: skip
    going_on = after_report(replace(BASE, last_receipt_no=4711), 5)
    assert going_on == replace(after, last_receipt_no=4711)


def test_time_is_cut_at_each_report() -> None:
    first, second = report(5, 8, 1, SOLD.totals_gr), report(6, 1, 0, OURS)
    now = replace(after_report(SOLD, 6), receipts=1, totals_gr=OURS, last_receipt_no=1)
    cut = parts(BASE, now, (first, second))
    assert [moved(*part) for part in cut] == [Moved(1, 0, OURS)] * 3
    assert [begin.reports for begin, _ in cut] == [4, 5, 6]
    assert [end.last_receipt_no for _, end in cut] == [9, 1, 1]
    assert parts(BASE, SOLD, ()) == ((BASE, SOLD),)


def test_a_missing_or_foreign_report_leaves_no_parts() -> None:
    first, second = report(5, 8, 1, SOLD.totals_gr), report(6, 1, 0, OURS)
    now = after_report(SOLD, 6)
    for reports in (
        (),
        (first,),
        (second,),
        (second, first),
        (first, second, report(7, 0, 0, OURS)),
    ):
        assert parts(BASE, now, reports) == ()
