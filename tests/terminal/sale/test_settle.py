"""What really happened: each row of the recovery table, and no way to guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import NO_TOTALS, Attention, Counters, Mechanism, Report, Status, Transaction
from terminal.sale.counting import after_report
from terminal.sale.picture import Picture, Ruling, Sent, Then, Verdict
from terminal.sale.settle import TABLE, rule, then_of
from terminal.sentences import SENTENCES

OURS = (3999, 0, 349, 0, 0, 0, 0)
BASE = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 200, 300, 0, 0, 0, 0), 50, 0)
SHOWN = Transaction(
    is_open=False, totals_gr=OURS, payments_gr=4348, change_gr=0, fiscal_part_done=False
)
SOLD = replace(
    BASE, receipts=8, last_receipt_no=9, totals_gr=(4099, 200, 649, 0, 0, 0, 0), header_no=56
)
NO_PAPER = Status(Mechanism.NO_PAPER, Attention.READY)
HANDBOOK = Path(__file__).parents[3] / "docs" / "architecture.md"


def look(counters: Counters = BASE, transaction: Transaction = SHOWN, **seen) -> Ruling:
    return rule(BASE, Sent(OURS), Picture(counters, transaction, **seen))


def report(number: int, receipts: int, cancelled: int, totals) -> Report:
    return Report(number, datetime(2026, 11, 22, 23, 59), receipts, cancelled, totals, 0)


# --- the table itself ----------------------------------------------------------------------------


def test_the_page_shows_the_table_as_it_is() -> None:
    page = HANDBOOK.read_text(encoding="utf-8").partition("### What really happened")[2]
    part = page.partition("\n### ")[0]
    shown = [line for line in part.splitlines() if line.startswith("| ") and "---" not in line]
    written = [f"| {row.step} | {row.seen} | {row.means} | {row.then} |" for row in TABLE]
    assert shown == ["| step | picture | verdict | then |", *written]


def test_steps_stand_in_order_and_each_verdict_has_one_answer() -> None:
    assert [row.step for row in TABLE] == list(range(11))
    for verdict in Verdict:
        answers = {row.then for row in TABLE if row.means == verdict}
        assert answers == {then_of(verdict)}
    assert all(row.code in SENTENCES for row in TABLE if row.code)


def test_what_stops_selling_says_why() -> None:
    stopping = [row for row in TABLE if row.then is Then.STOP]
    assert {row.means for row in stopping} == {
        Verdict.WRONG_PRINTER, Verdict.RAM_RESET, Verdict.DISAGREES,
    }  # fmt: skip
    assert all(row.code for row in stopping)


# --- its rows ------------------------------------------------------------------------------------


def test_step_0_another_printer_comes_before_all_else() -> None:
    other = replace(SOLD, unique_no="XYZ 1", ram_resets=1)
    assert look(other, status=NO_PAPER) == Ruling(Verdict.WRONG_PRINTER, 0)


@pytest.mark.parametrize(
    "status",
    [
        NO_PAPER,
        Status(Mechanism.COVER, Attention.READY),
        Status(Mechanism.OK, Attention.WAITING_KEY),
        Status(Mechanism.OK, Attention.IN_MENU),
    ],
)
def test_step_1_while_it_waits_nothing_else_is_looked_at(status: Status) -> None:
    assert look(status=status, holds_answer=True) == Ruling(Verdict.WAITING, 1)


def test_step_2_a_good_answer_for_which_nothing_moved_is_no_sale() -> None:
    assert look(holds_answer=True) == Ruling(Verdict.DISAGREES, 2)
    assert look(SOLD, holds_answer=True).verdict is Verdict.SOLD
    is_open = replace(SHOWN, is_open=True)
    assert look(BASE, is_open, holds_answer=True).verdict is Verdict.STILL_OPEN
    assert look(replace(BASE, ram_resets=1), holds_answer=True).verdict is Verdict.RAM_RESET


def test_step_3_a_lost_memory_comes_before_counters() -> None:
    assert look(replace(SOLD, ram_resets=1)) == Ruling(Verdict.RAM_RESET, 3)
    opened = replace(SHOWN, is_open=True)
    assert look(replace(BASE, ram_resets=1), opened) == Ruling(Verdict.RAM_RESET, 3)


def test_steps_4_and_5_an_open_receipt_is_to_be_cancelled_or_finished() -> None:
    assert look(BASE, replace(SHOWN, is_open=True)) == Ruling(Verdict.STILL_OPEN, 4)
    done = replace(SHOWN, is_open=True, fiscal_part_done=True)
    assert look(SOLD, done) == Ruling(Verdict.FOOTER_PENDING, 5)


def test_step_6_sold() -> None:
    assert look(SOLD) == Ruling(Verdict.SOLD, 6, receipt_no=9, report_no=5, after=SOLD)


def test_step_6_an_invoice_is_counted_with_the_invoices() -> None:
    now = replace(BASE, invoices=1, invoice_totals_gr=OURS)
    sent = Sent(OURS, is_invoice=True)
    assert rule(BASE, sent, Picture(now, SHOWN)).verdict is Verdict.SOLD
    # A receipt of the same amount is not our invoice, and the other way round.
    assert rule(BASE, sent, Picture(SOLD, SHOWN)).verdict is Verdict.DISAGREES
    assert look(now).verdict is Verdict.DISAGREES


def test_step_7_never_sold() -> None:
    assert look() == Ruling(Verdict.NEVER_SOLD, 7, report_no=5, after=BASE)
    # Somebody printed something that is no sale.
    noted = replace(BASE, header_no=57)
    assert look(noted) == Ruling(Verdict.NEVER_SOLD, 7, report_no=5, after=noted)


def test_step_8_cancelled() -> None:
    now = replace(BASE, cancelled=2, last_receipt_no=9, cancelled_gr=4398, emergencies=1)
    assert look(now) == Ruling(Verdict.CANCELLED, 8, report_no=5, after=now)
    given_up = replace(BASE, invoices_cancelled=1)
    assert rule(BASE, Sent(OURS, is_invoice=True), Picture(given_up)).verdict is Verdict.CANCELLED
    assert look(given_up).verdict is Verdict.DISAGREES


@pytest.mark.parametrize(
    "counters",
    [
        replace(SOLD, receipts=9),
        replace(SOLD, totals_gr=(4098, 200, 650, 0, 0, 0, 0)),
        replace(SOLD, totals_gr=BASE.totals_gr),
        replace(SOLD, receipts=7),
        replace(SOLD, cancelled=2),
        replace(SOLD, invoices=1),
        replace(BASE, invoices=1, invoice_totals_gr=(1, 0, 0, 0, 0, 0, 0)),
        replace(BASE, cancelled=3),
        replace(BASE, receipts=6),
        replace(BASE, reports=3),
        replace(BASE, header_no=54),
        replace(SOLD, header_no=54),
        replace(BASE, reports=7, receipts=0, cancelled=0, totals_gr=NO_TOTALS),
    ],
)
def test_step_10_anything_else_disagrees(counters: Counters) -> None:
    assert look(counters) == Ruling(Verdict.DISAGREES, 10)


def test_an_equal_total_of_another_receipt_is_not_ours() -> None:
    """The printer shows another last document than ours: amounts alone decide nothing."""
    other = replace(SHOWN, totals_gr=(4348, 0, 0, 0, 0, 0, 0))
    assert look(SOLD, other) == Ruling(Verdict.DISAGREES, 10)


# --- daily reports in between --------------------------------------------------------------------

AFTER_Z = after_report(replace(BASE, header_no=57), 5)
AS_BASE = report(5, 7, 1, BASE.totals_gr)
WITH_OURS = report(5, 8, 1, SOLD.totals_gr)
EMPTY = report(6, 0, 0, NO_TOTALS)


def test_step_9_sold_before_a_report_made_at_the_printer() -> None:
    found = look(AFTER_Z, reports=(WITH_OURS,))
    assert (found.verdict, found.step, found.receipt_no, found.report_no) == (Verdict.SOLD, 9, 9, 5)
    assert found.after == replace(SOLD, header_no=BASE.header_no)


def test_step_9_not_sold_before_a_report_made_at_the_printer() -> None:
    found = look(AFTER_Z, reports=(AS_BASE,))
    assert found == Ruling(Verdict.NEVER_SOLD, 9, report_no=6, after=AFTER_Z)


def test_step_9_cancelled_before_or_after_a_report() -> None:
    before = look(AFTER_Z, reports=(report(5, 7, 2, BASE.totals_gr),))
    assert (before.verdict, before.report_no) == (Verdict.CANCELLED, 5)
    now = replace(AFTER_Z, cancelled=1, last_receipt_no=1)
    after = look(now, reports=(AS_BASE,))
    assert after == Ruling(Verdict.CANCELLED, 9, report_no=6, after=now)


def test_step_9_sold_after_a_report_made_at_the_printer() -> None:
    now = replace(AFTER_Z, receipts=1, last_receipt_no=1, totals_gr=OURS)
    found = look(now, reports=(AS_BASE,))
    assert found == Ruling(Verdict.SOLD, 9, receipt_no=1, report_no=6, after=now)
    other = replace(SHOWN, totals_gr=(4348, 0, 0, 0, 0, 0, 0))
    assert look(now, other, reports=(AS_BASE,)) == Ruling(Verdict.DISAGREES, 10)


@pytest.mark.parametrize(
    ("reports", "report_no", "receipt_no"),
    [
        ((WITH_OURS, EMPTY), 5, 9),
        ((AS_BASE, report(6, 1, 0, OURS)), 6, 1),
        ((AS_BASE, EMPTY), None, 0),
    ],
)
def test_step_9_two_reports_in_between(reports, report_no, receipt_no) -> None:
    found = look(replace(AFTER_Z, reports=6), reports=reports)
    if report_no is None:
        assert (found.verdict, found.report_no) == (Verdict.NEVER_SOLD, 7)
    else:
        assert (found.verdict, found.report_no, found.receipt_no) == (
            Verdict.SOLD, report_no, receipt_no,
        )  # fmt: skip


def test_sold_twice_around_a_report_disagrees() -> None:
    now = replace(AFTER_Z, receipts=1, last_receipt_no=1, totals_gr=OURS)
    assert look(now, reports=(WITH_OURS,)) == Ruling(Verdict.DISAGREES, 10)
    cancelled = replace(AFTER_Z, cancelled=1)
    assert look(cancelled, reports=(WITH_OURS,)) == Ruling(Verdict.DISAGREES, 10)


def test_a_report_without_its_record_disagrees() -> None:
    assert look(AFTER_Z) == Ruling(Verdict.DISAGREES, 10)
    assert look(AFTER_Z, reports=(report(9, 8, 1, SOLD.totals_gr),)).verdict is Verdict.DISAGREES
    assert look(replace(AFTER_Z, reports=6), reports=(WITH_OURS,)).verdict is Verdict.DISAGREES


def test_an_unknown_receipt_before_a_report_disagrees() -> None:
    other = report(5, 8, 1, (100, 200, 999, 0, 0, 0, 0))
    assert look(AFTER_Z, reports=(other,)) == Ruling(Verdict.DISAGREES, 10)


# --- by dice -------------------------------------------------------------------------------------

small = st.integers(0, 3)


@given(small, small, small, st.tuples(*[st.integers(0, 5000)] * 7))
def test_sold_needs_all_four(receipts: int, cancelled: int, invoices: int, delta) -> None:
    totals = tuple(a + b for a, b in zip(BASE.totals_gr, delta, strict=True))
    now = replace(
        BASE,
        receipts=BASE.receipts + receipts,
        cancelled=BASE.cancelled + cancelled,
        invoices=invoices,
        totals_gr=totals,
    )
    is_sold = look(now).verdict is Verdict.SOLD
    assert is_sold == (receipts == 1 and cancelled == 0 and invoices == 0 and delta == OURS)


@given(st.lists(st.sampled_from(["nothing", "sold", "cancelled", "other"]), min_size=1, max_size=4))
def test_one_receipt_in_any_part_is_found_and_two_never(parts: list[str]) -> None:
    """The last part is still going on, each earlier one ended in a report."""
    counters, reports = BASE, []
    for number, happened in enumerate(parts):
        if happened in {"sold", "other"}:
            gross = OURS if happened == "sold" else (1, *OURS[1:])
            totals = tuple(a + b for a, b in zip(counters.totals_gr, gross, strict=True))
            counters = replace(
                counters, receipts=counters.receipts + 1, totals_gr=totals,
                last_receipt_no=counters.last_receipt_no + 1,
            )  # fmt: skip
        if happened == "cancelled":
            counters = replace(
                counters, cancelled=counters.cancelled + 1,
                last_receipt_no=counters.last_receipt_no + 1,
            )  # fmt: skip
        if number < len(parts) - 1:
            no = counters.reports + 1
            reports.append(report(no, counters.receipts, counters.cancelled, counters.totals_gr))
            counters = after_report(counters, no)
    found = look(counters, reports=tuple(reports))
    happened = [what for what in parts if what != "nothing"]
    if not happened:
        assert found.verdict is Verdict.NEVER_SOLD
    elif len(happened) > 1 or happened == ["other"]:
        assert found.verdict is Verdict.DISAGREES
    else:
        assert found.verdict == happened[0]
        assert found.report_no == BASE.reports + 1 + parts.index(happened[0])
