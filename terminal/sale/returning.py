"""What may still be given back of a receipt, line by line and to the grosz. Pure.

A line is worth what was paid for it: its gross less its part of the discount on the receipt, whose
parts come of what the printer counted for the line's VAT letter. So all returns of a receipt
together give exactly what was paid, in each letter, however they are cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.sale.money import show_gr, tax_of
from terminal.sync.wire import TakenLine, VatSplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from terminal.sync.wire import EntryKind, LineDoc, ReceiptDoc, ReturnDoc


@dataclass(frozen=True, slots=True)
class Left:
    """What remains of line ``no`` (from 0) of a receipt: pieces of ``sold_milli``, and money."""

    no: int
    line: LineDoc
    sold_milli: int
    paid_gr: int
    qty_milli: int
    gross_gr: int

    def worth_gr(self, qty_milli: int) -> int:
        """What comes back for the next ``qty_milli`` of it; the last piece takes the rest."""
        before = self.sold_milli - self.qty_milli
        whole = self._up_to(before + qty_milli) - self._up_to(before)
        return min(whole, self.gross_gr)

    def _up_to(self, qty_milli: int) -> int:
        return self.paid_gr * qty_milli // self.sold_milli


def paid_gr(receipt: ReceiptDoc) -> tuple[int, ...]:
    """What was paid for each line, nothing for one that was struck through."""
    of_letter = {part.vat: part.gross_gr for part in receipt.split}
    gross: dict[str, int] = {}
    for line in receipt.lines:
        if not line.is_void:
            gross[line.vat] = gross.get(line.vat, 0) + line.gross_gr
    passed = dict.fromkeys(gross, 0)
    paid = []
    for line in receipt.lines:
        if line.is_void:
            paid.append(0)
            continue
        whole, paid_for = gross[line.vat], of_letter.get(line.vat, 0)
        before = passed[line.vat]
        after = passed[line.vat] = before + line.gross_gr
        paid.append(paid_for * after // whole - paid_for * before // whole)
    return tuple(paid)


def left(receipt: ReceiptDoc, earlier: Iterable[ReturnDoc]) -> tuple[Left, ...]:
    """What remains of each line after ``earlier`` entries; without those struck through."""
    taken = [one for entry in earlier for one in entry.lines]
    return tuple(
        Left(
            no,
            line,
            line.qty_milli,
            paid,
            max(0, line.qty_milli - sum(one.qty_milli for one in taken if one.no == no)),
            max(0, paid - sum(one.gross_gr for one in taken if one.no == no)),
        )
        for no, (line, paid) in enumerate(zip(receipt.lines, paid_gr(receipt), strict=True))
        if not line.is_void
    )


def take(
    remaining: Sequence[Left], wanted: Mapping[int, int], entry: EntryKind, amount_gr: int | None
) -> tuple[TakenLine, ...]:
    """Thousandths by number of line as an entry takes them; ``amount_gr`` is less than their worth.

    Raises E-125 for more than there is, E-126 when no money would come back, E-18 for no quantity.
    """
    by_no = {one.no: one for one in remaining}
    parts = []
    for no, qty_milli in sorted(wanted.items()):
        one = by_no.get(no)
        if one is None or qty_milli <= 0 or qty_milli % 10 ** (3 - one.line.precision):
            raise Rejected(Code.BAD_AMOUNT)
        if qty_milli > one.qty_milli:
            raise Rejected(Code.MORE_THAN_SOLD, name=one.line.name)
        parts.append((one, qty_milli, one.worth_gr(qty_milli)))
    whole = sum(worth for _, _, worth in parts)
    if not whole:
        raise Rejected(Code.NOTHING_LEFT)
    amount = whole if amount_gr is None or entry == "return" else amount_gr
    if not 0 < amount <= whole:
        raise Rejected(Code.TOO_MUCH_BACK, left=show_gr(whole))
    taken, passed = [], 0
    for one, qty_milli, worth in parts:
        given = amount * (passed + worth) // whole - amount * passed // whole
        passed += worth
        # A complaint is settled with money: the goods may come back another day.
        taken.append(_line(one, 0 if entry == "complaint" else qty_milli, given))
    return tuple(taken)


def split_of(lines: Iterable[TakenLine]) -> list[VatSplit]:
    """Gross and tax by letter, as the register wants them."""
    gross: dict[tuple[str, int], int] = {}
    for line in lines:
        key = line.vat, line.rate_bp
        gross[key] = gross.get(key, 0) + line.gross_gr
    return [
        VatSplit(vat, rate_bp, amount, tax_of(amount, rate_bp))
        for (vat, rate_bp), amount in sorted(gross.items())
        if amount
    ]


def _line(one: Left, qty_milli: int, gross_gr: int) -> TakenLine:
    line = one.line
    return TakenLine(
        no=one.no,
        name=line.name,
        unit=line.unit,
        vat=line.vat,
        rate_bp=line.rate_bp,
        qty_milli=qty_milli,
        gross_gr=gross_gr,
        product=line.product,
        plu=line.plu,
        barcode=line.barcode,
        precision=line.precision,
    )
