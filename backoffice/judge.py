"""What the office thinks of a document that is already stored. Pure: history is asked, not read.

A verdict never stops the chain: a rejected document is corrected by a new one. Reasons start with a
code and a colon, so that a page can say them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec

from backoffice import judge_heads, register_rules
from backoffice.bills import wrong_for_bill
from backoffice.field import shapes
from backoffice.judge_cash import cash_numbers, wrong_shift
from backoffice.judge_report import LETTERS, ReportHistory, sevens, wrong_report
from backoffice.paid import wrong_invoice, wrong_payments
from backoffice.tax import tax_gr
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backoffice.judge_cash import ShiftHistory

WHOLE_BP = 10_000
_KINDS = frozenset(
    {
        *("receipt", "dropped", "bill", "report", "cash", "customer", "event", "shift"),
        *("printed_report", "return", "payment_correction", "day_head"),
        *("customer_edit", "sales_document", "sales_state", "visit", "attachment"),
    }
)

_decode = msgspec.json.Decoder(wire.Document).decode


class _Head(msgspec.Struct):
    kind: str = ""


_decode_head = msgspec.json.Decoder(_Head).decode


class History(register_rules.Sales, ReportHistory, judge_heads.Chain, Protocol):
    """What is known of a till before the document."""

    @property
    def shifts(self) -> ShiftHistory:
        """What is known of its shifts."""

    def last_receipt_no(self, printer_no: str, report_no: int) -> int:
        """Highest receipt number of the day that ends with ``report_no``; 0 when there is none."""

    def newest_day(self, printer_no: str) -> int:
        """Highest ``report_no`` that a receipt of the printer names; 0 when there is none."""

    def has_invoice(self, invoice_no: int) -> bool:
        """Whether the till has made an invoice of that number before."""

    def bill(self, rid: str) -> wire.BillDoc | None:
        """The till's own bill; None when nobody told of it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A document as far as it could be read, and the verdict; empty ``reason`` is praise."""

    kind: str
    document: wire.Document | None
    is_accepted: bool
    reason: str


def readable(body: str) -> wire.Document | None:
    """A stored document, without what it told of a person; None for one that nobody could read."""
    try:
        document = _decode(body)
    except msgspec.DecodeError:
        return None
    return document if _is_in_range(document) else None


def judge(entry: wire.Entry, terminal: str, history: History) -> Judged:
    """Read a document and check it against itself and the till's history."""
    try:
        kind = _decode_head(entry.body).kind
    except msgspec.DecodeError:  # of which ValidationError is a kind
        return Judged("", None, is_accepted=False, reason="unreadable: no document with a kind")
    if kind not in _KINDS:
        return Judged(kind, None, is_accepted=True, reason=f"unknown_kind: {kind}")
    try:
        document = wire.whole(_decode(entry.body), entry.person)
    except msgspec.DecodeError as error:
        return Judged(kind, None, is_accepted=False, reason=f"unreadable: {error}")
    if not _is_in_range(document):
        return Judged(kind, None, is_accepted=False, reason="range: a number beyond its limits")
    wrong = "; ".join(_wrong(entry, document, terminal, history))
    note = "" if wrong else _note(document, history)
    return Judged(kind, document, is_accepted=not wrong, reason=wrong or note)


def _wrong(
    entry: wire.Entry, document: wire.Document, terminal: str, history: History
) -> Iterator[str]:
    if document.rid != entry.rid:
        yield f"rid: the entry says {entry.rid}, the document {document.rid}"
    if document.terminal != terminal:
        yield f"terminal: {document.terminal} in the journal of {terminal}"
    yield from judge_heads.wrong_proof(entry, document, history)
    match document:
        case wire.ReceiptDoc():
            yield from _receipt(document, history)
        case wire.BillDoc():
            yield from _lines(document)
            yield from wrong_payments(document.payments, document.total_gr)
        case wire.ReportDoc():
            yield from wrong_report(entry, document, history)
        case wire.ShiftDoc():
            yield from wrong_shift(document, history.shifts)
        case wire.ReturnDoc():
            yield from register_rules.wrong_entry(document, history)
        case wire.CorrectionDoc():
            yield from register_rules.wrong_correction(document, history)
    yield from shapes.wrong(document)


def _receipt(receipt: wire.ReceiptDoc, history: History) -> Iterator[str]:
    yield from _amounts(receipt)
    day = max(history.last_report_no(receipt.printer_no), history.newest_day(receipt.printer_no))
    if receipt.report_no < day:
        yield f"report_no: {receipt.report_no} after {day}"
    yield from wrong_invoice(receipt)
    if receipt.makes_good:
        yield from wrong_for_bill(receipt, history.bill(receipt.makes_good))
    if receipt.document in wire.INVOICES:
        if history.has_invoice(receipt.invoice_no):
            yield f"invoice_no: {receipt.invoice_no} for the second time"
        return
    last = history.last_receipt_no(receipt.printer_no, receipt.report_no)
    if receipt.receipt_no <= last:
        yield f"receipt_no: {receipt.receipt_no} after {last}"


