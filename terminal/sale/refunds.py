"""In which ways money may go back. Pure.

What was paid in cash goes back in cash only. What was paid by card goes back to the card up to what
the card paid and has not got back yet, the rest in cash; or all of it in cash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

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

    ``allowed`` are the methods that may be refunded; ``cash`` is the shop's method for it.
    """
    gone: dict[str, int] = {}
    for entry in earlier:
        for one in entry.refunds:
            gone[one.method] = gone.get(one.method, 0) + one.amount_gr
    found = []
    for one in came:
        room = one.amount_gr - gone.get(one.method, 0)
        if one.kind == CASH or one.method not in allowed or room <= 0:
            continue
        back = replace(one, amount_gr=min(room, total_gr))
        rest = total_gr - back.amount_gr
        found.append((back, replace(cash, amount_gr=rest)) if rest else (back,))
    return (*found, (replace(cash, amount_gr=total_gr),))
