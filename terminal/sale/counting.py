"""What moved between two readings of the printer's counters, also across daily reports. Pure.

A daily report sets the counters back to nothing and leaves a record of what they were. So the time
between two readings is cut at each report into parts, and each part is a plain difference again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.fiscal import NO_TOTALS
from terminal.sale.money import minus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drivers.fiscal import Counters, Report, Seven


@dataclass(frozen=True, slots=True)
class Moved:
    """Documents and totals that came to the fiscal memory; ``invoice`` ones are counted apart."""

    receipts: int = 0
    cancelled: int = 0
    totals_gr: Seven = NO_TOTALS
    invoices: int = 0
    invoices_cancelled: int = 0
    invoice_totals_gr: Seven = NO_TOTALS


NOTHING = Moved()


def moved(base: Counters, now: Counters) -> Moved:
    """What came between two readings without a daily report between them."""
    return Moved(
        now.receipts - base.receipts,
        now.cancelled - base.cancelled,
        minus(now.totals_gr, base.totals_gr),
        now.invoices - base.invoices,
        now.invoices_cancelled - base.invoices_cancelled,
        minus(now.invoice_totals_gr, base.invoice_totals_gr),
    )


def one_document(totals_gr: Seven, *, is_invoice: bool) -> Moved:
    """What a document with these totals per letter moves."""
    if is_invoice:
        return Moved(invoices=1, invoice_totals_gr=totals_gr)
    return Moved(receipts=1, totals_gr=totals_gr)


def one_cancelled(*, is_invoice: bool) -> Moved:
    """What a document moves that is cancelled before its end."""
    return Moved(invoices_cancelled=1) if is_invoice else Moved(cancelled=1)


def before_report(base: Counters, report: Report) -> Counters:
    """Counters as they stood when ``report``, the first one after ``base``, was made."""
    ended = replace(
        base,
        receipts=report.receipts,
        cancelled=report.cancelled,
        totals_gr=report.totals_gr,
        invoices=report.invoices,
        invoices_cancelled=report.invoices_cancelled,
        invoice_totals_gr=report.invoice_totals_gr,
    )
    return replace(ended, last_receipt_no=base.last_receipt_no + _documents(moved(base, ended)))


def after_report(counters: Counters, number: int) -> Counters:
    """``counters`` as daily report ``number`` leaves them: nothing is counted yet.

    A printer whose receipts are numbered anew each day has as last number what it has counted.
    """
    is_daily = counters.last_receipt_no == _documents(moved(_nothing(counters), counters))
    last_no = 0 if is_daily else counters.last_receipt_no
    return replace(_nothing(counters), reports=number, last_receipt_no=last_no)


def parts(
    base: Counters, now: Counters, reports: Sequence[Report]
) -> tuple[tuple[Counters, Counters], ...]:
    """The time from ``base`` to ``now``, cut at each of ``reports``; empty when one is missing."""
    expected = tuple(range(base.reports + 1, now.reports + 1))
    if tuple(report.number for report in reports) != expected:
        return ()
    found = []
    begin = base
    for report in reports:
        end = before_report(begin, report)
        found.append((begin, end))
        begin = after_report(end, report.number)
    return (*found, (begin, now))


def _nothing(counters: Counters) -> Counters:
    return replace(
        counters,
        receipts=0,
        cancelled=0,
        totals_gr=NO_TOTALS,
        cancelled_gr=0,
        invoices=0,
        invoices_cancelled=0,
        invoice_totals_gr=NO_TOTALS,
        emergencies=0,
    )


def _documents(change: Moved) -> int:
    """How many receipt numbers were used up."""
    return change.receipts + change.cancelled
