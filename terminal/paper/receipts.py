"""Slips of a sale that was printed: its copy, the protocol of what came back, a corrected payment.

No I/O; words in the language of the screen. Nothing here is a fiscal document, and each slip says
so. What the register of returns must hold stands on the protocol; buyer and seller sign it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.paper import RULE, Align, Kind, Row, Size, Slip
from terminal.i18n import translate as _
from terminal.paper.documents import not_fiscal, shop_rows, zloty
from terminal.sync.wire import CorrectionDoc, code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from terminal.sync.wire import ReceiptDoc, ReturnDoc, Shop, VatSplit

_EXEMPT_BP = 10_000
_SIGNATURE = "." * 30


def title_of(made: ReturnDoc | CorrectionDoc) -> str:
    """Kind, number and till of an entry, as people quote it."""
    number = f"{made.number}/{made.terminal}"
    if isinstance(made, CorrectionDoc):
        return _("Payment correction {number}", number=number)
    match made.entry:
        case "return":
            return _("Return {number}", number=number)
        case "complaint":
            return _("Complaint {number}", number=number)
    return _("Obvious mistake {number}", number=number)


def copy(receipt: ReceiptDoc, shop: Shop | None, times: int) -> Slip:
    """A receipt once more, with all that was on it but the fiscal logo; the ``times``-th copy."""
    rows = [
        *shop_rows(shop),
        not_fiscal(),
        Row(_("Copy no. {number}", number=times), align=Align.CENTRE),
        RULE,
        *_sold(receipt),
        Row(_("Cashier"), receipt.operator),
        RULE,
        *_lines(receipt),
        *([Row(_("Discount"), zloty(-receipt.discount_gr))] if receipt.discount_gr else []),
        RULE,
        *_taxes(receipt.split),
        Row(_("Total"), zloty(receipt.total_gr), is_bold=True, size=Size.DOUBLE),
        *(Row(payment.name, zloty(payment.amount_gr)) for payment in receipt.payments),
        *(Row(_("Change"), zloty(p.change_gr)) for p in receipt.payments if p.change_gr),
        *([Row(_("Buyer's NIP"), receipt.nip)] if receipt.nip else []),
        Row(code_of(receipt.rid), kind=Kind.BARCODE, align=Align.CENTRE),
        not_fiscal(),
    ]
    return Slip(_("Copy of a receipt"), tuple(rows))


def protocol(entry: ReturnDoc, shop: Shop | None) -> Slip:
    """The protocol that seller and buyer sign; goods, reason, money and tax of an entry."""
    rows = [
        *shop_rows(shop),
        not_fiscal(),
        RULE,
        Row(_("Date"), entry.at[:16].replace("T", " ")),
        Row(_("Operator"), entry.operator),
        Row(_("Date of sale"), entry.sold_at[:16].replace("T", " ")),
        Row(_("Receipt"), str(entry.receipt_no)),
        Row(_("Fiscal printer"), entry.printer_no),
        RULE,
        *_taken(entry),
        RULE,
        *_taxes(entry.split),
        Row(_("Total"), zloty(entry.total_gr), is_bold=True, size=Size.DOUBLE),
        *(Row(_("Given back: {method}", method=r.name), zloty(r.amount_gr)) for r in entry.refunds),
        *([] if entry.refunds else [Row(_("No money was given back"))]),
        RULE,
        Row(_("Reason"), entry.reason),
        Row(_("Customer"), entry.customer or "." * 20),
        Row(),
        *_signature(_("Signature of the customer")),
        *_signature(_("Signature of the seller")),
        not_fiscal(),
    ]
    return Slip(title_of(entry), tuple(rows))


def correction(made: CorrectionDoc, shop: Shop | None) -> Slip:
    """That a sale was paid in another way than its receipt says."""
    rows = [
        *shop_rows(shop),
        not_fiscal(),
        RULE,
        Row(_("Date"), made.at[:16].replace("T", " ")),
        Row(_("Operator"), made.operator),
        Row(_("Date of sale"), made.sold_at[:16].replace("T", " ")),
        Row(_("Receipt"), str(made.receipt_no)),
        Row(_("Fiscal printer"), made.printer_no),
        RULE,
        Row(_("On the receipt: {method}", method=made.before.name), zloty(made.before.amount_gr)),
        Row(_("Really paid: {method}", method=made.after.name), zloty(made.after.amount_gr)),
        Row(),
        *_signature(_("Signature of the seller")),
        not_fiscal(),
    ]
    return Slip(title_of(made), tuple(rows))


def quantity(qty_milli: int, precision: int) -> str:
    """A quantity with the decimals of its unit: ``2``, ``0,375``."""
    whole, part = divmod(qty_milli, 1000)
    return f"{whole},{part:03}"[: -(3 - precision) or None].rstrip(",")


def _sold(receipt: ReceiptDoc) -> Iterator[Row]:
    yield Row(_("Date of sale"), receipt.closed_at[:16].replace("T", " "))
    yield Row(_("Receipt"), str(receipt.receipt_no))
    yield Row(_("Till"), receipt.terminal)
    yield Row(_("Fiscal printer"), receipt.printer_no)


def _lines(receipt: ReceiptDoc) -> Iterator[Row]:
    for line in receipt.lines:
        if line.is_void:
            continue
        yield Row(line.name)
        amount = quantity(line.qty_milli, line.precision)
        price = f"  {amount} {line.unit} x {zloty(line.price_gr)}"
        yield Row(price, f"{zloty(line.value_gr)} {line.vat}")
        if line.discount_gr:
            yield Row("  " + _("Discount"), zloty(-line.discount_gr))


def _taken(entry: ReturnDoc) -> Iterator[Row]:
    for line in entry.lines:
        yield Row(line.name)
        code = line.barcode or line.plu
        amount = f"{quantity(line.qty_milli, line.precision)} {line.unit}" if line.qty_milli else ""
        yield Row(f"  {code} {amount}".rstrip(), f"{zloty(line.gross_gr)} {line.vat}")


def _taxes(split: Iterable[VatSplit]) -> Iterator[Row]:
    for part in split:
        rate = _("exempt") if part.rate_bp == _EXEMPT_BP else f"{part.rate_bp / 100:g}%"
        yield Row(f"{part.vat} {rate}".replace(".", ","), zloty(part.gross_gr))
        if part.rate_bp != _EXEMPT_BP:
            yield Row(f"  {_('of which tax')}", zloty(part.tax_gr))


def _signature(of_whom: str) -> Iterator[Row]:
    yield Row()
    yield Row(_SIGNATURE, align=Align.CENTRE)
    yield Row(of_whom, align=Align.CENTRE)
