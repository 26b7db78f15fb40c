"""The slip of a non-fiscal bill. No I/O; words in the language of the screen.

It says twice that it is no fiscal document, and shows no tax: a receipt will.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.paper import RULE, Align, Row, Size, Slip
from terminal.i18n import translate as _
from terminal.paper.documents import not_fiscal, shop_rows, zloty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import Shop

_ONE_MILLI = 1000


def bill_slip(bill: Receipt, number: int, at: str, till: str, shop: Shop | None) -> Slip:
    """What was sold and how it is to be paid."""
    rows = [
        *shop_rows(shop),
        not_fiscal(),
        RULE,
        Row(_("Date"), at[:16].replace("T", " ")),
        Row(_("Till"), till),
        Row(_("Operator"), bill.operator),
        RULE,
        *(row for line in bill.live_lines for row in _line(line)),
        *([Row(_("Discount"), zloty(-bill.discount_gr))] if bill.discount_gr else []),
        RULE,
        Row(_("Total"), zloty(bill.total_gr), is_bold=True, size=Size.DOUBLE),
        *(Row(payment.name, zloty(payment.amount_gr)) for payment in bill.payments),
        RULE,
        Row(_("The receipt follows"), align=Align.CENTRE),
        not_fiscal(),
    ]
    return Slip(_("Bill {number}", number=number), tuple(rows))


def _line(line: Line) -> Iterator[Row]:
    yield Row(line.name, zloty(line.gross_gr))
    if line.qty_milli != _ONE_MILLI or line.discount_gr:
        whole, part = divmod(line.qty_milli, _ONE_MILLI)
        quantity = f"{whole},{part:03}".rstrip("0").rstrip(",")
        yield Row(f"  {quantity} {line.unit} x {zloty(line.price_gr)}")
