"""What became dearer or cheaper while a receipt lay aside, and the receipt at today's prices. Pure.

A parked receipt keeps its prices until somebody asks for those of today. A price that a cashier
gave, or typed for an article without one, is nobody else's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from terminal.sale.verbs import change

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.receipt import Receipt

    # Today's price of a product; None when it has none.
    PriceOf = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class PriceChange:
    """Line ``no`` (from 0) was sold at ``old_gr``; the shop wants ``new_gr`` today."""

    no: int
    name: str
    old_gr: int
    new_gr: int


def price_changes(receipt: Receipt, price_of: PriceOf) -> tuple[PriceChange, ...]:
    """Lines whose price is another one today."""
    found = []
    for no, line in enumerate(receipt.lines):
        if line.is_void or line.price_gr != line.list_price_gr:
            continue
        today_gr = price_of(line.product)
        if today_gr is not None and today_gr != line.price_gr:
            found.append(PriceChange(no, line.name, line.price_gr, today_gr))
    return tuple(found)


def repriced(receipt: Receipt, price_of: PriceOf) -> Receipt:
    """The receipt at today's prices; discounts follow. Raises E-19 when one no longer fits."""
    for changed in price_changes(receipt, price_of):
        receipt = change(receipt, changed.no, price_gr=changed.new_gr)
        lines = list(receipt.lines)
        lines[changed.no] = replace(lines[changed.no], list_price_gr=changed.new_gr)
        receipt = replace(receipt, lines=tuple(lines))
    return receipt
