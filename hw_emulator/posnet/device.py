"""The fiscal printer as a state machine: one command in, one answer out. No threads, no lines.

Whether a command has to wait for the mechanism or a key is asked beforehand (``waits_for``), so
that whoever owns the thread can wait without the device knowing how.
Source: protocol.md §4, §6, §8, §9.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from drivers.posnet.frame import Frame
from hw_emulator.posnet import birth, forms, opening, printing, upkeep
from hw_emulator.posnet.answers import SILENCE, Answers, NoAnswer, frame_error
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.command_set import COMMANDS
from hw_emulator.posnet.dispatch import needs_key, needs_mechanism, prepare
from hw_emulator.posnet.footer import Footer
from hw_emulator.posnet.mechanism import Mechanism, Wait
from hw_emulator.posnet.models import Model, model_of
from hw_emulator.posnet.outside import Outside
from hw_emulator.posnet.profile import REPORTS_MAX, Profile
from hw_emulator.posnet.ram import Ram
from hw_emulator.posnet.registry import State
from hw_emulator.posnet.values import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drivers.posnet.frame import Malformed
    from hw_emulator.paper import Paper
    from hw_emulator.posnet.books import Books, Record
    from hw_emulator.posnet.conditions import Condition
    from hw_emulator.posnet.day import LastDocument
    from hw_emulator.posnet.forms import Form
    from hw_emulator.posnet.ledger import Kind
    from hw_emulator.posnet.memory import FiscalMemory, MemoryView
    from hw_emulator.posnet.transaction import Transaction

__all__ = ["REPORTS_MAX", "Device", "Mechanism", "Wait", "warsaw_now"]

_ZONE = ZoneInfo("Europe/Warsaw")


def warsaw_now() -> datetime:
    """Polish local time, to the second."""
    return datetime.now(_ZONE).replace(microsecond=0)


@dataclass(slots=True)
class Device:
    """One printer. ``interface`` arguments are 1 (PC1) or 2 (PC2).

    ``profile`` says what it is; a ``reports_max`` other than the usual one is put into it.
    ``mechanism``, ``paper_low``, ``drawer_open``, ``conditions``, ``outside`` and ``held_by`` may
    be set from outside at any moment. ``width`` is that of the paper, in characters.
    ``on_restart`` is told when the printer starts anew.
    """

    memory: FiscalMemory
    paper: Paper
    now: Callable[[], datetime] = warsaw_now
    is_fiscal: bool = True
    reports_max: int = REPORTS_MAX
    profile: Profile = field(default_factory=Profile)
    conditions: set[Condition] = field(default_factory=set)
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
    opened_by: int = 1
    interface: int = 1
    footer_lines: int = 0
    ram_reset: bool = False
    drift: timedelta = timedelta()
    answers: Answers = field(default_factory=Answers)
    width: int = 0
    outside: Outside = field(default_factory=Outside)
    ram: Ram = field(default_factory=Ram)
    on_restart: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        if self.reports_max != REPORTS_MAX:
            self.profile = replace(self.profile, reports_max=self.reports_max)
        self.width = self.width or self.profile.width
        birth.switch_on(self, ram_reset=self.ram_reset)
        upkeep.start(self)

    @property
    def books(self) -> Books:
        """Counters, totals and settings."""
        return self.memory.books

    @property
    def model(self) -> Model:
        """What the printer has and what it lacks."""
        return model_of(self.profile)

    @property
    def last(self) -> LastDocument:
        """The open or the last document."""
        return self.books.last

    @property
    def state(self) -> State:
        """Column of the state table."""
        transaction = self.transaction  # read once: this is asked from other threads, too
        if self.form:
            return State.FORM
        if self.last.footer_pending:
            return State.FOOTER
        return opening.state_of(transaction) if transaction else State.IDLE

    @property
    def owner(self) -> int:
        """Interface that holds what is open, or 3 for the printer itself; 0 is nobody."""
        return self.held_by if self.state is State.IDLE else self.opened_by

    @property
    def reports_left(self) -> int:
        """How many daily reports the fiscal memory still has room for."""
        return max(0, self.profile.reports_max - len(self.books.reports))

    def clock(self) -> datetime:
        """The printer's clock."""
        return self.now() + self.drift + timedelta(seconds=self.books.clock_offset_s)

    def jump(self, seconds: int) -> None:
        """Let the clock jump, as worn-out clocks do; raises ValueError and OverflowError."""
        jump = timedelta(seconds=seconds)
        if (year := (self.clock() + jump).year) not in YEARS:
            msg = f"no printer is in the year {year}"
            raise ValueError(msg)
        self.drift += jump

    def moment(self) -> str:
        """The printer's clock as ISO date-time with offset."""
        return self.clock().isoformat()

    def view(self) -> MemoryView:
        """What is in the fiscal memory."""
        return self.memory.view()

    def open_transaction(self) -> Transaction:
        """The open document; raises Refused outside of one."""
        if not self.transaction:
            raise Refused(Code.NO_TRANSACTION)
        return self.transaction

    def drop_form(self) -> None:
        """Cancel the open form."""
        forms.drop(self)

    def report(self, number: int) -> Record:
        """A daily report by its number; raises Refused when there is none."""
        if not 1 <= number <= len(self.books.reports):
            raise Refused(Code.NO_RECORD)
        return self.books.reports[number - 1]

    def keep(self, settings: Record) -> None:
        """Write settings of ``Books`` into the memory."""
        self.memory.append("setting", {"values": settings})

    def fit(self, lines: Iterable[str]) -> list[str]:
        """Lines as they stand on this paper."""
        return printing.fit(self, lines)

    def print(self, lines: list[str]) -> None:
        """Print now or, in block mode, at the end of the receipt."""
        printing.print_lines(self, lines)

    def print_document(
        self,
        title: str,
        lines: list[str],
        *,
        kind: str = "nonfiscal",
        resets_shift: bool = False,
        copy: list[str] | None = None,
        is_special: bool = False,
    ) -> None:
        """Print a whole document that is no receipt, and count it; raises Refused."""
        more: Record = {"resets_shift": resets_shift} if kind == "nonfiscal" else {}
        printing.print_document(
            self, title, lines, kind=kind, more=more, copy=copy, is_special=is_special
        )

    def note(self, document: str, values: Record, **more: object) -> None:
        """Write ``values`` of settings into the memory, as a document of its own kind."""
        record = {"at": self.moment(), "document": document, "values": values, **more}
        self.memory.append("note", record)

    def note_event(self, kind: Kind, **details: object) -> None:
        """Let an event happen: power failure, printer unplugged, ... of ``ledger.Kind``.

        ``details`` are named as the command that reads the event names them
        (``fiscal_readout.DETAILS``). A printer that is not fiscal keeps no events.
        """
        if self.books.is_fiscal:
            self.note("event", {}, type=int(kind), details=details)

    def restart(self) -> None:
        """Start anew: everything that was only in RAM is forgotten."""
        self.ram, self.footer, self.answers = Ram(), Footer(), Answers()
        self.display = []
        upkeep.start(self)
        self.on_restart()

    def take_foot(self, at: str, number: str = "", signature: str = "") -> list[str]:
        """Foot of this printout; what was meant for one printout only is used up."""
        return printing.take_foot(self, at, number, signature)

    def waits_for(self, frame: Frame | Malformed, interface: int = 1) -> Wait | None:
        """Why ``frame`` cannot be carried out now; None when it can, or would be refused anyway."""
        try:
            found, args = prepare(self, frame, interface)
        except (Refused, BadField):
            return None
        if needs_key(self, found, args):
            return Wait.KEY
        return Wait.MECHANISM if self.mechanism and needs_mechanism(self, found, args) else None

    def execute(self, frame: Frame | Malformed, interface: int = 1) -> Frame:
        """Carry out one synchronous command and give its answer; never raises."""
        if isinstance(frame, Frame) and frame.mnemonic == "rpt":
            kept = self.answers.find(frame.token)
            return kept or frame_error(Code.NO_ANSWER_KEPT, "rpt", token=frame.token)
        upkeep.look_after(self, frame.mnemonic)
        self.interface = interface
        if self.state is State.IDLE:
            self.opened_by = interface
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
            found, args = prepare(self, frame, interface)
            fields = found.handler(self, args)
        except NoAnswer:
            return SILENCE
        except BadField as bad:
            return frame_error(bad.code, mnemonic, bad.field, token)
        except Refused as refused:
            return Frame(mnemonic, (), token, refused.code)
        return Frame(mnemonic, tuple(fields or ()), token)
