"""Payments and change of one document, and how they settle what is due. Pure.

Source: protocol.md §10, trpayment, trpaymentcurr and trend.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.values import AMOUNT_MAX

CASH, FOREIGN = 0, 1
_PAYMENTS_MAX = 500


@dataclass(frozen=True, slots=True)
class Foreign:
    """The foreign currency of a payment: ``amount`` in hundredths, ``rate`` with four decimals."""

    symbol: str
    amount: int
    rate: int


@dataclass(frozen=True, slots=True)
class Payment:
    """One form of payment, or of change; ``value_gr`` is in the printer's own currency."""

    kind: int
    value_gr: int
    name: str
    is_change: bool
    foreign: Foreign | None = None


@dataclass(slots=True)
class Tender:
    """Everything registered towards what is due."""

    payments: list[Payment] = field(default_factory=list)

    @property
    def paid_gr(self) -> int:
        """Sum of payments."""
        return sum(p.value_gr for p in self.payments if not p.is_change)

    @property
    def change_gr(self) -> int:
        """Sum of change lines."""
        return sum(p.value_gr for p in self.payments if p.is_change)

    def pay(self, payment: Payment, due_gr: int) -> None:
        """Register a payment or change; raises Refused."""
        if len(self.payments) >= _PAYMENTS_MAX:
            raise Refused(Code.TOO_MANY_LINES)
        if payment.is_change:
            if self.change_gr + payment.value_gr > AMOUNT_MAX:
                raise Refused(Code.CHANGE_SUM_TOO_BIG)
            if self.change_gr + payment.value_gr > self.paid_gr + max(0, -due_gr):
                raise Refused(Code.CHANGE_TOO_BIG)
        elif self.paid_gr >= due_gr:
            raise Refused(Code.ALREADY_PAID)
        elif self.paid_gr + payment.value_gr > AMOUNT_MAX:
            raise Refused(Code.PAYMENTS_TOO_BIG)
        self.payments.append(payment)

    def withdraw(self, payment: Payment) -> None:
        """Remove one payment that was registered exactly so; raises Refused."""
        if payment not in self.payments:
            raise Refused(Code.PARAMETER)
        left_gr = self.paid_gr - payment.value_gr
        if not payment.is_change and self.change_gr > left_gr:
            raise Refused(Code.CHANGE_EXISTS)
        self.payments.remove(payment)

    def settle(self, due_gr: int) -> tuple[list[Payment], list[Payment]]:
        """Payments and change as they go to the books; raises Refused if they do not add up.

        Without any payment what is due is paid in cash; what is paid too much, or is due to the
        buyer, goes back in cash.
        """
        paid = [p for p in self.payments if not p.is_change]
        change = [p for p in self.payments if p.is_change]
        if not self.payments and due_gr > 0:
            paid = [Payment(CASH, due_gr, "", is_change=False)]
        over_gr = sum(p.value_gr for p in paid) - due_gr
        if over_gr and not change:
            change = [Payment(CASH, over_gr, "", is_change=True)]
        if over_gr < 0 or over_gr != sum(p.value_gr for p in change):
            raise Refused(Code.NOT_PAID)
        return paid, change
