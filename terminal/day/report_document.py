"""The document of a daily report: the printer's figures beside our own. Reads the journal only.

The printer keeps gross totals; net and tax on its paper come of them, once per letter. Discounts
and mark-ups are in no memory of it: those are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from terminal.sale.documents import counter_document
from terminal.sale.money import tax_of
from terminal.store import closings, outbox, receipts, settings
from terminal.store.reductions import day_reductions
from terminal.sync.wire import ReportDoc

if TYPE_CHECKING:
    from drivers.fiscal import Counters, Report, Seven
    from terminal.context import Context

Route = Literal["terminal", "external"]


@dataclass(frozen=True, slots=True)
class About:
    """What the report itself does not tell; ``counters`` were read after it."""

    rid: str
    operator: str
    route: Route
    counters: Counters
    local_gr: Seven


def report_document(context: Context, report: Report, about: About) -> ReportDoc:
    """All there is to say of ``report``; its day ends with the newest document there is."""
    db = context.journal
    first_epoch, first_seq = closings.first_unreported(db)
    last_seq = outbox.last_seq(db)
    first_at, last_at = receipts.ends_of_day(db, report.number)
    _count, invoiced = receipts.day_totals(db, report.number, invoices=True)
    discounts, markups = day_reductions(db, report.number)
    rates = settings.printer_rates(db)
    return ReportDoc(
        rid=about.rid,
        terminal=context.terminal,
        shop=context.shop,
        at=context.stamp(),
        operator=about.operator,
        printer_no=about.counters.unique_no,
        report_no=report.number,
        receipts=report.receipts,
        cancelled=report.cancelled,
        printer_gr=list(report.totals_gr),
        local_gr=list(about.local_gr),
        route=about.route,
        first_seq=first_seq,
        last_seq=last_seq,
        first_epoch=first_epoch,
        count=outbox.count_from(db, "receipt", first_epoch, first_seq),
        head=outbox.head_at(db, context.epoch, last_seq) or "",
        first_at=first_at,
        last_at=last_at,
        printed_at=report.made_at.isoformat(),
        cancelled_gr=report.cancelled_gr,
        counters=counter_document(about.counters),
        invoices=report.invoices,
        invoices_cancelled=report.invoices_cancelled,
        printer_invoice_gr=list(report.invoice_totals_gr),
        local_invoice_gr=list(invoiced),
        rates_bp=list(rates or ()),
        tax_gr=_taxes(report.totals_gr, rates),
        invoice_tax_gr=_taxes(report.invoice_totals_gr, rates),
        discounts_gr=list(discounts),
        markups_gr=list(markups),
    )


def _taxes(totals_gr: Seven, rates: Seven | None) -> list[int]:
    """Tax per letter as it stands on the paper; empty when nobody knows the rates of that day."""
    if rates is None:
        return []
    return [tax_of(gross, rate) for gross, rate in zip(totals_gr, rates, strict=True)]