def _amounts(receipt: wire.ReceiptDoc) -> Iterator[str]:
    yield from _lines(receipt)
    total = receipt.total_gr
    lines = _by_letter((it.vat, it.gross_gr) for it in receipt.lines if not it.is_void)
    split = _by_letter((part.vat, part.gross_gr) for part in receipt.split)
    for part in receipt.split:
        if part.tax_gr != tax_gr(part.gross_gr, part.rate_bp):
            yield f"tax_{part.vat}: {part.tax_gr} != {tax_gr(part.gross_gr, part.rate_bp)}"
    if sum(split.values()) != total:
        yield f"split_total: {sum(split.values())} != {total}"
    elif _after(receipt) == total and split != _after_discount(receipt, lines):
        yield "split_letters: the split differs from the lines"
    yield from wrong_payments(receipt.payments, total)


def _lines(document: wire.ReceiptDoc | wire.BillDoc) -> Iterator[str]:
    if (after := _after(document)) != document.total_gr:
        yield f"lines_total: {after} != {document.total_gr}"


def _after(document: wire.ReceiptDoc | wire.BillDoc) -> int:
    return sum(it.gross_gr for it in document.lines if not it.is_void) - document.discount_gr


def _after_discount(receipt: wire.ReceiptDoc, gross_gr: dict[str, int]) -> dict[str, int]:
    if not receipt.percent_bp:
        return discounted(gross_gr, receipt.discount_gr)
    is_discount_first = receipt.percent_mode == "discount_first"
    left = {
        letter: gross - share_gr(gross, receipt.percent_bp, is_discount_first=is_discount_first)
        for letter, gross in gross_gr.items()
    }
    return {letter: part for letter, part in left.items() if part}


def share_gr(gross_gr: int, percent_bp: int, *, is_discount_first: bool) -> int:
    """What a percent takes off an amount: the discount is rounded half up, or what is left.

    A negative percent is a mark-up, and what it adds is rounded half up.
    """
    if percent_bp < 0:
        return -((2 * gross_gr * -percent_bp + WHOLE_BP) // (2 * WHOLE_BP))
    if is_discount_first:
        return (2 * gross_gr * percent_bp + WHOLE_BP) // (2 * WHOLE_BP)
    return gross_gr - (2 * gross_gr * (WHOLE_BP - percent_bp) + WHOLE_BP) // (2 * WHOLE_BP)


def discounted(gross_gr: dict[str, int], discount_gr: int) -> dict[str, int]:
    """Gross by letter after a discount on the whole receipt, spread as the printer spreads it.

    Letter by letter, each rounded down; what is cut off is carried on and gives a grosz when it
    fills one (POSNET, ``trdiscntbill``).
    """
    whole = sum(gross_gr.values())
    if not discount_gr or not whole:
        return gross_gr
    left, carried = {}, 0
    for letter in sorted(gross_gr):
        part, rest = divmod(gross_gr[letter] * (whole - discount_gr), whole)
        carried += rest
        if carried >= whole:
            part, carried = part + 1, carried - whole
        left[letter] = part
    return {letter: part for letter, part in left.items() if part}


def _by_letter(parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for letter, gross_gr in parts:
        sums[letter] = sums.get(letter, 0) + gross_gr
    return {letter: gross_gr for letter, gross_gr in sums.items() if gross_gr}


def _is_in_range(document: wire.Document) -> bool:
    match document:
        case wire.ReceiptDoc():
            numbers = [document.total_gr, document.report_no, document.receipt_no]
            numbers += [abs(document.percent_bp), document.invoice_no]
        case wire.BillDoc():
            numbers = [document.total_gr, document.bill_no, abs(document.percent_bp)]
        case wire.ReportDoc():
            letters = sevens(document)
            if any(len(seven) != len(LETTERS) for seven in letters):
                return False
            numbers = [amount for seven in letters for amount in seven]
            numbers += [document.count]
            numbers += [document.report_no, document.receipts, document.cancelled]
            numbers += [document.invoices, document.invoices_cancelled]
            numbers += [document.first_seq, document.last_seq, document.first_epoch]
        case wire.ShiftDoc() | wire.CashDoc():
            return all(abs(number) <= wire.NUMBER_MAX for number in cash_numbers(document))
        case wire.ReturnDoc():
            numbers = [document.total_gr, document.number, document.receipt_no]
            numbers += [number for it in document.lines for number in (it.qty_milli, it.gross_gr)]
            numbers += [one.amount_gr for one in document.refunds]
        case wire.CorrectionDoc():
            numbers = [document.number, document.before.amount_gr, document.after.amount_gr]
        case wire.DayHeadDoc():
            numbers = [document.report_no, document.first_epoch, document.first_seq]
            numbers += [document.last_seq, document.count]
        case _:
            return True
    return all(0 <= number <= wire.NUMBER_MAX for number in numbers)


def _note(document: wire.Document, history: History) -> str:
    """What an owner should know of a document that is right in itself."""
    if isinstance(document, wire.DayHeadDoc):
        return judge_heads.note_on_head(document, history)
    if not isinstance(document, wire.ReportDoc):
        return ""
    printer = [document.printer_gr, document.printer_invoice_gr]
    local = [document.local_gr, document.local_invoice_gr]
    if printer == local:
        return ""
    return f"printer_differs: {sum(map(sum, printer))} != {sum(map(sum, local))}"
