"""A receipt: its lines, what it comes to, and the states it goes through. Pure.

    OPEN ──pay──▶ PAID ──send──▶ PRINTING ──printed──▶ FISCAL
      │  ◀─reopen──┘  ◀─not_printed─┘
      ├──bill──▶ BILL
      └──drop──▶ DROPPED ◀──drop── PAID   (◀──dispute── PRINTING, by a technician)

The printer's counters alone decide how PRINTING ends. Voided lines stay on the screen and in
the journal, struck through; the printer never sees them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from drivers.fiscal import PercentMode
from terminal.sale.line import Line  # noqa: TC001 - msgspec reads it while running
from terminal.sale.money import by_letter, percent_off_letters, spread

if TYPE_CHECKING:
    from drivers.fiscal import Seven


class State(StrEnum):
    """Where a receipt is on its way."""

    OPEN = "OPEN"
    PAID = "PAID"
    PRINTING = "PRINTING"
    FISCAL = "FISCAL"
    DROPPED = "DROPPED"
    BILL = "BILL"


class DocumentKind(StrEnum):
    """What the customer gets."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    MEAL_INVOICE = "meal_invoice"
    E_RECEIPT = "e_receipt"


class CardStatus(StrEnum):
    """How far a payment terminal got; NONE where no terminal is asked.

    ASKED and UNKNOWN are in doubt: the money may have been taken, and does not count yet.
    """

    NONE = ""
    ASKED = "asked"
    UNKNOWN = "unknown"
    APPROVED = "approved"


IN_DOUBT = frozenset({CardStatus.ASKED, CardStatus.UNKNOWN})

NEXT: dict[State, dict[str, State]] = {
    State.OPEN: {"pay": State.PAID, "drop": State.DROPPED, "bill": State.BILL},
    State.PAID: {"send": State.PRINTING, "reopen": State.OPEN, "drop": State.DROPPED},
    State.PRINTING: {
        "printed": State.FISCAL,
        "not_printed": State.PAID,
        "dispute": State.DROPPED,
    },
    State.FISCAL: {},
    State.DROPPED: {},
    State.BILL: {},
}


def step(state: State, event: str) -> State:
    """The state after ``event``; what is not in the table is our own mistake."""
    try:
        return NEXT[state][event]
    except KeyError:
        msg = f"a receipt that is {state} cannot {event}"
        raise AssertionError(msg) from None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received in one way; ``kind`` is the printer's word for it, or ``currency``.

    ``reference`` is what the payment terminal gave, or the account of a transfer. Foreign money is
    ``foreign`` hundredths of ``symbol`` at ``rate_e4``. ``face_gr`` is the value of a voucher that
    was worth more than what was due and gave no change; 0 for all else.
    """

    method: str
    name: str
    kind: str
    amount_gr: int
    status: CardStatus = CardStatus.NONE
    reference: str = ""
    symbol: str = ""
    foreign: int = 0
    rate_e4: int = 0
    face_gr: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """A sale from its first line to its number in the fiscal memory.

    Percents are taken off in ``percent_mode``, the printer's way when the receipt was last counted.
    A discount that was given as ``percent_bp`` comes off each VAT letter, an amount off their sum.
    A negative one is a mark-up; ``discount_id`` and ``discount_name`` are those of the shop's own.
    ``age_checked`` is the highest age that the cashier has confirmed of this buyer.
    The buyer of an invoice has a name and an address beside the ``nip``; its ``invoice_no`` is
    given when it is first sent. ``kid`` is where an electronic receipt goes, and
    the non-fiscal bill whose ``rid`` is given is what this receipt ``makes_good``. It
    ``fulfils`` the order or the quote of that id once it is printed.
    """

    rid: str
    opened_at: str
    operator_id: str
    operator: str
    state: State = State.OPEN
    lines: tuple[Line, ...] = ()
    payments: tuple[Payment, ...] = ()
    discount_gr: int = 0
    nip: str = ""
    percent_bp: int = 0
    percent_mode: PercentMode = PercentMode.VALUE_FIRST
    discount_id: str = ""
    discount_name: str = ""
    customer_id: str = ""
    customer: str = ""
    age_checked: int = 0
    document: DocumentKind = DocumentKind.RECEIPT
    buyer_name: str = ""
    buyer_address: str = ""
    kid: str = ""
    invoice_no: int = 0
    makes_good: str = ""
    fulfils: str = ""

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
        if self.percent_bp:
            return percent_off_letters(totals, self.percent_bp, self.percent_mode)
        return spread(totals, self.discount_gr) if self.discount_gr else totals

    @property
    def total_gr(self) -> int:
        """What the customer owes."""
        return self.subtotal_gr - self.discount_gr

    @property
    def paid_gr(self) -> int:
        """Money received, before change; a card in doubt does not count."""
        return sum(p.amount_gr for p in self.payments if p.status not in IN_DOUBT)

    @property
    def due_gr(self) -> int:
        """What is still to be paid."""
        return max(0, self.total_gr - self.paid_gr)

    @property
    def change_gr(self) -> int:
        """What goes back to the customer."""
        return max(0, self.paid_gr - self.total_gr)

    @property
    def in_doubt(self) -> Payment | None:
        """The card of which nobody knows yet whether it was charged; always the last payment."""
        last = self.payments[-1] if self.payments else None
        return last if last and last.status in IN_DOUBT else None

    @property
    def is_invoice(self) -> bool:
        """Whether the printer makes an invoice of it, and counts it with the invoices."""
        return self.document in {DocumentKind.INVOICE, DocumentKind.MEAL_INVOICE}

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be printed."""
        return not self.live_lines
