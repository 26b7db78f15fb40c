"""Makes entries of the registers and corrections of payments out of a sale. No I/O.

Numbers, identity and time are the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.sale import refunds, returning
from terminal.sale.refunds import CASH
from terminal.sync.wire import INVOICES, CorrectionDoc, ReceiptDoc, RefundDoc, ReturnDoc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from terminal.context import Context
    from terminal.people.rights import Operator
    from terminal.sale.refunds import Way
    from terminal.sale.returning import Left
    from terminal.sync.wire import EntryKind, PaymentMethod, TakenLine


@dataclass(frozen=True, slots=True)
class Case:
    """A sale and what became of it; ``is_sure`` when the office told what other tills gave back."""

    receipt: ReceiptDoc
    entries: tuple[ReturnDoc, ...] = ()
    correction: CorrectionDoc | None = None
    is_sure: bool = True

    @property
    def left(self) -> tuple[Left, ...]:
        """What remains of each line."""
        return returning.left(self.receipt, self.entries)


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be entered: thousandths by number of line, from 0.

    ``amount_gr`` is less than the goods' worth, for a complaint or a mistake; None is all of it.
    """

    entry: EntryKind
    lines: Mapping[int, int]
    amount_gr: int | None = None
    reason: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Identity and number of a new document, who makes it, and in which shift."""

    rid: str
    number: int
    operator: Operator
    shift: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a wish comes to, and the ways in which the money may go."""

    lines: tuple[TakenLine, ...]
    total_gr: int
    ways: tuple[Way, ...]


def offer(case: Case, wish: Wish, methods: list[PaymentMethod]) -> Offer:
    """What a wish comes to; raises E-18, E-125 to E-127, and E-146 for an invoice.

    Where no goods come back the money may stay: it was perhaps never taken.
    """
    if case.receipt.document in INVOICES:
        raise Rejected(Code.CORRECTING_INVOICE)
    lines = returning.take(case.left, wish.lines, wish.entry, wish.amount_gr)
    total_gr = sum(line.gross_gr for line in lines)
    ways = refunds.ways(
        total_gr,
        refunds.paid(case.receipt, case.correction),
        case.entries,
        cash_of(methods),
        {method.id for method in methods if method.refund_allowed},
    )
    none = () if wish.entry == "return" else ((),)
    return Offer(lines, total_gr, (*none, *ways) if wish.entry == "mistake" else (*ways, *none))


def entry_document(
    context: Context, by: Signed, case: Case, wish: Wish, chosen: Offer, way: Way
) -> ReturnDoc:
    """The entry; its number is that within its register."""
    sold = case.receipt
    return ReturnDoc(
        rid=by.rid,
        terminal=context.terminal,
        shop=context.shop,
        at=context.stamp(),
        operator=by.operator.name,
        operator_id=by.operator.id,
        shift=by.shift,
        entry=wish.entry,
        number=by.number,
        receipt=sold.rid,
        sold_by=sold.terminal,
        sold_at=sold.closed_at,
        printer_no=sold.printer_no,
        receipt_no=sold.receipt_no,
        lines=list(chosen.lines),
        split=returning.split_of(chosen.lines),
        total_gr=chosen.total_gr,
        refunds=list(way),
        reason=wish.reason,
        customer=wish.customer,
    )


def correction_document(
    context: Context, by: Signed, case: Case, method: PaymentMethod
) -> CorrectionDoc:
    """The sale was paid by ``method`` and not in cash. Raises E-58, E-130, E-131."""
    sold = case.receipt
    came = refunds.paid(sold)
    if len(came) != 1 or came[0].kind != CASH:
        raise Rejected(Code.NOT_CORRECTABLE)
    if case.correction or case.entries:
        raise Rejected(Code.CORRECTED)
    if method.kind != "card":
        raise Rejected(Code.NO_METHOD)
    return CorrectionDoc(
        rid=by.rid,
        terminal=context.terminal,
        shop=context.shop,
        at=context.stamp(),
        operator=by.operator.name,
        operator_id=by.operator.id,
        number=by.number,
        receipt=sold.rid,
        sold_at=sold.closed_at,
        printer_no=sold.printer_no,
        receipt_no=sold.receipt_no,
        before=came[0],
        after=RefundDoc(method.id, method.name, method.kind, came[0].amount_gr),
    )


def cash_of(methods: list[PaymentMethod]) -> RefundDoc:
    """The shop's way to give cash back."""
    known = next((method for method in methods if method.kind == CASH), None)
    return (
        RefundDoc(known.id, known.name, CASH, 0) if known else RefundDoc(CASH, "Gotówka", CASH, 0)
    )


def cash_gr(way: Iterable[RefundDoc]) -> int:
    """How much of the money leaves the drawer."""
    return sum(one.amount_gr for one in way if one.kind == CASH)
