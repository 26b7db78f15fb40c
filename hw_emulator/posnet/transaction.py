"""The open document: lines, stornos, discounts, advances, with the printer's own checks. No I/O.

Payments are in ``tender``, packaging in ``packs``, the data of an invoice in ``invoice_data``.
Source: protocol.md §10 and §11; every refusal carries the number named there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.goods import identity
from hw_emulator.posnet.packs import Packs
from hw_emulator.posnet.tender import Tender
from hw_emulator.posnet.values import AMOUNT_MAX, RATES

if TYPE_CHECKING:
    from hw_emulator.posnet.adjustments import Adjustment
    from hw_emulator.posnet.invoice_data import InvoiceData

LINES_MAX, INVOICE_LINES_MAX = 500, 120
# Discounts, promotions and advances together: the buffer of a real printer ends somewhere, too.
_EXTRAS_MAX = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``vat`` is 0 to 6, ``value_gr`` before and ``change_gr`` of the line's discount.

    ``percent`` and ``change_name`` say what the discount was; ``class_no`` (PKWiU) and ``code`` are
    printed on invoices only.
    """

    name: str
    vat: int
    price_gr: int
    quantity: Decimal
    value_gr: int
    change_gr: int
    is_storno: bool
    percent: int | None = None
    change_name: str = ""
    unit: str = ""
    description: str = ""
    class_no: str = ""
    code: str = ""

    @property
    def final_gr(self) -> int:
        """Value after the discount."""
        return self.value_gr + self.change_gr

    @property
    def key(self) -> tuple[str, int, int]:
        """What a storno has to repeat."""
        return identity(self.name), self.vat, self.price_gr


@dataclass(frozen=True, slots=True)
class Extra:
    """A discount on a sold line, or a promotion: what cancelling it has to repeat.

    ``key`` is everything the command said, ``goods`` the line it was about, empty for a rate.
    """

    key: tuple[object, ...]
    vat: int
    goods: str
    change_gr: int


