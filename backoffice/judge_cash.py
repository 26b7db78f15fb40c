"""What the office thinks of a closed shift: its figures must follow from what it was told. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator


class ShiftHistory(Protocol):
    """What is known of a shift before its end."""

    def opening(self, shift: str) -> tuple[bool, int | None]:
        """Whether the shift was opened, and with how much cash; None when nobody entered it."""

    def cash_gr(self, shift: str) -> int:
        """What the documents of the shift brought into the drawer, its opening aside."""


def wrong_shift(shift: wire.ShiftDoc, history: ShiftHistory) -> Iterator[str]:
    """What does not add up, each with a code and both figures."""
    is_known, opening_gr = history.opening(shift.shift)
    if not shift.closed_at:
        if shift.rid != shift.shift:
            yield "shift: an opening names another shift"
        return
    if not is_known:
        yield "shift: it was never opened"
    elif shift.opening_gr != opening_gr:
        yield f"opening: {shift.opening_gr or 0} != {opening_gr or 0}"
    moved_gr = shift.in_gr - shift.out_gr + shift.received_gr - shift.change_gr - shift.returned_gr
    expected_gr = (shift.opening_gr or 0) + moved_gr
    if shift.expected_gr != expected_gr:
        yield f"expected: {shift.expected_gr} != {expected_gr}"
    told_gr = history.cash_gr(shift.shift)
    if moved_gr != told_gr:
        yield f"shift_cash: {moved_gr} != {told_gr}"
    if shift.counted_gr is not None:
        yield from _wrong_count(shift, shift.counted_gr)


def _wrong_count(shift: wire.ShiftDoc, counted_gr: int) -> Iterator[str]:
    difference_gr = counted_gr - shift.expected_gr
    if shift.difference_gr != difference_gr:
        yield f"difference: {shift.difference_gr} != {difference_gr}"
    coins_gr = sum(coin.value_gr * coin.pieces for coin in shift.coins)
    if shift.coins and coins_gr != counted_gr:
        yield f"coins: {coins_gr} != {counted_gr}"
    if shift.difference_gr and not shift.reason:
        yield "reason: a difference has none"


def cash_of(document: wire.Document) -> tuple[str, int]:
    """The shift that a document names, and what it brought into that one's drawer."""
    match document:
        case wire.ReceiptDoc(shift=shift) if shift:
            received_gr = sum(it.amount_gr for it in document.payments if it.kind == "cash")
            # Change is cash, whatever it is given on.
            return shift, received_gr - sum(it.change_gr for it in document.payments)
        case wire.CashDoc(shift=shift) if shift:
            return shift, document.amount_gr
    return "", 0


def cash_numbers(document: wire.ShiftDoc | wire.CashDoc) -> Iterator[int]:
    """Every amount and count that the lists of the office hold."""
    if isinstance(document, wire.CashDoc):
        yield document.amount_gr
        return
    yield from (document.opening_gr or 0, document.counted_gr or 0, document.expected_gr)
    yield from (document.difference_gr, document.total_gr, document.receipts)
