"""The only bridge from a receipt to the fiscal printer; runs on the printer's thread.

Base counters are committed before the first byte, and afterwards the counters decide. Whatever the
driver raised is kept for the sentence on the screen and believed for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import wrap
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Refused
from drivers.fiscal import (
    CurrencyTender,
    Discount,
    FiscalReceipt,
    FooterLine,
    Item,
    Tender,
    TenderKind,
)
from terminal.events import PrinterChanged
from terminal.sale.invoice import invoice_items, invoice_of
from terminal.sale.picture import READY, Picture, Ruling, Sent, Then, Verdict
from terminal.sale.settle import TABLE, rule, then_of
from terminal.sale.waiting import BUSY, waiting_for
from terminal.sync.wire import code_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from drivers.fiscal import Counters, FiscalPrinter, Report
    from terminal.sale.line import Line
    from terminal.sale.receipt import Payment, Receipt

_RETRY_FIRST_S = 0.5
_RETRY_MAX_S = 10.0
_LOOK_EVERY_S = 1.0
# An open receipt is cancelled, a pending footer finished; each leads to a new look at the counters.
_LOOKS_MAX = 4
# More daily reports than this do not come between two looks at the same printer.
_REPORTS_MAX = 50
# Of the lines below a receipt the one with no words of the printer, and what fits beside its gap.
_FREE_LINE, _FREE_LINE_MAX = 25, 25


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of ``receipt``: counters read before it, the token of its end.

    ``footer`` are the shop's words below it.
    """

    receipt: Receipt
    base: Counters
    token: int
    footer: str = ""

    @property
    def sent(self) -> Sent:
        """What the printer was told to print."""
        return Sent(self.receipt.totals_gr, is_invoice=self.receipt.is_invoice)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; ``counters`` were read after it.

    ``reports`` are the daily reports that were made since its base was read.
    """

    ruling: Ruling
    counters: Counters
    reports: tuple[Report, ...] = ()


class Interrupted(Exception):
    """The till is shutting down; the receipt stays in doubt and is settled at the next start."""


def fiscal_receipt(receipt: Receipt, desk: str, footer: str = "") -> FiscalReceipt:
    """The receipt as the printer gets it: live lines, discounts with their amounts, change."""
    tenders = [_tender(payment) for payment in receipt.payments]
    if receipt.change_gr:
        tenders.append(Tender(TenderKind.CASH, receipt.change_gr, is_change=True))
    is_invoice = receipt.is_invoice
    off = _discount(receipt.discount_gr, receipt.percent_bp, receipt.discount_name)
    items = tuple(_item(line) for line in receipt.live_lines)
    return FiscalReceipt(
        items=invoice_items(receipt) if is_invoice else items,
        tenders=tuple(tenders),
        total_gr=receipt.total_gr,
        discount=None if is_invoice else off,
        nip=receipt.nip,
        buyer_id=receipt.kid,
        invoice=invoice_of(receipt, desk) if is_invoice else None,
        cashier=receipt.operator,
        desk=desk,
        reference=receipt.rid[:8],
        barcode=code_of(receipt.rid),
        footer=tuple(FooterLine(_FREE_LINE, line) for line in wrap(footer, _FREE_LINE_MAX)),
    )


def _tender(payment: Payment) -> Tender | CurrencyTender:
    if payment.symbol:
        return CurrencyTender(
            payment.symbol, payment.foreign, payment.rate_e4, payment.amount_gr, payment.name
        )
    return Tender(TenderKind(payment.kind), payment.amount_gr, payment.name)


def _item(line: Line) -> Item:
    return Item(
        name=line.name,
        vat=line.vat,
        price_gr=line.price_gr,
        qty_milli=line.qty_milli,
        value_gr=line.value_gr,
        unit=line.unit,
        discount=_discount(line.discount_gr, line.percent_bp, line.discount_name),
    )


def _discount(amount_gr: int, percent_bp: int, name: str) -> Discount | None:
    """A percent goes with its amount: the printer refuses when it comes to another one."""
    if not amount_gr:
        return None
    return Discount(
        abs(amount_gr), name, is_markup=amount_gr < 0, percent_bp=abs(percent_bp) or None
    )


def settle(
    printer: FiscalPrinter,
    attempt: Attempt,
    stopping: Event,
    tell: Callable[[object], None],
    *,
    is_answered: bool = False,
) -> Outcome:
    """Find out what really happened, waiting for the printer as long as it takes.

    Cancels a receipt that is still open and finishes a pending footer. Selling is stopped by two
    equal pictures only: a report that the printer makes in the middle of one look would tear it.
    ``is_answered`` says that every answer came and was good: then the printer is not asked how it
    is. Raises ``Interrupted`` when the till shuts down first.
    """
    is_careful = not is_answered
    wait_s = _RETRY_FIRST_S
    looks = 0
    before: Outcome | None = None
    while True:
        try:
            outcome, waits_for = _look(
                printer, attempt, is_careful=is_careful, is_answered=is_answered
            )
        except DeviceError as error:
            tell(_silence(error, wait_s))
            _pause(stopping, wait_s)
            wait_s = min(wait_s * 2, _RETRY_MAX_S)
            is_careful = True
            _reconnect(printer)
            continue
        wait_s = _RETRY_FIRST_S
        tell(PrinterChanged(is_online=True, waits_for=waits_for))
        match then_of(outcome.ruling.verdict):
            case Then.WAIT:
                _pause(stopping, _LOOK_EVERY_S)
            case Then.CANCEL | Then.FINISH if looks < _LOOKS_MAX - 1:
                looks += 1
            case Then.CANCEL | Then.FINISH:
                return replace(outcome, ruling=Ruling(Verdict.DISAGREES, TABLE[-1].step))
            case Then.STOP if outcome != before and looks < _LOOKS_MAX:
                looks, before = looks + 1, outcome
            case _:
                return outcome


def _look(
    printer: FiscalPrinter, attempt: Attempt, *, is_careful: bool, is_answered: bool
) -> tuple[Outcome, str]:
    """One ruling, what it asks for done at once; and what the printer waits for."""
    status = printer.status() if is_careful else READY
    picture = Picture(attempt.base, status=status)
    if status.is_ready:
        picture = _picture(printer, attempt, is_answered=is_answered)
    ruling = rule(attempt.base, attempt.sent, picture)
    match then_of(ruling.verdict):
        case Then.CANCEL:
            printer.cancel()
        case Then.FINISH:
            printer.finish_footer()
    return Outcome(ruling, picture.counters, picture.reports), waiting_for(status)


def _picture(printer: FiscalPrinter, attempt: Attempt, *, is_answered: bool) -> Picture:
    counters = printer.counters()
    token = attempt.token
    return Picture(
        counters,
        printer.transaction(),
        reports=_reports(printer, attempt.base, counters),
        holds_answer=is_answered or (token > 0 and printer.was_answered(token)),
    )


def _reports(printer: FiscalPrinter, base: Counters, now: Counters) -> tuple[Report, ...]:
    """Daily reports made since ``base``; none when they cannot be had, and then nobody guesses."""
    if now.unique_no != base.unique_no or now.reports - base.reports > _REPORTS_MAX:
        return ()
    try:
        return tuple(printer.report(no) for no in range(base.reports + 1, now.reports + 1))
    except Refused:
        return ()


def _silence(error: DeviceError, retry_s: float) -> PrinterChanged:
    """A refusal is an answer: somebody else holds the printer, and will let it go."""
    is_there = isinstance(error, Refused)
    return PrinterChanged(is_there, BUSY if is_there else "", retry_s=retry_s)


def _pause(stopping: Event, seconds: float) -> None:
    if stopping.wait(seconds):
        raise Interrupted


def _reconnect(printer: FiscalPrinter) -> None:
    try:
        printer.connect()
    except DeviceError:
        # The next look says so again, and waits longer.
        return
