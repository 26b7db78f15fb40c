"""Every fiscal printer there is, each with its emulator: the contract is tried on all of them.

A new protocol adds one ``Pair`` here and must pass every test of this folder as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from drivers.fiscal import Discount, FiscalReceipt, Item, Tender, TenderKind
from drivers.link import open_link
from drivers.novitus.notebook import Notebook
from drivers.novitus.printer import NovitusPrinter
from drivers.novitus.watch import Timings as NovitusTimings
from drivers.posnet.printer import PosnetPrinter
from drivers.posnet.watch import Timings as PosnetTimings
from hw_emulator.host import start_novitus, start_posnet
from hw_emulator.novitus.device import Mechanism as NovitusMechanism
from hw_emulator.posnet import birth
from hw_emulator.posnet.device import Mechanism as PosnetMechanism
from terminal.sale import fiscalise
from terminal.sale.fiscalise import Attempt, Outcome, fiscal_receipt, settle
from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State

if TYPE_CHECKING:
    from pathlib import Path

    from drivers.fiscal import Counters, FiscalPrinter

NOW = datetime(2026, 10, 9, 11, 48)
OTHER = "ZZZ9999999999"
TOKEN = 77


@dataclass
class Pair:
    """A driver and the emulator of its printer; ``folder`` is where the till keeps its files.

    ``opening`` and ``closing`` are what faults call the first command of a receipt and the one
    after which it cannot be taken back; ``carrying`` is the one during which it prints.
    """

    name: str
    opening: str
    closing: str
    carrying: str
    no_paper: Any
    folder: Path
    running: list[Any] = field(default_factory=list)
    printers: list[FiscalPrinter] = field(default_factory=list)

    @property
    def emulator(self) -> Any:
        """The printer that was switched on last."""
        return self.running[-1]

    @property
    def receipts(self):
        """What is in its fiscal memory."""
        return self.emulator.memory().receipts

    def switch_on(self, *, is_other: bool = False, **options) -> Any:
        """Switch a printer on, at the place of the one before; it keeps its memory."""
        options = {"now": lambda: NOW, "tcp": self._port()} | options
        memory = self.folder / ("other.memory" if is_other else "printer.memory")
        self.running.append(self._start(memory, is_other=is_other, options=options))
        return self.emulator

    def reach(self, **options) -> FiscalPrinter:
        """A driver of the till, as after its start: what the till wrote down is still there."""
        self.printers.append(self._driver(options))
        self.printers[-1].connect()
        return self.printers[-1]

    def fail(self, kind: str, where: str, nth: int = 1, value: str = "") -> None:
        """Let something go wrong at ``opening``, ``closing`` or ``carrying``."""
        spec = f"{kind}:{getattr(self, where)}:{nth}"
        self.emulator.faults.add(f"{spec}:{value}" if value else spec)

    def power_cut(self) -> None:
        """Pull the printer's plug, wait, and put it back."""
        self.emulator.stop()
        self.switch_on()

    def put_away(self) -> None:
        """Give everything back."""
        for printer in self.printers:
            printer.close()
        for running in self.running:
            running.stop()

    def _port(self) -> int:
        return int(self.emulator.tcp.rpartition(":")[2]) if self.running else 0

    def _link(self):
        return open_link(self.emulator.url)

    def _start(self, memory: Path, *, is_other: bool, options: dict) -> Any:
        raise NotImplementedError

    def _driver(self, options: dict) -> FiscalPrinter:
        raise NotImplementedError


class PosnetPair(Pair):
    """POSNET over TCP."""

    def __init__(self, folder: Path) -> None:
        super().__init__("posnet", "trinit", "trend", "trend", PosnetMechanism.NO_PAPER, folder)

    def _start(self, memory: Path, *, is_other: bool, options: dict) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            if is_other:
                patch.setattr(birth, "UNIQUE_NO", OTHER)
            return start_posnet(memory, **options)

    def _driver(self, options: dict) -> FiscalPrinter:
        timings = PosnetTimings(reply_s=1.0, report_s=1.0, first_poll_s=0.1, poll_s=0.05)
        return PosnetPrinter(self._link, **{"timings": timings, "first_token": 1000} | options)


