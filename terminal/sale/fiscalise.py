"""The only bridge from a receipt to the fiscal printer; runs on the printer's thread.

Base counters are committed before the first byte, and afterwards the counters decide. Whatever the
driver raised is kept for the sentence on the screen and believed for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from drivers.fiscal import Discount, FiscalReceipt, Item, Tender, TenderKind
from terminal.events import PrinterChanged
from terminal.sale.settle import Picture, Ruling, Verdict, rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from drivers.fiscal import Counters, FiscalPrinter, Report
    from terminal.sale.receipt import Line, Receipt

_RETRY_FIRST_S = 0.5
_RETRY_MAX_S = 10.0
# An open receipt is cancelled, a pending footer finished; each leads to a new look at the counters.
_LOOKS_MAX = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; ``counters`` were read after it.

    ``report`` is the daily report that was made since its base was read, when there is one.
    """

    ruling: Ruling
    counters: Counters
    report: Report | None = None


class Interrupted(Exception):
    """The till is shutting down; the receipt stays in doubt and is settled at the next start."""


def fiscal_receipt(receipt: Receipt, desk: str) -> FiscalReceipt:
    """The receipt as the printer gets it: live lines, amounts instead of percents, change."""
    tenders = [Tender(TenderKind(p.kind), p.amount_gr, p.name) for p in receipt.payments]
    if receipt.change_gr:
        tenders.append(Tender(TenderKind.CASH, receipt.change_gr, is_change=True))
    return FiscalReceipt(
        items=tuple(_item(line) for line in receipt.live_lines),
        tenders=tuple(tenders),
        total_gr=receipt.total_gr,
        discount=Discount(receipt.discount_gr) if receipt.discount_gr else None,
        nip=receipt.nip,
        cashier=receipt.operator,
        desk=desk,
        reference=receipt.rid[:8],
    )


def _item(line: Line) -> Item:
    return Item(
        name=line.name,
        vat=line.vat,
        price_gr=line.price_gr,
        qty_milli=line.qty_milli,
        value_gr=line.value_gr,
        unit=line.unit,
        discount=Discount(line.discount_gr) if line.discount_gr else None,
    )


def settle(
    printer: FiscalPrinter,
    receipt: Receipt,
    base: Counters,
    stopping: Event,
    tell: Callable[[object], None],
) -> Outcome:
    """Find out what really happened since ``base``, waiting for the printer as long as it takes.

    Cancels a receipt that is still open and finishes a pending footer. Raises ``Interrupted`` when
    the till shuts down first.
    """
    wait_s = _RETRY_FIRST_S
    looks = 0
    while True:
        try:
            outcome = _look(printer, receipt, base)
            tell(PrinterChanged(is_online=True))
        except DeviceError:
            tell(PrinterChanged(is_online=False))
            if stopping.wait(wait_s):
                raise Interrupted from None
            wait_s = min(wait_s * 2, _RETRY_MAX_S)
            _reconnect(printer)
            continue
        looks += 1
        if outcome.ruling.verdict not in {Verdict.STILL_OPEN, Verdict.FOOTER_PENDING}:
            return outcome
        if looks >= _LOOKS_MAX:
            return Outcome(Ruling(Verdict.DISAGREES), outcome.counters)


def _look(printer: FiscalPrinter, receipt: Receipt, base: Counters) -> Outcome:
    counters = printer.counters()
    made_report = counters.reports == base.reports + 1
    report = printer.report(counters.reports) if made_report else None
    picture = Picture(counters, printer.transaction(), report)
    ruling = rule(base, receipt.totals_gr, picture)
    if ruling.verdict is Verdict.STILL_OPEN:
        printer.cancel()
    elif ruling.verdict is Verdict.FOOTER_PENDING:
        printer.finish_footer()
    return Outcome(ruling, counters, report)


def _reconnect(printer: FiscalPrinter) -> None:
    try:
        printer.connect()
    except DeviceError:
        # The next look says so again, and waits longer.
        return
