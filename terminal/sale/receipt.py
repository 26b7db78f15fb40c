"""A receipt and what may be done with it. Pure: every verb returns a new receipt or raises.

    OPEN ──pay──▶ PAID ──send──▶ PRINTING ──printed──▶ FISCAL
      │  ◀─reopen──┘  ◀─not_printed─┘
      └──drop──▶ DROPPED ◀──drop── PAID   (◀──dispute── PRINTING, by a technician)

The printer's counters alone decide how PRINTING ends. Voided lines stay on the screen and in
the journal, struck through; the printer never sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from stdnum.pl import nip as polish_nip

from terminal.errors import Code, Rejected
from terminal.sale.money import (
    AMOUNT_MAX_GR,
    PERCENT_BP,
    QTY_MAX_MILLI,
    by_letter,
    line_value,
    percent_of,
    show_gr,
    spread,
)

if TYPE_CHECKING:
    from drivers.fiscal import Seven
    from terminal.store.catalogue import Article

LINES_MAX = 500


class State(StrEnum):
    """Where a receipt is on its way."""

    OPEN = "OPEN"
    PAID = "PAID"
    PRINTING = "PRINTING"
    FISCAL = "FISCAL"
    DROPPED = "DROPPED"


NEXT: dict[State, dict[str, State]] = {
    State.OPEN: {"pay": State.PAID, "drop": State.DROPPED},
    State.PAID: {"send": State.PRINTING, "reopen": State.OPEN, "drop": State.DROPPED},
    State.PRINTING: {
        "printed": State.FISCAL,
        "not_printed": State.PAID,
        "dispute": State.DROPPED,
    },
    State.FISCAL: {},
    State.DROPPED: {},
}


def step(state: State, event: str) -> State:
    """The state after ``event``; what is not in the table is our own mistake."""
    try:
        return NEXT[state][event]
    except KeyError:
        msg = f"a receipt that is {state} cannot {event}"
        raise AssertionError(msg) from None


@dataclass(frozen=True, slots=True)
class Line:
    """One article on a receipt; names and prices are as they were when it was sold."""

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

    @property
    def value_gr(self) -> int:
        """Price times quantity, before the discount."""
        return line_value(self.price_gr, self.qty_milli)

    @property
    def gross_gr(self) -> int:
        """What the line adds to the receipt; a voided line adds nothing."""
        return 0 if self.is_void else self.value_gr - self.discount_gr


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received in one way; ``kind`` is the printer's word for it."""

    method: str
    name: str
    kind: str
    amount_gr: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A sale from its first line to its number in the fiscal memory."""

    rid: str
    opened_at: str
    operator_id: str
    operator: str
    state: State = State.OPEN
    lines: tuple[Line, ...] = ()
    payments: tuple[Payment, ...] = ()
    discount_gr: int = 0
    nip: str = ""

    @property
    def live_lines(self) -> tuple[Line, ...]:
        """Lines that are really sold."""
        return tuple(line for line in self.lines if not line.is_void)

    @property
    def subtotal_gr(self) -> int:
        """Sum of the lines, before the discount on the receipt."""
        return sum(line.gross_gr for line in self.lines)

    @property
    def totals_gr(self) -> Seven:
        """Gross per VAT letter after all discounts, as the printer will count it."""
        totals = by_letter([(line.vat, line.gross_gr) for line in self.live_lines])
        return spread(totals, self.discount_gr) if self.discount_gr else totals

    @property
    def total_gr(self) -> int:
        """What the customer owes."""
        return self.subtotal_gr - self.discount_gr

    @property
    def paid_gr(self) -> int:
        """Money received, before change."""
        return sum(payment.amount_gr for payment in self.payments)

    @property
    def due_gr(self) -> int:
        """What is still to be paid."""
        return max(0, self.total_gr - self.paid_gr)

    @property
    def change_gr(self) -> int:
        """What goes back to the customer."""
        return max(0, self.paid_gr - self.total_gr)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be printed."""
        return not self.live_lines


def add(receipt: Receipt, article: Article, qty_milli: int, price_gr: int, rate_bp: int) -> Receipt:
    """Sell an article at the printer's rate; raises E-18 for nothing, E-61 for decimals."""
    _expect_unpaid(receipt)
    if len(receipt.lines) >= LINES_MAX:
        raise Rejected(Code.BAD_AMOUNT)
    line = Line(
        article.id,
        article.plu,
        article.barcode,
        article.name,
        article.unit,
        article.precision,
        article.vat,
        rate_bp,
        article.price_gr,
        price_gr,
        qty_milli,
    )
    _check(line)
    return replace(receipt, lines=(*receipt.lines, line))


def change(
    receipt: Receipt, no: int, *, qty_milli: int | None = None, price_gr: int | None = None
) -> Receipt:
    """Give line ``no`` (from 0) another quantity or price; a discount must still fit."""
    line = _line(receipt, no)
    qty = line.qty_milli if qty_milli is None else qty_milli
    price = line.price_gr if price_gr is None else price_gr
    return _put(receipt, no, replace(line, qty_milli=qty, price_gr=price))


