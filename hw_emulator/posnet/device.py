"""The fiscal printer as a state machine: one command in, one answer out. No threads, no lines.

Whether a command has to wait for the mechanism or a key is asked beforehand (``waits_for``), so
that whoever owns the thread can wait without the device knowing how.
Source: protocol.md §4, §6, §8, §9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from drivers.posnet.frame import Frame, Malformed
from hw_emulator.posnet import (
    cash,
    clock,
    config,
    ending,
    forms,
    layout,
    payments,
    receipt,
    reports,
    status,
)
from hw_emulator.posnet.answers import Answers, frame_error
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.registry import COMMANDS, ROWS, Command, Prints, State
from hw_emulator.posnet.values import Args, read_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.paper import Paper
    from hw_emulator.posnet.books import Books, LastDocument, Record
    from hw_emulator.posnet.forms import Form
    from hw_emulator.posnet.memory import FiscalMemory, MemoryView
    from hw_emulator.posnet.transaction import Transaction

# Importing a module of handlers enters them into the command table.
HANDLERS = (cash, clock, config, ending, forms, payments, receipt, reports, status)

UNIQUE_NO, NIP = "ABC 2101000001", "5222628262"
HEADER = "&c&1Sklep Przykładowy&1\n&c&5ul. Polna&5 &61&6, &200-001&2 &3Warszawa&3"
RATES_BP = (2300, 800, 500, 0, 10_000, 10_100, 10_100)
REPORTS_MAX = 1830
_ZONE = ZoneInfo("Europe/Warsaw")


class Mechanism(IntEnum):
    """State of the printing mechanism, as ``sprn`` tells it."""

    OK = 0
    COVER = 3
    NO_PAPER = 5
    OVERHEATED = 6
    POWER_DIP = 7
    CUTTER = 8


class Wait(IntEnum):
    """Why a command blocks; the value is what ``sdev`` tells meanwhile."""

    KEY = 2
    MECHANISM = 3


@dataclass(slots=True)
class Footer:
    """What ``ftrcfg`` and ``ftrinfoset`` asked for on the next printout only."""

    system_no: str = ""
    barcode: str = ""
    info: str = ""
    cashier: str = ""
    desk: str = ""


def warsaw_now() -> datetime:
    """Polish local time, to the second."""
    return datetime.now(_ZONE).replace(microsecond=0)


@dataclass(slots=True)
class Device:
    """One printer. ``interface`` arguments are 1 (PC1) or 2 (PC2).

    ``mechanism``, ``paper_low`` and ``drawer_open`` may be set from outside at any moment.
    """

    memory: FiscalMemory
    paper: Paper
    now: Callable[[], datetime] = warsaw_now
    is_fiscal: bool = True
    reports_max: int = REPORTS_MAX
    mechanism: Mechanism = Mechanism.OK
    waiting: Wait | None = None
    is_idle: Callable[[], bool] = lambda: True
    paper_low: bool = False
    drawer_open: bool = False
    beeps: int = 0
    display: list[str] = field(default_factory=list)
    transaction: Transaction | None = None
    form: Form | None = None
    footer: Footer = field(default_factory=Footer)
    held_by: int = 0
    interface: int = 1
    footer_lines: int = 0
    ram_reset: bool = False
    drift: timedelta = timedelta()
    answers: Answers = field(default_factory=Answers)

    def __post_init__(self) -> None:
        if self.memory.is_blank:
            self.memory.append(
                "born",
                {
                    "at": self.moment(),
                    "unique_no": UNIQUE_NO,
                    "is_fiscal": self.is_fiscal,
                    "nip": NIP,
                    "rates_bp": list(RATES_BP),
                    "header": HEADER,
                },
            )
        if self.ram_reset:
            self.memory.append("ram_reset", {"at": self.moment()})
        if self.books.last.footer_pending:
            self.memory.append("footer_end", {"at": self.moment()})
            self.paper.write(["", ""])
        elif self.books.last.is_open:
            ending.cancel(self, "power")

    @property
    def books(self) -> Books:
        """Counters, totals and settings."""
        return self.memory.books

    @property
    def last(self) -> LastDocument:
        """The open or the last document."""
        return self.books.last

    @property
    def state(self) -> State:
        """Column of the state table."""
        if self.form:
            return State.FORM
        if self.last.footer_pending:
            return State.FOOTER
        if not self.transaction:
            return State.IDLE
        return State.PAYMENT if self.transaction.is_in_payment else State.LINES

    @property
    def owner(self) -> int:
        """Interface that holds the transaction; 0 is nobody."""
        transaction = self.transaction  # read once: this is asked from other threads, too
        return transaction.interface if transaction else self.held_by

    def clock(self) -> datetime:
        """The printer's clock."""
        return self.now() + self.drift + timedelta(seconds=self.books.clock_offset_s)

    def jump(self, seconds: int) -> None:
        """Let the clock jump, as worn-out clocks do."""
        self.drift += timedelta(seconds=seconds)

    def moment(self) -> str:
        """The printer's clock as ISO date-time with offset."""
        return self.clock().isoformat()

    def view(self) -> MemoryView:
        """What is in the fiscal memory."""
        return self.memory.view()

    def open_transaction(self) -> Transaction:
        """The open receipt; raises Refused outside of one."""
        if not self.transaction:
            raise Refused(Code.NO_TRANSACTION)
        return self.transaction

    def print(self, lines: list[str]) -> None:
        """Print now or, in block mode, at the end of the receipt."""
        if self.transaction and self.transaction.is_block:
            self.transaction.printout.extend(lines)
        else:
            self.paper.write(lines)

    def drop_form(self) -> None:
        """Cancel the open form."""
        forms.drop(self)

    def report(self, number: int) -> Record:
        """A daily report by its number; raises Refused when there is none."""
        if not 1 <= number <= len(self.books.reports):
            raise Refused(Code.NO_RECORD)
        return self.books.reports[number - 1]

    def print_document(
        self, title: str, lines: list[str], *, kind: str = "nonfiscal", resets_shift: bool = False
    ) -> None:
        """Print a whole document that is no receipt, and count it."""
        at = self.moment()
        is_fiscal = kind != "nonfiscal"
        text = layout.head(self.books, title, is_fiscal=is_fiscal)
        text += [layout.RULE, *lines, layout.RULE]
        text += self.take_foot(at)
        record: Record = {"at": at, "title": title, "header_no": self.books.header_no + 1}
        if kind == "nonfiscal":
            record["resets_shift"] = resets_shift
        self.memory.append(kind, record)
        self.paper.write(text)

    def keep(self, settings: Record) -> None:
        """Write settings of ``Books`` into the memory."""
        self.memory.append("setting", {"values": settings})

    def take_foot(self, at: str, number: str = "", signature: str = "") -> list[str]:
        """Foot of this printout; what was meant for one printout only is used up."""
        once, self.footer = self.footer, Footer()
        info = once.info or self.books.footer_info
        lines = layout.marked_up(info) if info else []
        if once.system_no:
            lines += layout.pair("Nr sys.", once.system_no)
        if once.barcode:
            lines.append(layout.centred(f"||| {once.barcode} |||"))
        desk, cashier = once.desk or self.books.desk, once.cashier or self.books.cashier
        who = " ".join(part for part in (number, "#" + desk, cashier) if part)
        return [*lines, *layout.foot(self.books, who, at, signature)]

    def waits_for(self, frame: Frame | Malformed, interface: int = 1) -> Wait | None:
        """Why ``frame`` cannot be carried out now; None when it can, or would be refused anyway."""
        try:
            found, args = self._prepare(frame, interface)
        except (Refused, BadField):
            return None
        if found.key_without and not args.has(found.key_without):
            return Wait.KEY
        return Wait.MECHANISM if self.mechanism and self._prints(found, args) else None

    def _prints(self, found: Command, args: Args) -> bool:
        is_block = self.transaction.is_block if self.transaction else args.flag("bm")
        return {
            Prints.NEVER: False,
            Prints.ALWAYS: True,
            Prints.WHEN_ONLINE: not is_block,
            Prints.WHEN_OPEN: self.state is not State.IDLE,
            Prints.WHEN_ASKED: args.flag("dr"),
        }[found.prints]

    def execute(self, frame: Frame | Malformed, interface: int = 1) -> Frame:
        """Carry out one synchronous command and give its answer; never raises."""
        if isinstance(frame, Frame) and frame.mnemonic == "rpt":
            kept = self.answers.find(frame.token)
            return kept or frame_error(Code.NO_ANSWER_KEPT, "rpt", token=frame.token)
        self.interface = interface
        answer = self._answer(frame, interface)
        if answer.token is not None:
            self.answers.keep(answer)
        return answer

    def execute_now(self, frame: Frame) -> Frame:
        """Carry out one immediate (``!``) command."""
        found = COMMANDS.get(frame.mnemonic)
        if not found or not found.is_immediate:
            return frame_error(Code.NOT_IMMEDIATE, frame.mnemonic, token=frame.token)
        return self._answer(frame, 1)

    def _answer(self, frame: Frame | Malformed, interface: int) -> Frame:
        mnemonic, token = frame.mnemonic, frame.token
        try:
            found, args = self._prepare(frame, interface)
            fields = found.handler(self, args)
        except BadField as bad:
            return frame_error(bad.code, mnemonic, bad.field, token)
        except Refused as refused:
            return Frame(mnemonic, (), token, refused.code)
        return Frame(mnemonic, tuple(fields or ()), token)

    def _prepare(self, frame: Frame | Malformed, interface: int) -> tuple[Command, Args]:
        if isinstance(frame, Malformed):
            raise BadField(frame.code, frame.field)
        found = COMMANDS.get(frame.mnemonic)
        if not found:
            raise BadField(Code.UNKNOWN_COMMAND)
        args = read_args(found.params, frame)
        if found.row != "any":
            if self.owner not in {0, interface}:
                raise Refused(Code.BUSY)
            if code := ROWS[found.row][self.state]:
                raise Refused(code)
        return found, args
