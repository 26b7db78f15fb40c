"""The bill of a receipt that is not sold yet, for a guest to look at. No I/O.

It is no fiscal document and says so above and below, on either printer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.paper import RULE, Align, Row, Size, Slip
from terminal.i18n import translate as _
from terminal.paper.documents import zloty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import Shop

FORM_WIDTH = 38  # characters of a non-fiscal form on narrow paper


def bill_slip(receipt: Receipt, name: str, shop: Shop | None, at: str) -> Slip:
    """For the receipt printer: what was ordered, and what it comes to."""
    not_fiscal = Row(_("NOT A FISCAL DOCUMENT"), align=Align.CENTRE, is_bold=True)
    rows = [
        *([Row(shop.name or shop.company, align=Align.CENTRE)] if shop else []),
        not_fiscal,
        RULE,
        *([Row(name, is_bold=True)] if name else []),
        Row(receipt.operator, at[:16].replace("T", " ")),
        RULE,
        *(Row(text, amount) for text, amount in _amounts(receipt)),
        RULE,
        Row(_("Total"), zloty(receipt.total_gr), is_bold=True, size=Size.DOUBLE),
        not_fiscal,
    ]
    return Slip(_("Bill"), tuple(rows))


def bill_lines(receipt: Receipt, name: str, at: str) -> tuple[str, ...]:
    """The same in lines for the fiscal printer, the first of which is the title."""
    total = (_("Total"), zloty(receipt.total_gr))
    rows = [(name, ""), (receipt.operator, at[:16].replace("T", " ")), *_amounts(receipt), total]
    not_fiscal = _("NOT A FISCAL DOCUMENT")
    body = (_line(text, right) for text, right in rows if text or right)
    return (_("Bill"), not_fiscal, *body, not_fiscal)


def _amounts(receipt: Receipt) -> Iterator[tuple[str, str]]:
    for line in receipt.live_lines:
        whole, rest = divmod(line.qty_milli, 1000)
        qty = f"{whole},{rest:03}".rstrip("0") if rest else str(whole)
        yield f"{line.name}  {qty} × {zloty(line.price_gr)}", zloty(line.value_gr)
        if line.discount_gr:
            yield f"  {_('discount')}", zloty(-line.discount_gr)
    if receipt.discount_gr:
        yield _("Discount"), zloty(-receipt.discount_gr)


def _line(text: str, right: str) -> str:
    """One line, the amount at its end; a long text is cut rather than the amount."""
    room = FORM_WIDTH - len(right) - (1 if right else 0)
    return f"{text[:room]:<{room}} {right}" if right else text[:room]
