"""Discounts and mark-ups: what each changes, and what is refused. Pure.

Source: protocol.md §10, §11.
"""

from __future__ import annotations

from dataclasses import dataclass

from hw_emulator.posnet.arithmetic import percent_off, percent_on, spread
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.values import AMOUNT_MAX


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
        """Grosze put on (positive) or taken off (negative) ``base_gr``; raises Refused."""
        self._check_empty()
        if self.percent is None:
            amount = self.amount_gr or 0
        else:
            amount = self._part_of(base_gr, discount_first=discount_first)
            self._check_amount(amount)
        return self.checked_change(base_gr, amount if self.is_markup else -amount)

    def shared(self, totals_gr: list[int], *, discount_first: bool) -> list[int]:
        """Totals per rate afterwards: a percent works on each rate, an amount is spread."""
        self._check_empty()
        if self.percent is None:
            amount = self.amount_gr or 0
            change = self.checked_change(sum(totals_gr), amount if self.is_markup else -amount)
            return spread(totals_gr, change)
        sign = 1 if self.is_markup else -1
        after = [
            total + sign * self._part_of(total, discount_first=discount_first)
            for total in totals_gr
        ]
        change = sum(after) - sum(totals_gr)
        self._check_amount(abs(change))
        self.checked_change(sum(totals_gr), change)
        return after

    @staticmethod
    def checked_change(base_gr: int, change_gr: int) -> int:
        """``change_gr``, unless it leaves nothing or too much; raises Refused."""
        if base_gr + change_gr <= 0:
            raise Refused(Code.DISCOUNT_LEAVES_NOTHING)
        if base_gr + change_gr > AMOUNT_MAX:
            raise Refused(Code.DISCOUNT_TOO_BIG)
        return change_gr

    def _part_of(self, base_gr: int, *, discount_first: bool) -> int:
        percent = self.percent or 0
        if self.is_markup:
            return percent_on(base_gr, percent)
        return percent_off(base_gr, percent, discount_first=discount_first)

    def _check_empty(self) -> None:
        if self.is_empty:
            raise Refused(Code.DISCOUNT_VALUE)
        if 0 in {self.percent, self.amount_gr}:
            raise Refused(Code.DISCOUNT_ZERO)

    def _check_amount(self, amount_gr: int) -> None:
        # A percent that comes to nothing changes nothing, as a discount of nothing would.
        if amount_gr == 0:
            raise Refused(Code.DISCOUNT_ZERO)
        if self.amount_gr not in {None, amount_gr}:
            raise Refused(Code.DISCOUNT_CHECK)
