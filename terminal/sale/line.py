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

    A discount that was given as ``percent_bp`` follows price and quantity.
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

    @property
    def value_gr(self) -> int:
        """Price times quantity, before the discount."""
        return line_value(self.price_gr, self.qty_milli)

    @property
    def gross_gr(self) -> int:
        """What the line adds to the receipt; a voided line adds nothing."""
        return 0 if self.is_void else self.value_gr - self.discount_gr


def discounted(
    line: Line, amount_gr: int | None, percent_bp: int | None, mode: PercentMode
) -> Line:
    """The line with an amount or a share off; 0 takes the discount back. Raises E-19."""
    off_gr = take_off(line.value_gr, amount_gr, percent_bp, mode)
    return replace(line, discount_gr=off_gr, percent_bp=percent_bp or 0)


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
    if line.gross_gr <= 0:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return line


def take_off(
    value_gr: int, amount_gr: int | None, percent_bp: int | None, mode: PercentMode
) -> int:
    """A discount as an amount; raises E-19 unless it is less than the whole value."""
    off = amount_gr or 0 if percent_bp is None else percent_off(value_gr, percent_bp, mode)
    if not 0 <= off < value_gr or not 0 <= (percent_bp or 0) < PERCENT_BP:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return off