class NovitusPair(Pair):
    """NoviAPI."""

    def __init__(self, folder: Path) -> None:
        no_paper = NovitusMechanism.NO_PAPER
        super().__init__("novitus", "receipt-post", "receipt-put", "receipt", no_paper, folder)

    def _start(self, memory: Path, *, is_other: bool, options: dict) -> Any:
        if is_other:
            options["unique_no"] = OTHER
        return start_novitus(memory, **options)

    def _driver(self, options: dict) -> FiscalPrinter:
        timings = NovitusTimings(reply_s=1.0, poll_s=0.05, silence_s=2.0)
        notebook = Notebook(self.folder / "novitus.json")
        return NovitusPrinter(self._link, notebook=notebook, **{"timings": timings} | options)


PAIRS = {"posnet": PosnetPair, "novitus": NovitusPair}


@pytest.fixture(params=PAIRS)
def pair(request, tmp_path, monkeypatch):
    """One of the printers, switched on."""
    monkeypatch.setattr(fiscalise, "_RETRY_FIRST_S", 0.01)
    monkeypatch.setattr(fiscalise, "_RETRY_MAX_S", 0.1)
    monkeypatch.setattr(fiscalise, "_LOOK_EVERY_S", 0.05)
    made = PAIRS[request.param](tmp_path)
    made.switch_on()
    yield made
    made.put_away()


@pytest.fixture
def printer(pair):
    """Its driver, connected."""
    return pair.reach()


# What is sold

MILK = Item("Mleko 2 %", "A", 349, 2500, 873, unit="l")
BREAD = Item("Chleb żytni", "B", 500, 1000, 500, discount=Discount(50, "rabat"))
BEER = Item("Piwo", "A", 800, 1000, 800)


def receipt_of(*items: Item, **more) -> FiscalReceipt:
    """A receipt paid in cash, unless ``more`` says otherwise."""
    total = 0
    for item in items:
        off = item.discount.amount_gr if item.discount else 0
        total += (off - item.value_gr) if item.is_storno else (item.value_gr - off)
    if discount := more.get("discount"):
        total -= discount.amount_gr
    more = {"tenders": (Tender(TenderKind.CASH, total),), "total_gr": total} | more
    return FiscalReceipt(items, **more)


@dataclass
class Sale:
    """A receipt of the till, and what it stood on."""

    pair: Pair
    printer: FiscalPrinter
    base: Counters
    receipt: Receipt

    @classmethod
    def begin(cls, pair: Pair, printer: FiscalPrinter) -> Sale:
        lines = (
            Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000),
            Line("cheese", "2", "", "Ser", "kg", 3, "A", 2300, 2990, 2990, 250, 48),
        )
        payments = (
            Payment("card", "Karta", "card", 500),
            Payment("cash", "Gotówka", "cash", 2000),
        )
        receipt = Receipt("0123456789ab", "", "u1", "Anna", State.PRINTING, lines, payments, 98)
        return cls(pair, printer, printer.counters(), receipt)

    def print(self) -> None:
        """Print it; raises what the driver raises."""
        self.printer.print_receipt(fiscal_receipt(self.receipt, "T1"), TOKEN)

    def settle(self, printer: FiscalPrinter | None = None) -> Outcome:
        """Find out what became of it, as the till does; by another driver after a power cut."""
        printer = printer or self.printer
        attempt = Attempt(self.receipt, self.base, TOKEN)
        return settle(printer, attempt, Event(), lambda _: None)


@pytest.fixture
def sale(pair, printer):
    """A receipt that is to be printed on a printer with a past."""
    printer.print_receipt(receipt_of(MILK, BREAD), TOKEN - 1)
    return Sale.begin(pair, printer)
