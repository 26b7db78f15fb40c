"""Entries of a receipt → its lines, as NoviAPI can say them. No I/O.

    storno                     taken out of the line it repeats
    discount after the line    put onto that line
    discount on a letter       shared among the lines of the letter sold so far
    discount on everything     shared among the letters, then among their lines
    subtotal                   not on paper

The totals per letter come to what the entries say. Packaging and advances are refused: what they do
to the totals of this printer is not known. Raises ``Refused`` for what cannot be said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.errors import Why
from drivers.fiscal import (
    VAT_LETTERS,
    Discount,
    Item,
    LineDiscount,
    Promotion,
    RateDiscount,
    Subtotal,
)
from drivers.novitus.codes import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drivers.fiscal import Entry

KIND = "receipt"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it will stand; ``change_gr`` is what all its discounts take off or put on.

    ``change_name`` is the name of the first of them that has one.
    """

    item: Item
    qty_milli: int
    value_gr: int
    change_gr: int
    change_name: str = ""

    @property
    def final_gr(self) -> int:
        """What the line comes to."""
        return self.value_gr + self.change_gr


def lines_of(entries: Iterable[Entry], discount: Discount | None) -> list[Line]:
    """The lines that are left of ``entries``, with the receipt's ``discount`` in them."""
    lines: list[Line] = []
    for entry in entries:
        _add(lines, entry)
    _share(lines, discount, VAT_LETTERS)
    return lines


def _add(lines: list[Line], entry: Entry) -> None:
    match entry:
        case Item(is_storno=True):
            _take_out(lines, _line(entry))
        case Item():
            lines.append(_line(entry))
        case LineDiscount():
            _put_on(lines, entry)
        case RateDiscount(vat, discount):
            _share(lines, discount, vat)
        case Promotion(vat, amount_gr, name, is_storno):
            _share(lines, Discount(amount_gr, name, is_markup=is_storno), vat)
        case Subtotal(discount):
            _share(lines, discount, VAT_LETTERS)
        case _:
            refuse("packaging and advances are not supported", KIND)


def _line(item: Item) -> Line:
    name = item.discount.name if item.discount else ""
    return Line(item, item.qty_milli, item.value_gr, change(item.discount), name)


def _take_out(lines: list[Line], storno: Line) -> None:
    """Take ``storno`` out of the last line that holds it."""
    taken = storno.item
    for index in range(len(lines) - 1, -1, -1):
        line, sold = lines[index], lines[index].item
        if (sold.name, sold.vat, sold.price_gr) != (taken.name, taken.vat, taken.price_gr):
            continue
        left = replace(
            line,
            qty_milli=line.qty_milli - storno.qty_milli,
            value_gr=line.value_gr - storno.value_gr,
            change_gr=line.change_gr - storno.change_gr,
        )
        if (left.qty_milli, left.value_gr, left.change_gr) == (0, 0, 0):
            del lines[index]
            return
        # The printer multiplies again: what is left must be a line it would compute itself.
        if left.qty_milli > 0 and left.value_gr == _half_up(sold.price_gr * left.qty_milli, 1000):
            lines[index] = left
            return
    refuse("no line of the receipt holds what the storno takes back", KIND, item=taken.name)


def _put_on(lines: list[Line], entry: LineDiscount) -> None:
    """Put a discount onto the last line it can mean, or take it back."""
    delta = -change(entry.discount) if entry.is_storno else change(entry.discount)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if (line.item.name, line.item.vat) != (entry.name, entry.vat):
            continue
        if entry.base_gr in {line.value_gr, line.final_gr} and line.final_gr + delta >= 0:
            name = line.change_name or entry.discount.name
            lines[index] = replace(line, change_gr=line.change_gr + delta, change_name=name)
            return
    refuse("no line of the receipt is the one the discount means", KIND, item=entry.name)


def _share(lines: list[Line], discount: Discount | None, letters: str) -> None:
    """Share a discount among ``letters``, then among the lines of each."""
    if not discount:
        return
    totals = [sum(line.final_gr for line in lines if line.item.vat == vat) for vat in letters]
    if not sum(totals):
        refuse("a discount on nothing", KIND, Why.DISCOUNT)
    for vat, after in zip(letters, _spread(totals, change(discount)), strict=True):
        places = [index for index, line in enumerate(lines) if line.item.vat == vat]
        finals = [lines[index].final_gr for index in places]
        shares = _spread(finals, after - sum(finals))
        for index, share in zip(places, shares, strict=True):
            line = lines[index]
            if share == line.final_gr:
                continue
            changed = line.change_gr + share - line.final_gr
            name = line.change_name or discount.name
            lines[index] = replace(line, change_gr=changed, change_name=name)


def _spread(parts_gr: list[int], delta_gr: int) -> list[int]:
    """Parts after ``delta_gr`` was shared among them in proportion, rests carried in order."""
    before = sum(parts_gr)
    if not before:
        return parts_gr
    if before + delta_gr < 0:
        refuse("the discount is more than what it is taken off", KIND, Why.DISCOUNT)
    carried = 0
    shared = []
    for part in parts_gr:
        quotient, rest = divmod(part * (before + delta_gr), before)
        carried += rest
        if carried >= before:
            quotient += 1
            carried -= before
        shared.append(quotient)
    return shared


def change(discount: Discount | None) -> int:
    """What a discount does to its line."""
    if not discount:
        return 0
    return discount.amount_gr if discount.is_markup else -discount.amount_gr


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
