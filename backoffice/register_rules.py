"""What the office holds against an entry of a register, or a corrected payment. Pure.

The sale and all that came back of it, at whatever till, decide how much there is left. The parts of
a line are counted here once more, not by the till's own program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from backoffice.tax import tax_gr
from terminal.sync.wire import INVOICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from terminal.sync import wire

CASH = "cash"
VOUCHERS = frozenset({"bon", "voucher"})


class Sales(Protocol):
    """What is known of the company's sales before the document."""

    def sold(self, rid: str) -> wire.ReceiptDoc | None:
        """The receipt, whatever till printed it."""

    def entries(self, receipt: str) -> Sequence[wire.ReturnDoc]:
        """Accepted entries on a receipt, of whatever till."""

    def corrections(self, receipt: str) -> Sequence[wire.CorrectionDoc]:
        """Accepted corrections of a receipt's payment."""

    def last_entry_no(self, book: str) -> int:
        """Highest number of an entry of this till in ``book``; 0 before the first."""


def book_of(entry: str) -> str:
    """The register that an entry belongs to; corrections of payments have a series of their own."""
    return "returns" if entry in {"return", "complaint"} else f"{entry}s"


def wrong_entry(entry: wire.ReturnDoc, sales: Sales) -> Iterator[str]:
    """What is wrong with an entry of the registers."""
    yield from _sums(entry)
    last = sales.last_entry_no(book_of(entry.entry))
    if entry.number <= last:
        yield f"entry_no: {entry.number} after {last}"
    receipt = sales.sold(entry.receipt)
    if receipt is None:
        yield f"unknown_receipt: {entry.receipt}"
        return
    if (entry.printer_no, entry.receipt_no) != (receipt.printer_no, receipt.receipt_no):
        yield f"other_receipt: {receipt.printer_no} {receipt.receipt_no}"
    if receipt.document in INVOICES:
        yield f"invoice: {receipt.invoice_no} wants a correcting invoice"
    earlier = sales.entries(entry.receipt)
    yield from _lines(entry, receipt, earlier)
    yield from _refunds(entry, receipt, earlier, sales.corrections(entry.receipt))


def wrong_correction(made: wire.CorrectionDoc, sales: Sales) -> Iterator[str]:
    """What is wrong with a corrected payment."""
    last = sales.last_entry_no(book_of("correction"))
    if made.number <= last:
        yield f"entry_no: {made.number} after {last}"
    receipt = sales.sold(made.receipt)
    if receipt is None:
        yield f"unknown_receipt: {made.receipt}"
        return
    if any(payment.kind != CASH for payment in receipt.payments) or made.before.kind != CASH:
        yield "not_cash: the sale was not paid in cash"
    if made.after.kind == CASH:
        yield "not_cash: cash is corrected to something else"
    for one in (made.before, made.after):
        if one.amount_gr != receipt.total_gr:
            yield f"paid: {one.amount_gr} != {receipt.total_gr}"
    if sales.corrections(made.receipt) or sales.entries(made.receipt):
        yield "corrected_before: the sale was corrected or taken back before"


def _sums(entry: wire.ReturnDoc) -> Iterator[str]:
    lines = sum(line.gross_gr for line in entry.lines)
    if lines != entry.total_gr:
        yield f"entry_total: {lines} != {entry.total_gr}"
    of_letter = {part.vat: part.gross_gr for part in entry.split if part.gross_gr}
    if of_letter != _by_letter(entry.lines):
        yield "split_letters: the split differs from the lines"
    for part in entry.split:
        if part.tax_gr != tax_gr(part.gross_gr, part.rate_bp):
            yield f"tax_{part.vat}: {part.tax_gr} != {tax_gr(part.gross_gr, part.rate_bp)}"
    back = sum(one.amount_gr for one in entry.refunds)
    is_free = entry.entry != "return" and not entry.refunds
    if back != entry.total_gr and not is_free:
        yield f"refunded: {back} != {entry.total_gr}"


def _lines(
    entry: wire.ReturnDoc, receipt: wire.ReceiptDoc, earlier: Sequence[wire.ReturnDoc]
) -> Iterator[str]:
    paid = paid_gr(receipt)
    gone = [line for one in earlier for line in one.lines]
    for no in sorted({line.no for line in entry.lines}):
        if not 0 <= no < len(paid) or receipt.lines[no].is_void:
            yield f"no_line: {no + 1}"
            continue
        sold, mine = receipt.lines[no], [line for line in entry.lines if line.no == no]
        if any((line.vat, line.rate_bp) != (sold.vat, sold.rate_bp) for line in mine):
            yield f"other_line: {no + 1}"
        qty, gross = sum(it.qty_milli for it in mine), sum(it.gross_gr for it in mine)
        qty_left = sold.qty_milli - sum(it.qty_milli for it in gone if it.no == no)
        gross_left = paid[no] - sum(it.gross_gr for it in gone if it.no == no)
        if qty > qty_left:
            yield f"more_than_sold: {sold.name}"
        # A grosz is what the pieces before may have left over.
        worth = gross if entry.entry == "complaint" else paid[no] * qty // sold.qty_milli + 1
        if gross > min(gross_left, worth):
            yield f"more_than_paid: {gross} > {max(0, min(gross_left, worth))}"


def _refunds(
    entry: wire.ReturnDoc,
    receipt: wire.ReceiptDoc,
    earlier: Iterable[wire.ReturnDoc],
    corrections: Sequence[wire.CorrectionDoc],
) -> Iterator[str]:
    """Each method but cash gives back at most what came by it; vouchers first, and not in cash."""
    came: dict[str, int] = {}
    vouchers = {payment.method for payment in receipt.payments if payment.kind in VOUCHERS}
    for payment in receipt.payments:
        is_corrected = corrections and payment.kind == CASH
        method = corrections[0].after.method if is_corrected else payment.method
        came[method] = came.get(method, 0) + payment.amount_gr - payment.change_gr
    for one in (refund for other in earlier for refund in other.refunds):
        came[one.method] = came.get(one.method, 0) - one.amount_gr
    for one in entry.refunds:
        if one.kind != CASH and one.amount_gr > came.get(one.method, 0):
            yield f"refund_method: {one.amount_gr} > {max(0, came.get(one.method, 0))}"
    back = {one.method: one.amount_gr for one in entry.refunds}
    kept = sum(max(0, came[method] - back.get(method, 0)) for method in vouchers)
    money = sum(amount for method, amount in back.items() if method not in vouchers)
    if kept and money:
        yield f"voucher_in_money: {min(kept, money)}"


def paid_gr(receipt: wire.ReceiptDoc) -> list[int]:
    """What was paid for each line: its part of what its letter came to after all discounts."""
    of_letter = {part.vat: part.gross_gr for part in receipt.split}
    whole = _by_letter(line for line in receipt.lines if not line.is_void)
    passed: dict[str, int] = {}
    paid = []
    for line in receipt.lines:
        if line.is_void or line.vat not in whole:
            paid.append(0)
            continue
        before = passed.get(line.vat, 0)
        passed[line.vat] = before + line.gross_gr
        letter, gross = of_letter.get(line.vat, 0), whole[line.vat]
        paid.append(letter * passed[line.vat] // gross - letter * before // gross)
    return paid


def _by_letter(lines: Iterable[wire.TakenLine | wire.LineDoc]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.vat] = sums.get(line.vat, 0) + line.gross_gr
    return {vat: gross for vat, gross in sums.items() if gross}
