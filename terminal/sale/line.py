"""One line of a receipt: what it is worth, and what may be taken off it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.sale.money import (
    AMOUNT_MAX_GR,
    PERCENT_BP,
    QTY_MAX_MILLI,
    line_value,
    percent_off,
)

if TYPE_CHECKING:
    from drivers.fiscal import PercentMode


@dataclass(frozen=True, slots=True)
class Line:
    """One article on a receipt; names and prices are as they were when it was sold.

    A discount that was given as ``percent_bp`` follows price and quantity; a negative one is a
    mark-up. ``discount_id`` and ``discount_name`` are those of the shop's own, if it was one.
    ``min_age`` is how old a buyer must be, 0 for any.
    """

    product: str
    plu: str
    barcode: str
    name: str
    unit: str
    precision: int
    vat: str
    rate_bp: int
    list_price_gr: int
    price_gr: int
    qty_milli: int
    discount_gr: int = 0
    is_void: bool = False
    percent_bp: int = 0
    discount_id: str = ""
    discount_name: str = ""
    min_age: int = 0

    @property
    def value_gr(self) -> int:
        """Price times quantity, before the discount."""
        return line_value(self.price_gr, self.qty_milli)

    @property
    def gross_gr(self) -> int:
        """What the line adds to the receipt; a voided line adds nothing."""
        return 0 if self.is_void else self.value_gr - self.discount_gr


@dataclass(frozen=True, slots=True)
class OfShop:
    """Which of the shop's discounts and mark-ups it is; nothing for one of the cashier's own."""

    id: str = ""
    name: str = ""


OWN = OfShop()


@dataclass(frozen=True, slots=True)
class Reduction:
    """An amount or a share to take off, or when negative to put on; nothing takes an old one back.

    Of both the share counts.
    """

    amount_gr: int | None = None
    percent_bp: int | None = None
    of_shop: OfShop = OWN


def discounted(line: Line, reduction: Reduction, mode: PercentMode) -> Line:
    """The line with ``reduction`` in place of the one it had. Raises E-19."""
    return replace(
        line,
        discount_gr=take_off(line.value_gr, reduction, mode),
        percent_bp=reduction.percent_bp or 0,
        discount_id=reduction.of_shop.id,
        discount_name=reduction.of_shop.name,
    )


def recounted(line: Line, mode: PercentMode) -> Line:
    """The line with a discount that was given as a percent taken anew."""
    if not line.percent_bp:
        return line
    return replace(line, discount_gr=percent_off(line.value_gr, line.percent_bp, mode))


def check(line: Line) -> Line:
    """Give the line back, or raise: E-18 for nothing or too much, E-61 for decimals, E-19."""
    if not (0 < line.price_gr <= AMOUNT_MAX_GR and 0 < line.qty_milli <= QTY_MAX_MILLI):
        raise Rejected(Code.BAD_AMOUNT)
    if line.qty_milli % 10 ** (3 - line.precision):
        raise Rejected(Code.NOT_A_WHOLE, name=line.name, precision=line.precision)
    if not 0 < line.value_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.BAD_AMOUNT)
    if not 0 < line.gross_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return line


def take_off(value_gr: int, reduction: Reduction, mode: PercentMode) -> int:
    """A discount (negative: a mark-up) as an amount; raises E-19.

    A discount is less than the whole value. A mark-up may be more, but no sum is endless.
    """
    percent_bp = reduction.percent_bp
    if percent_bp is None:
        off = reduction.amount_gr or 0
    else:
        off = percent_off(value_gr, percent_bp, mode)
    if not 0 < value_gr - off <= AMOUNT_MAX_GR or abs(percent_bp or 0) >= PERCENT_BP:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return off
