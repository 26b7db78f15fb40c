"""A receipt as a fiscal invoice: number, buyer, ways it was paid, lines with all discounts. Pure.

On an invoice the printer takes no discount on the whole and no payments. So what was taken off the
receipt is shared among the lines of each VAT letter, to the same totals per letter, and how it was
paid stands in words below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import EXEMPT, VAT_LETTERS, Buyer, Discount, Invoice, Item
from terminal.errors import Code, Rejected
from terminal.sale.money import QTY_ONE, show_gr
from terminal.sale.receipt import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sale.receipt import Payment, Receipt

_LINE_MAX = 40


def number_of(terminal: str, invoice_no: int) -> str:
    """The number as it is printed: one series for each till, and never a number twice."""
    return f"FV/{terminal}/{invoice_no}"


def invoice_of(receipt: Receipt, terminal: str) -> Invoice:
    """What makes the document an invoice."""
    return Invoice(
        number=number_of(terminal, receipt.invoice_no),
        buyer=Buyer(receipt.buyer_name, receipt.nip, receipt.buyer_address),
        lines=tuple(line[:_LINE_MAX] for line in _payment_lines(receipt)),
    )


def invoice_items(receipt: Receipt) -> tuple[Item, ...]:
    """The lines that are sold, each with its share of the discount on the receipt. Raises E-122.

    On a meal invoice each VAT letter is one line, the service.
    """
    if receipt.document is DocumentKind.MEAL_INVOICE:
        return tuple(_meals(receipt))
    left = dict(_shares(receipt))
    return tuple(
        Item(
            name=line.name,
            vat=line.vat,
            price_gr=line.price_gr,
            qty_milli=line.qty_milli,
            value_gr=line.value_gr,
            unit=line.unit,
            discount=_off(line.value_gr - left[no]),
        )
        for no, line in enumerate(receipt.live_lines)
    )


def _meals(receipt: Receipt) -> Iterator[Item]:
    """The rate is part of the name: to the printer a name has one rate for ever."""
    rates = {line.vat: line.rate_bp for line in receipt.live_lines}
    for letter, total_gr in zip(VAT_LETTERS, receipt.totals_gr, strict=True):
        if total_gr:
            yield Item(_meal_name(rates[letter]), letter, total_gr, QTY_ONE, total_gr)


def _meal_name(rate_bp: int) -> str:
    rate = "zw" if rate_bp >= EXEMPT else f"{rate_bp // 100}%"
    return f"Usługa gastronomiczna {rate}"


def _off(amount_gr: int) -> Discount | None:
    """A negative one is a mark-up."""
    return Discount(abs(amount_gr), is_markup=amount_gr < 0) if amount_gr else None


def _shares(receipt: Receipt) -> Iterator[tuple[int, int]]:
    """Number of each live line, and what it comes to when its letter comes to its total."""
    for letter, total_gr in zip(VAT_LETTERS, receipt.totals_gr, strict=True):
        lines = [(no, ln.gross_gr) for no, ln in enumerate(receipt.live_lines) if ln.vat == letter]
        parts = shared([gross for _no, gross in lines], total_gr)
        yield from ((no, part) for (no, _gross), part in zip(lines, parts, strict=True))


def shared(parts_gr: list[int], total_gr: int) -> list[int]:
    """``parts_gr`` made smaller, or greater, in proportion, so that they come to ``total_gr``.

    The printer takes no line that comes to nothing, so each keeps a grosz. Raises E-122 when there
    are more lines than grosze.
    """
    whole = sum(parts_gr)
    if total_gr < len(parts_gr):
        raise Rejected(Code.INVOICE_DISCOUNT)
    left = [max(1, part * total_gr // whole) for part in parts_gr]
    missing = total_gr - sum(left)
    grosz = 1 if missing > 0 else -1
    while missing:
        for no, part in enumerate(parts_gr):
            if missing and 0 < left[no] + grosz <= max(part, part * total_gr // whole + 1):
                left[no] += grosz
                missing -= grosz
    return left


def _payment_lines(receipt: Receipt) -> Iterator[str]:
    """In Polish whatever the screen speaks, as all that the printer adds by itself."""
    for payment in receipt.payments:
        yield from _payment_line(payment)
    if receipt.change_gr:
        yield f"Reszta: {show_gr(receipt.change_gr)}"


def _payment_line(payment: Payment) -> Iterator[str]:
    yield f"{payment.name}: {show_gr(payment.amount_gr)}"
    if payment.symbol:
        rate = f"{payment.rate_e4 // 10_000},{payment.rate_e4 % 10_000:04}"
        yield f"  {show_gr(payment.foreign)} {payment.symbol} x {rate}"
    if payment.kind == "transfer" and payment.reference:
        yield f"Konto: {payment.reference}"