@dataclass(slots=True)
class Transaction:
    """A document from its init to trend. ``totals_gr`` are per rate, after all discounts so far.

    ``kind`` is what strns tells (16, 17, 33, 48), ``printout`` all of it printed so far.
    """

    kind: int
    lines_max: int = LINES_MAX
    reference: str = ""
    nip: str = ""
    nip_caption: str = ""
    lines: list[Line] = field(default_factory=list)
    totals_gr: list[int] = field(default_factory=lambda: [0] * RATES)
    extras: list[Extra] = field(default_factory=list)
    advances_gr: list[int] = field(default_factory=lambda: [0] * RATES)
    packs: Packs = field(default_factory=Packs)
    tender: Tender = field(default_factory=Tender)
    before_bill_gr: list[int] | None = None
    discounts_gr: int = 0
    invoice: InvoiceData | None = None
    is_block: bool = False
    printout: list[str] = field(default_factory=list)
    _steps: int = 0

    @property
    def total_gr(self) -> int:
        """Fiscal total."""
        return sum(self.totals_gr)

    @property
    def due_gr(self) -> int:
        """What the buyer pays: fiscal total and packaging; negative when he gets money back."""
        return self.total_gr + self.packs.due_gr

    @property
    def is_empty(self) -> bool:
        """Whether neither goods nor packaging was entered."""
        return not self.lines and not self.packs.entries

    @property
    def is_in_payment(self) -> bool:
        """Whether the line phase is over."""
        return bool(self.tender.payments) or self.before_bill_gr is not None

    def add(self, line: Line) -> None:
        """Sell or storno one line."""
        if len(self.lines) >= self.lines_max:
            raise Refused(Code.TOO_MANY_LINES)
        change = -line.final_gr if line.is_storno else line.final_gr
        if line.is_storno:
            self._check_storno(line)
        self._take_over(self._with(line.vat, change))
        self.lines.append(line)
        self.discounts_gr += -line.change_gr if line.is_storno else line.change_gr

    def _check_storno(self, line: Line) -> None:
        same = [(-1 if old.is_storno else 1, old) for old in self.lines if old.key == line.key]
        if line.quantity > sum((sign * old.quantity for sign, old in same), Decimal(0)):
            raise Refused(Code.STORNO_QUANTITY)
        left = sum(sign * old.final_gr for sign, old in same)
        if line.final_gr > min(left, self.totals_gr[line.vat]):
            raise Refused(Code.STORNO_VALUE)

    def sold_gr(self, goods: str, vat: int) -> int | None:
        """Value of goods that stands in a rate, after discounts; None if they were never sold."""
        same = [line for line in self.lines if (identity(line.name), line.vat) == (goods, vat)]
        if not same:
            return None
        value = sum(-line.final_gr if line.is_storno else line.final_gr for line in same)
        return value + sum(e.change_gr for e in self.extras if (e.goods, e.vat) == (goods, vat))

    def adjust_total(self, adjustment: Adjustment, *, discount_first: bool) -> int:
        """Discount or mark-up on everything; gives the change of the total in grosze."""
        if self.total_gr <= 0:
            raise Refused(Code.DISCOUNT_VALUE if adjustment.is_empty else Code.DISCOUNT_BASE_ZERO)
        after = adjustment.shared(self.totals_gr, discount_first=discount_first)
        return self._discount(after)

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
        base = self.base_of(vat, base_gr)
        change = adjustment.change_of(base, discount_first=discount_first)
        return self._discount(self._with(vat, change))

    def base_of(self, vat: int, base_gr: int | None) -> int:
        """What a discount in a rate is taken of; raises Refused."""
        base = self.totals_gr[vat] if base_gr is None else base_gr
        if base <= 0:
            raise Refused(Code.DISCOUNT_BASE_ZERO)
        if base > self.totals_gr[vat]:
            raise Refused(Code.DISCOUNT_BASE)
        return base

    def enter(self, extra: Extra) -> None:
        """Keep a discount on a line, or a promotion, that may be cancelled later."""
        self._discount(self._with(extra.vat, extra.change_gr))
        self.extras.append(extra)

    def cancel(self, key: tuple[object, ...]) -> Extra:
        """Undo the newest entry that said ``key``; raises Refused."""
        extra = next((extra for extra in reversed(self.extras) if extra.key == key), None)
        if not extra:
            raise Refused(Code.PARAMETER)
        self._discount(self._with(extra.vat, -extra.change_gr))
        self.extras.remove(extra)
        return extra

    def advance(self, vat: int, amount_gr: int, base_gr: int, *, is_storno: bool) -> None:
        """Settle an advance payment in a rate, or take part of one back."""
        if not amount_gr:
            raise Refused(Code.ADVANCE_ZERO)
        limit = max(self.totals_gr[vat], self.advances_gr[vat] if is_storno else 0)
        if not 0 < base_gr <= limit:
            raise Refused(Code.ADVANCE_BASE)
        if amount_gr > min(base_gr, self.advances_gr[vat] if is_storno else base_gr):
            raise Refused(Code.ADVANCE_TOO_BIG)
        self._take_step(self._with(vat, amount_gr if is_storno else -amount_gr))
        self.advances_gr[vat] += -amount_gr if is_storno else amount_gr

    def withdraw_bill(self) -> bool:
        """Remove receipt discounts and all payments; gives whether there was such a discount."""
        self.tender.payments.clear()
        if self.before_bill_gr is None:
            return False
        self.discounts_gr += sum(self.before_bill_gr) - self.total_gr
        self.totals_gr = self.before_bill_gr
        self.before_bill_gr = None
        return True

    def _with(self, vat: int, change_gr: int) -> list[int]:
        after = list(self.totals_gr)
        after[vat] += change_gr
        return after

    def _discount(self, after_gr: list[int]) -> int:
        if sum(after_gr) <= 0:
            raise Refused(Code.DISCOUNT_LEAVES_NOTHING)
        change = sum(after_gr) - self.total_gr
        self._take_step(after_gr)
        self.discounts_gr += change
        return change

    def _take_step(self, after_gr: list[int]) -> None:
        if self._steps >= _EXTRAS_MAX:
            raise Refused(Code.TOO_MANY_LINES)
        self._take_over(after_gr)
        self._steps += 1

    def _take_over(self, after_gr: list[int]) -> None:
        if min(after_gr) < 0:
            raise Refused(Code.DISCOUNT_LEAVES_NOTHING)
        if max(after_gr) > AMOUNT_MAX:
            raise Refused(Code.RATE_TOTAL_TOO_BIG)
        if sum(after_gr) > AMOUNT_MAX:
            raise Refused(Code.RECEIPT_TOO_BIG)
        self.totals_gr = after_gr
