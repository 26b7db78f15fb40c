"""Finds out what really happened to a receipt, from the printer's counters alone. Pure.

``rule`` is the table of docs/architecture.md, "What really happened", in its order. No class of
error and no amount alone decides anything: counters and totals per VAT letter do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from drivers.fiscal import NO_TOTALS
from terminal.sale.money import minus

if TYPE_CHECKING:
    from drivers.fiscal import Counters, Report, Seven, Transaction


class Verdict(StrEnum):
    """What the printer's picture says about one attempt to print a receipt."""

    SOLD = "sold"
    NEVER_SOLD = "never_sold"
    CANCELLED = "cancelled"
    STILL_OPEN = "still_open"
    FOOTER_PENDING = "footer_pending"
    WRONG_PRINTER = "wrong_printer"
    RAM_RESET = "ram_reset"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything read from the printer after an attempt.

    ``report`` is the first daily report made since the base was read, when there is one.
    """

    counters: Counters
    transaction: Transaction
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict; the two numbers are known when it is SOLD."""

    verdict: Verdict
    receipt_no: int = 0
    report_no: int = 0


def rule(base: Counters, expected_gr: Seven, picture: Picture) -> Ruling:
    """Compare what the printer counted since ``base`` with the receipt's totals per letter."""
    now, transaction = picture.counters, picture.transaction
    if now.unique_no != base.unique_no:
        return Ruling(Verdict.WRONG_PRINTER)
    if now.ram_resets != base.ram_resets:
        return Ruling(Verdict.RAM_RESET)
    if transaction.is_open:
        verdict = Verdict.FOOTER_PENDING if transaction.fiscal_part_done else Verdict.STILL_OPEN
        return Ruling(verdict)
    if now.reports == base.reports:
        return _compare(base, now, expected_gr, shown_gr=transaction.totals_gr)
    return _across_report(base, expected_gr, picture)


def _across_report(base: Counters, expected_gr: Seven, picture: Picture) -> Ruling:
    """A daily report came between: the receipt lies before it, after it, or nowhere."""
    report, now = picture.report, picture.counters
    if report is None or now.reports != base.reports + 1 or report.number != now.reports:
        return Ruling(Verdict.DISAGREES)
    before = _compare(base, before_report(base, report), expected_gr, shown_gr=None)
    fresh = replace(
        base, reports=now.reports, receipts=0, cancelled=0, totals_gr=NO_TOTALS, last_receipt_no=0
    )
    after = _compare(fresh, now, expected_gr, shown_gr=picture.transaction.totals_gr)
    if before.verdict is Verdict.NEVER_SOLD:
        return after
    # Something happened before the report; then nothing may have happened after it.
    return before if after.verdict is Verdict.NEVER_SOLD else Ruling(Verdict.DISAGREES)


def before_report(base: Counters, report: Report) -> Counters:
    """Counters as they stood when ``report``, the first one after ``base``, was made."""
    return replace(
        base,
        receipts=report.receipts,
        cancelled=report.cancelled,
        totals_gr=report.totals_gr,
        last_receipt_no=base.last_receipt_no + 1,
    )


def _compare(base: Counters, now: Counters, expected_gr: Seven, shown_gr: Seven | None) -> Ruling:
    receipts = now.receipts - base.receipts
    cancelled = now.cancelled - base.cancelled
    delta = minus(now.totals_gr, base.totals_gr)
    if (receipts, cancelled) == (1, 0) and delta == expected_gr and shown_gr in {None, expected_gr}:
        return Ruling(Verdict.SOLD, now.last_receipt_no, base.reports + 1)
    if delta == NO_TOTALS and receipts == 0:
        if cancelled == 0:
            return Ruling(Verdict.NEVER_SOLD)
        if cancelled == 1:
            return Ruling(Verdict.CANCELLED)
    return Ruling(Verdict.DISAGREES)
