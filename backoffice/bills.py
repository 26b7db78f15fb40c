"""What the office holds against a receipt that makes a non-fiscal bill good. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sync import wire


def wrong_for_bill(receipt: wire.ReceiptDoc, bill: wire.BillDoc | None) -> Iterator[str]:
    """What differs from the bill that the receipt names; the rate is the printer's of its day."""
    if bill is None:
        yield f"unknown_bill: {receipt.makes_good}"
        return
    if receipt.total_gr != bill.total_gr:
        yield f"bill_total: {receipt.total_gr} != {bill.total_gr}"
    if _sold(receipt) != _sold(bill):
        yield f"bill_lines: not those of bill {bill.bill_no}"


def _sold(document: wire.ReceiptDoc | wire.BillDoc) -> Counter[tuple[str, str, str, int, int, int]]:
    return Counter(
        (line.product, line.name, line.vat, line.price_gr, line.qty_milli, line.gross_gr)
        for line in document.lines
        if not line.is_void
    )