def discount_line(
    receipt: Receipt, no: int, *, amount_gr: int | None = None, percent_bp: int | None = None
) -> Receipt:
    """Take an amount or a share off line ``no``; 0 takes the discount back. Raises E-19."""
    line = _line(receipt, no)
    return _put(receipt, no, replace(line, discount_gr=_off(line.value_gr, amount_gr, percent_bp)))


def discount_receipt(
    receipt: Receipt, *, amount_gr: int | None = None, percent_bp: int | None = None
) -> Receipt:
    """Take an amount or a share off the whole receipt. Raises E-17 when empty, E-19."""
    _expect_unpaid(receipt)
    if receipt.is_empty:
        raise Rejected(Code.EMPTY_RECEIPT)
    return replace(receipt, discount_gr=_off(receipt.subtotal_gr, amount_gr, percent_bp))


def void(receipt: Receipt, no: int) -> Receipt:
    """Strike line ``no`` through; the discount on the receipt goes when it no longer fits."""
    line = _line(receipt, no)
    lines = list(receipt.lines)
    lines[no] = replace(line, is_void=True)
    changed = replace(receipt, lines=tuple(lines))
    return changed if changed.total_gr > 0 else replace(changed, discount_gr=0)


def with_nip(receipt: Receipt, nip: str) -> Receipt:
    """Put the buyer's tax number on the receipt, ``""`` takes it off. Raises E-28."""
    _expect_open(receipt)
    digits = nip.replace("-", "").replace(" ", "")
    is_number = digits.isascii() and digits.isdigit()
    if digits and not (is_number and polish_nip.is_valid(digits)):
        raise Rejected(Code.BAD_NIP, nip=nip)
    return replace(receipt, nip=digits)


def pay(receipt: Receipt, payment: Payment) -> Receipt:
    """Receive money; the receipt is PAID when nothing is due. Only cash may exceed the due."""
    _expect_open(receipt)
    if receipt.is_empty or receipt.total_gr <= 0:
        raise Rejected(Code.EMPTY_RECEIPT)
    if not 0 < payment.amount_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.BAD_AMOUNT)
    if payment.kind != "cash" and payment.amount_gr > receipt.due_gr:
        due = show_gr(receipt.due_gr)
        raise Rejected(Code.CARD_TOO_MUCH, method=payment.name, due=due)
    paid = replace(receipt, payments=(*receipt.payments, payment))
    return replace(paid, state=step(paid.state, "pay")) if paid.due_gr == 0 else paid


def reopen(receipt: Receipt) -> Receipt:
    """Take the payments back, to sell on or to pay in another way. Raises E-55 when printing."""
    if receipt.state is State.PRINTING:
        raise Rejected(Code.BUSY)
    state = receipt.state if receipt.state is State.OPEN else step(receipt.state, "reopen")
    return replace(receipt, state=state, payments=())


def _expect_open(receipt: Receipt) -> None:
    if receipt.state is not State.OPEN:
        raise Rejected(Code.BUSY)


def _expect_unpaid(receipt: Receipt) -> None:
    """What is owed stands still from the first payment on."""
    _expect_open(receipt)
    if receipt.payments:
        raise Rejected(Code.PAYMENT_BEGUN)


def _line(receipt: Receipt, no: int) -> Line:
    _expect_unpaid(receipt)
    if not 0 <= no < len(receipt.lines) or receipt.lines[no].is_void:
        raise Rejected(Code.EMPTY_RECEIPT)
    return receipt.lines[no]


def _put(receipt: Receipt, no: int, line: Line) -> Receipt:
    _check(line)
    lines = (*receipt.lines[:no], line, *receipt.lines[no + 1 :])
    changed = replace(receipt, lines=lines)
    if changed.total_gr <= 0:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return changed


def _check(line: Line) -> None:
    if not (0 < line.price_gr <= AMOUNT_MAX_GR and 0 < line.qty_milli <= QTY_MAX_MILLI):
        raise Rejected(Code.BAD_AMOUNT)
    if line.qty_milli % 10 ** (3 - line.precision):
        raise Rejected(Code.NOT_A_WHOLE, name=line.name, precision=line.precision)
    if not 0 < line.value_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.BAD_AMOUNT)
    if line.gross_gr <= 0:
        raise Rejected(Code.DISCOUNT_TOO_BIG)


def _off(value_gr: int, amount_gr: int | None, percent_bp: int | None) -> int:
    """The discount as an amount; only less than the whole value may be taken off."""
    off = percent_of(value_gr, percent_bp) if percent_bp is not None else amount_gr or 0
    if not 0 <= off < value_gr or (percent_bp or 0) >= PERCENT_BP:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return off
