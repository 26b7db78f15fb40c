"""The open receipt: lines, stornos, discounts and payments with the printer's own checks. No I/O.

Source: protocol.md §10 and §11; every refusal carries the number named there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hw_emulator.posnet.arithmetic import percent_off, percent_on, spread
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.goods import identity
from hw_emulator.posnet.values import AMOUNT_MAX

LINES_MAX = 500
_CASH = 0


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A discount or mark-up as sent: percent in hundredths, or an amount, or both as a check."""

    percent: int | None
    amount_gr: int | None
    is_markup: bool
    name: str

    @property
    def is_empty(self) -> bool:
        """Whether neither percent nor amount was sent."""
        return self.percent is None and self.amount_gr is None

    def change_of(self, base_gr: int, *, discount_first: bool) -> int:
        """Grosze put on (positive) or taken off (negative) ``base_gr``."""
        if 0 in {self.percent, self.amount_gr}:
            raise Refused(Code.DISCOUNT_ZERO)
        if self.percent is None:
            amount = self.amount_gr or 0
        elif self.is_markup:
            amount = percent_on(base_gr, self.percent)
        else:
            amount = percent_off(base_gr, self.percent, discount_first=discount_first)
        if self.percent is not None and self.amount_gr not in {None, amount}:
            raise Refused(Code.DISCOUNT_CHECK)
        change = amount if self.is_markup else -amount
        if base_gr + change <= 0:
            raise Refused(Code.DISCOUNT_LEAVES_NOTHING)
        return change


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``vat`` is 0 to 6, ``value_gr`` before and ``change_gr`` of the line's discount."""

    name: str
    vat: int
    price_gr: int
    quantity: Decimal
    value_gr: int
    change_gr: int
    is_storno: bool

    @property
    def final_gr(self) -> int:
        """Value after the discount."""
        return self.value_gr + self.change_gr

    @property
    def key(self) -> tuple[str, int, int]:
        """What a storno has to repeat."""
        return identity(self.name), self.vat, self.price_gr


@dataclass(frozen=True, slots=True)
class Payment:
    """One form of payment, or of change."""

    kind: int
    value_gr: int
    name: str
    is_change: bool


