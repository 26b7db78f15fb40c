"""A fiscal printer in memory: counts as a real one does, and fails as it is told to."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from drivers.errors import InDoubt, Refused, Unreachable, Why
from drivers.fiscal import (
    EXEMPT,
    INACTIVE,
    NO_TOTALS,
    Attention,
    Counters,
    Drawer,
    Goods,
    Identity,
    Mechanism,
    PercentMode,
    Report,
    Status,
    Transaction,
)
from terminal.sale.money import by_letter, percent_off_letters, plus, spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.errors import DeviceError

UNIQUE_NO = "ABC 2101000001"
RATES = (2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)
READY = Status(Mechanism.OK, Attention.READY)
NO_PAPER = Status(Mechanism.NO_PAPER, Attention.READY)
WAITS = Status(Mechanism.OK, Attention.WAITING_KEY)
WAIT_S = 10.0
FRESH = Counters(UNIQUE_NO, 0, 0, 0, 0, 0, NO_TOTALS, 0, 0)


def refuse(error: DeviceError):
    """The command fails and has no effect."""

    def fault(effect):
        raise error

    return fault


def lose(error: DeviceError):
    """The command is carried out, and its answer never comes."""

    def fault(effect):
        effect()
        raise error

    return fault


def wait_for_somebody(printer: FakePrinter, *, is_done: bool = False):
    """It waits for a key until somebody gives up; ``is_done``: and did it after all."""

    def fault(effect):
        printer.state = WAITS
        printer.abandoned.clear()
        assert printer.abandoned.wait(WAIT_S)
        printer.state = READY
        if is_done:
            effect()
        raise InDoubt

    return fault


def no(why: Why = Why.OTHER, code: int = 1) -> Refused:
    return Refused(code, "ERR_X", "no", "command", why)


class FakePrinter:
    """Implements ``drivers.fiscal.FiscalPrinter``; ``fault`` plans how a command goes wrong.

    A test that needs a facet puts one of its own in place of the None.
    """

    reporting = rate_schedule = archive = e_documents = online = display = None
    forms = stationery = returnables = None

    def __init__(self, clock: Callable[[], datetime] = datetime.now) -> None:
        self.now = FRESH
        self.reports: dict[int, Report] = {}
        self.receipts: list = []
        self.asked: list[str] = []
        self.tokens: list[int] = []
        self.programmed = RATES
        self.held: set[int] = set()
        self.programmed_header = None
        self.sent = None
        self.forms_printed: list[tuple[str, ...]] = []
        self.state = READY
        self.is_off = False
        self.abandoned = threading.Event()
        self.is_open = False
        self.footer_pending = False
        self.last_totals = NO_TOTALS
        self.remembers: dict[str, Goods] = {}
        self.way = PercentMode.VALUE_FIRST
        self.cash_gr = 0
        self.tells_cash = True
        self.drawer_state = Drawer.CLOSED
        self._clock = clock
        self._faults = defaultdict(deque)

    # --- what a test does to it ----------------------------------------------------------------

    def fault(self, command: str, *faults) -> None:
        """Let the next calls of ``command`` go as each of ``faults``; None is a good one."""
        self._faults[command].extend(faults)

    def count(self, command: str) -> int:
        return self.asked.count(command)

    def leave_open(self, receipt) -> None:
        """The lines are in, the end never came."""
        self.is_open = True
        self.last_totals = _totals(receipt)

    def make_fiscal(self, receipt) -> None:
        """The receipt counts from here on."""
        totals = _totals(receipt)
        self.receipts.append(receipt)
        self.last_totals = totals
        if receipt.invoice:
            invoiced = plus(self.now.invoice_totals_gr, totals)
            more = self.now.invoices + 1
            self.now = replace(self.now, invoices=more, invoice_totals_gr=invoiced)
            return
        self.now = replace(
            self.now,
            receipts=self.now.receipts + 1,
            last_receipt_no=self.now.last_receipt_no + 1,
            totals_gr=plus(self.now.totals_gr, totals),
        )

    def make_report(self) -> None:
        """As somebody does it in the printer's own menu."""
        now = self.now
        number = now.reports + 1
        self.reports[number] = Report(
            number,
            self._clock(),
            now.receipts,
            now.cancelled,
            now.totals_gr,
            now.cancelled_gr,
            now.invoices,
            now.invoices_cancelled,
            now.invoice_totals_gr,
        )
        self.now = replace(
            now,
            reports=number,
            receipts=0,
            cancelled=0,
            totals_gr=NO_TOTALS,
            last_receipt_no=0,
            invoices=0,
            invoices_cancelled=0,
            invoice_totals_gr=NO_TOTALS,
        )

    def cancel_one(self) -> None:
        self.now = replace(self.now, cancelled=self.now.cancelled + 1)

    # --- what a till does with it --------------------------------------------------------------

    def _do(self, command: str, effect):
        self.asked.append(command)
        if self.is_off:
            raise Unreachable(command)
        faults = self._faults[command]
        fault = faults.popleft() if faults else None
        return fault(effect) if fault else effect()

    def connect(self) -> Identity:
        return self._do("connect", lambda: Identity("FAKE", "1.0", self.now.unique_no))

    def close(self) -> None:
        self.asked.append("close")

    def status(self) -> Status:
        return self._do("status", lambda: self.state)

    def counters(self) -> Counters:
        return self._do("counters", lambda: self.now)

    def transaction(self) -> Transaction:
        return self._do(
            "transaction",
            lambda: Transaction(self.is_open, self.last_totals, 0, 0, self.footer_pending),
        )

    def clock(self) -> datetime:
        return self._do("clock", self._clock)

    def rates(self):
        return self._do("rates", lambda: self.programmed)

    def was_answered(self, token: int) -> bool:
        return self._do("was_answered", lambda: token in self.held)

    def set_rates(self, rates, today) -> None:
        def effect() -> None:
            if any(self.now.totals_gr):
                raise no()
            self.programmed = rates

        self._do("set_rates", effect)

    def set_header(self, header) -> None:
        def effect() -> None:
            if any(self.now.totals_gr):
                raise no()
            self.programmed_header = header

        self._do("set_header", effect)

    def header(self) -> str:
        return self._do("read_header", lambda: "")

    def set_clock(self, now: datetime) -> None:
        def effect() -> None:
            self._clock = lambda: now

        self._do("set_clock", effect)

    def print_form(self, lines: tuple[str, ...]) -> None:
        def effect() -> None:
            self.forms_printed.append(lines)
            self.now = replace(self.now, header_no=self.now.header_no + 1)

        self._do("print_form", effect)

    def print_receipt(self, receipt, closing_token: int) -> None:
        self.tokens.append(closing_token)
        self.sent = receipt
        self._do("print_receipt", lambda: self.make_fiscal(receipt))

    def abandon(self) -> None:
        self.abandoned.set()

    def finish_footer(self) -> None:
        def effect() -> None:
            self.is_open = self.footer_pending = False

        self._do("finish_footer", effect)

    def cancel(self, *, by_force: bool = False) -> None:
        def effect() -> None:
            if self.is_open:
                self.is_open = False
                self.cancel_one()

        self._do("cancel_by_force" if by_force else "cancel", effect)

    def goods(self, name: str) -> Goods | None:
        never_sold = Goods(None, is_locked=False)
        return self._do("goods", lambda: self.remembers.get(name, never_sold))

    def percent_mode(self) -> PercentMode:
        return self._do("percent_mode", lambda: self.way)

    def set_percent_mode(self, mode: PercentMode) -> None:
        def effect() -> None:
            self.way = mode

        self._do("set_percent_mode", effect)

    def cash(self, amount_gr: int) -> None:
        def effect() -> None:
            left = self.cash_gr + amount_gr
            self.cash_gr = max(0, left)
            if left < 0:
                raise no(Why.NO_CASH, 503)
            self.now = replace(self.now, header_no=self.now.header_no + 1)

        self._do("cash", effect)

    def cash_state(self) -> int | None:
        return self._do("cash_state", lambda: self.cash_gr if self.tells_cash else None)

    def open_drawer(self) -> None:
        self._do("open_drawer", lambda: None)

    def drawer(self) -> Drawer:
        return self._do("drawer", lambda: self.drawer_state)

    def daily_report(self, today, token: int) -> None:
        self.tokens.append(token)
        self._do("daily_report", self.make_report)

    def report(self, number: int) -> Report:
        return self._do("report", lambda: self.reports[number])


def _totals(receipt):
    totals = by_letter(
        [
            (item.vat, item.value_gr - (_off(item.discount) if item.discount else 0))
            for item in receipt.items
        ]
    )
    off = receipt.discount
    if off and off.percent_bp:
        # Whichever way it counts, it refuses an amount that is not its own.
        percent_bp = -off.percent_bp if off.is_markup else off.percent_bp
        ways = (percent_off_letters(totals, percent_bp, mode) for mode in PercentMode)
        return next(way for way in ways if sum(totals) - sum(way) == _off(off))
    return spread(totals, _off(off)) if off else totals


def _off(discount) -> int:
    return -discount.amount_gr if discount.is_markup else discount.amount_gr
