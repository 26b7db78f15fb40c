"""In which ways money may go back. Pure.

What was paid in cash goes back in cash only. What was paid by card goes back to the card up to what
the card paid and has not got back yet, the rest in cash; or all of it in cash. What a voucher paid
goes back first and as a voucher, never in cash; foreign money goes back in zlotys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from terminal.sale.tender import VOUCHERS
from terminal.sync.wire import RefundDoc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from terminal.sync.wire import CorrectionDoc, ReceiptDoc, ReturnDoc

CASH = "cash"
Way = tuple[RefundDoc, ...]


def paid(receipt: ReceiptDoc, correction: CorrectionDoc | None = None) -> tuple[RefundDoc, ...]:
    """What came in, by method and without the change, after a ``correction`` of the payment."""
    sums: dict[str, RefundDoc] = {}
    for payment in receipt.payments:
        came = payment.amount_gr - payment.change_gr
        one = RefundDoc(payment.method, payment.name, payment.kind, came)
        if correction and payment.kind == CASH and came:
            one = replace(correction.after, amount_gr=came)
        known = sums.get(one.method)
        sums[one.method] = (
            replace(known, amount_gr=known.amount_gr + one.amount_gr) if known else one
        )
    return tuple(one for one in sums.values() if one.amount_gr)


def ways(
    total_gr: int,
    came: Iterable[RefundDoc],
    earlier: Iterable[ReturnDoc],
    cash: RefundDoc,
    allowed: Collection[str],
) -> tuple[Way, ...]:
    """The ways to give ``total_gr`` back, the nearest to how it was paid first.

    ``allowed`` are the methods that may be refunded, vouchers always; ``cash`` is the shop's own.
    """
    gone: dict[str, int] = {}
    for entry in earlier:
        for one in entry.refunds:
            gone[one.method] = gone.get(one.method, 0) + one.amount_gr
    rooms = [replace(it, amount_gr=it.amount_gr - gone.get(it.method, 0)) for it in came]
    rooms = [one for one in rooms if one.amount_gr > 0]
    vouchers, due_gr = [], total_gr
    for one in rooms:
        if one.kind in VOUCHERS and due_gr:
            back = replace(one, amount_gr=min(one.amount_gr, due_gr))
            vouchers.append(back)
            due_gr -= back.amount_gr
    if vouchers and not due_gr:
        return (tuple(vouchers),)
    found = []
    for one in rooms:
        if one.kind in {CASH, *VOUCHERS} or one.method not in allowed:
            continue
        back = replace(one, amount_gr=min(one.amount_gr, due_gr))
        rest = due_gr - back.amount_gr
        found.append(
            (*vouchers, back, replace(cash, amount_gr=rest)) if rest else (*vouchers, back)
        )
    return (*found, (*vouchers, replace(cash, amount_gr=due_gr)))