@dataclass(slots=True)
class Transaction:
    """A receipt from trinit to trend. ``totals_gr`` are per rate, after all discounts so far."""

    is_block: bool
    interface: int
    reference: str = ""
    nip: str = ""
    nip_caption: str = ""
    lines: list[Line] = field(default_factory=list)
    totals_gr: list[int] = field(default_factory=lambda: [0] * 7)
    payments: list[Payment] = field(default_factory=list)
    before_bill_gr: list[int] | None = None
    discounts_gr: int = 0
    printout: list[str] = field(default_factory=list)

    @property
    def total_gr(self) -> int:
        """Fiscal total."""
        return sum(self.totals_gr)

    @property
    def is_in_payment(self) -> bool:
        """Whether the line phase is over."""
        return bool(self.payments) or self.before_bill_gr is not None

    @property
    def paid_gr(self) -> int:
        """Sum of payments."""
        return sum(p.value_gr for p in self.payments if not p.is_change)

    @property
    def declared_change_gr(self) -> int:
        """Sum of change lines."""
        return sum(p.value_gr for p in self.payments if p.is_change)

    def add(self, line: Line) -> None:
        """Sell or storno one line."""
        if len(self.lines) >= LINES_MAX:
            raise Refused(Code.TOO_MANY_LINES)
        if line.is_storno:
            self._check_storno(line)
        elif self.total_gr + line.final_gr > AMOUNT_MAX:
            raise Refused(Code.RECEIPT_TOO_BIG)
        self.lines.append(line)
        self.totals_gr[line.vat] += -line.final_gr if line.is_storno else line.final_gr
        self.discounts_gr += -line.change_gr if line.is_storno else line.change_gr

    def _check_storno(self, line: Line) -> None:
        same = [(-1 if old.is_storno else 1, old) for old in self.lines if old.key == line.key]
        if line.quantity > sum((sign * old.quantity for sign, old in same), Decimal(0)):
            raise Refused(Code.STORNO_QUANTITY)
        left = sum(sign * old.final_gr for sign, old in same)
        if line.final_gr > min(left, self.totals_gr[line.vat]):
            raise Refused(Code.STORNO_VALUE)

    def adjust_total(self, adjustment: Adjustment, *, discount_first: bool) -> int:
        """Discount or mark-up on everything; a percent works per rate, an amount is spread.

        Gives the change of the total in grosze.
        """
        if adjustment.is_empty:
            raise Refused(Code.DISCOUNT_VALUE)
        if self.total_gr <= 0:
            raise Refused(Code.DISCOUNT_BASE_ZERO)
        if adjustment.percent is None:
            change = adjustment.change_of(self.total_gr, discount_first=discount_first)
            after = spread(self.totals_gr, change)
        else:
            after = self._percent_per_rate(adjustment, discount_first=discount_first)
            change = sum(after) - self.total_gr
            if adjustment.amount_gr not in {None, abs(change)}:
                raise Refused(Code.DISCOUNT_CHECK)
        self._take_over(after)
        return change

    def _percent_per_rate(self, adjustment: Adjustment, *, discount_first: bool) -> list[int]:
        percent = adjustment.percent or 0
        if not percent:
            raise Refused(Code.DISCOUNT_ZERO)
        if adjustment.is_markup:
            return [total + percent_on(total, percent) for total in self.totals_gr]
        return [
            total - percent_off(total, percent, discount_first=discount_first)
            for total in self.totals_gr
        ]

    def _take_over(self, after: list[int]) -> None:
        if sum(after) <= 0:
            raise Refused(Code.DISCOUNT_LEAVES_NOTHING)
        if sum(after) > AMOUNT_MAX:
            raise Refused(Code.RECEIPT_TOO_BIG)
        self.discounts_gr += sum(after) - self.total_gr
        self.totals_gr = after

    def adjust_bill(self, adjustment: Adjustment, *, discount_first: bool) -> int:
        """Discount or mark-up in the closing section; it ends the line phase."""
        before = list(self.totals_gr)
        change = self.adjust_total(adjustment, discount_first=discount_first)
        if self.before_bill_gr is None:
            self.before_bill_gr = before
        return change

    def adjust_rate(
        self, vat: int, base_gr: int | None, adjustment: Adjustment, *, discount_first: bool
    ) -> int:
        """Discount or mark-up on one rate; ``base_gr`` defaults to the total of the rate."""
        if adjustment.is_empty:
            raise Refused(Code.DISCOUNT_VALUE)
        base = self.totals_gr[vat] if base_gr is None else base_gr
        if base <= 0:
            raise Refused(Code.DISCOUNT_BASE_ZERO)
        if base > self.totals_gr[vat]:
            raise Refused(Code.DISCOUNT_BASE)
        change = adjustment.change_of(base, discount_first=discount_first)
        after = list(self.totals_gr)
        after[vat] += change
        self._take_over(after)
        return change

    def pay(self, payment: Payment) -> None:
        """Register a payment or change."""
        if not self.lines:
            raise Refused(Code.NO_ITEMS)
        if payment.is_change:
            if self.declared_change_gr + payment.value_gr > self.paid_gr:
                raise Refused(Code.CHANGE_TOO_BIG)
        elif self.paid_gr >= self.total_gr:
            raise Refused(Code.ALREADY_PAID)
        elif self.paid_gr + payment.value_gr > AMOUNT_MAX:
            raise Refused(Code.PAYMENTS_TOO_BIG)
        self.payments.append(payment)

    def withdraw(self, payment: Payment) -> None:
        """Remove one registered payment."""
        if payment not in self.payments:
            raise Refused(Code.PARAMETER)
        self.payments.remove(payment)

    def withdraw_bill(self) -> None:
        """Remove receipt discounts and all payments; the line phase is open again."""
        self.payments.clear()
        if self.before_bill_gr is not None:
            self.discounts_gr += sum(self.before_bill_gr) - self.total_gr
            self.totals_gr = self.before_bill_gr
            self.before_bill_gr = None

    def settle(self) -> tuple[list[Payment], int]:
        """Payments as they go to the books, and the change; without any, cash for everything."""
        total = self.total_gr
        payments = [p for p in self.payments if not p.is_change]
        if not payments:
            return [Payment(_CASH, total, "", is_change=False)], 0
        change = self.declared_change_gr or self.paid_gr - total
        if self.paid_gr - change != total or change < 0:
            raise Refused(Code.NOT_PAID)
        return payments, change
