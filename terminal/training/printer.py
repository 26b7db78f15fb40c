"""Counts as a fiscal printer does, in memory: for training. It has no line and no paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.errors import Refused, Why
from drivers.fiscal import (
    NO_TOTALS,
    Attention,
    Counters,
    Drawer,
    Goods,
    Identity,
    Item,
    Mechanism,
    Mode,
    PercentMode,
    Report,
    Status,
    Transaction,
)
from terminal.sale.money import by_letter, percent_off_letters, plus, spread

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from drivers.fiscal import Discount, FiscalReceipt, Header, Seven

UNIQUE_NO = "TRAINING"


class TrainingPrinter:
    """Implements ``drivers.fiscal.FiscalPrinter``; ``now`` is the till's own clock."""

    reporting = rate_schedule = archive = e_documents = online = display = None
    forms = stationery = returnables = None

    def __init__(self, rates: Seven, now: Callable[[], datetime]) -> None:
        self._rates = rates
        self._now = now
        self._counters = Counters(UNIQUE_NO, 0, 0, 0, 0, 0, NO_TOTALS, 0, 0)
        self._last_gr = NO_TOTALS
        self._reports: dict[int, Report] = {}
        self._cash_gr = 0

    def connect(self) -> Identity:
        """There is nobody."""
        return Identity(UNIQUE_NO, "", UNIQUE_NO)

    def close(self) -> None:
        """There is no line."""

    def status(self) -> Status:
        """Always ready."""
        return Status(Mechanism.OK, Attention.READY)

    def mode(self) -> Mode:
        """It is not fiscal, and says so."""
        is_zero = not any(self._counters.totals_gr)
        return Mode(
            is_fiscal=False,
            totals_zero=is_zero,
            transaction=0,
            has_header=True,
            unique_no=UNIQUE_NO,
            is_read_only=False,
        )

    def counters(self) -> Counters:
        """What was sold in training."""
        return self._counters

    def transaction(self) -> Transaction:
        """The last receipt."""
        return Transaction(
            is_open=False,
            totals_gr=self._last_gr,
            payments_gr=0,
            change_gr=0,
            fiscal_part_done=False,
        )

    def clock(self) -> datetime:
        """The till's own time."""
        return self._now().replace(tzinfo=None)

    def set_clock(self, now: datetime) -> None:
        """It has none."""

    def rates(self) -> Seven:
        """The shop's."""
        return self._rates

    def set_rates(self, rates: Seven, today: date) -> None:
        """As the office wants them."""
        del today
        self._rates = rates

    def percent_mode(self) -> PercentMode:
        """The usual way."""
        return PercentMode.VALUE_FIRST

    def set_percent_mode(self, mode: PercentMode) -> None:
        """It stays with its own."""

    def goods(self, name: str) -> Goods | None:
        """It remembers none."""
        del name
        return Goods(None, is_locked=False)

    def header(self) -> str:
        """Nothing stands on top of no paper."""
        return ""

    def set_header(self, header: Header) -> None:
        """Nothing stands on top of no paper."""

    def print_receipt(self, receipt: FiscalReceipt, closing_token: int) -> None:
        """Count it."""
        del closing_token
        self._last_gr = _totals(receipt)
        counters = self._counters
        self._counters = replace(
            counters,
            receipts=counters.receipts + 1,
            last_receipt_no=counters.last_receipt_no + 1,
            totals_gr=plus(counters.totals_gr, self._last_gr),
        )

    def was_answered(self, token: int) -> bool:
        """No answer is ever lost."""
        del token
        return False

    def abandon(self) -> None:
        """Stop waiting: it never lets anybody wait."""

    def finish_footer(self) -> None:
        """None is ever pending."""

    def cancel(self, *, by_force: bool = False) -> None:
        """Nothing is ever open."""

    def daily_report(self, today: date, token: int) -> None:
        """A report of the training, into no memory."""
        del today, token
        now = self._counters
        number = now.reports + 1
        self._reports[number] = Report(
            number, self.clock(), now.receipts, now.cancelled, now.totals_gr, now.cancelled_gr
        )
        self._counters = replace(
            now, reports=number, receipts=0, cancelled=0, totals_gr=NO_TOTALS, last_receipt_no=0
        )

    def report(self, number: int) -> Report:
        """One report of the training."""
        try:
            return self._reports[number]
        except KeyError:
            raise Refused(0, UNIQUE_NO, "no such report", "report", Why.OTHER) from None

    def cash(self, amount_gr: int) -> None:
        """Count it; there is no drawer."""
        self._cash_gr += amount_gr

    def cash_state(self) -> int | None:
        """What was put in and not taken out."""
        return self._cash_gr

    def open_drawer(self) -> None:
        """The drawer belongs to the real till."""

    def drawer(self) -> Drawer:
        """The drawer belongs to the real till."""
        return Drawer.UNKNOWN

    def print_form(self, lines: tuple[str, ...]) -> None:
        """There is no paper."""


def _totals(receipt: FiscalReceipt) -> Seven:
    items = [item for item in receipt.items if isinstance(item, Item)]
    totals = by_letter([(item.vat, item.value_gr - _off(item.discount)) for item in items])
    discount = receipt.discount
    if discount is None:
        return totals
    if discount.percent_bp:
        percent_bp = -discount.percent_bp if discount.is_markup else discount.percent_bp
        return percent_off_letters(totals, percent_bp, PercentMode.VALUE_FIRST)
    return spread(totals, _off(discount))


def _off(discount: Discount | None) -> int:
    if discount is None:
        return 0
    return -discount.amount_gr if discount.is_markup else discount.amount_gr
