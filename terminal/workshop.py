"""What a technician does with the fiscal printer: look, try, set its clock, end what is open.

Looking may be called from anywhere, the other verbs on the engine's thread: what is refused is told
there, though the printer is busy. Each gives a Future and works on the printer's thread. No fiscal
total moves: what was cancelled at the printer is found by the counters when it is met again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from drivers.errors import DeviceError
from terminal.day.clock import drift
from terminal.errors import Code, Rejected
from terminal.i18n import translate
from terminal.people.rights import require
from terminal.sale.documents import event_document
from terminal.sale.refusals import explain
from terminal.sale.waiting import waiting_for
from terminal.store import outbox
from terminal.store.db import write
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from terminal.context import Context
    from terminal.people.rights import Operator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clocks:
    """The printer's time and ours, without zone; ``is_apart`` when there is something to set."""

    printer: datetime
    till: datetime

    @property
    def is_apart(self) -> bool:
        """Whether they differ by as much as one can see."""
        return bool(drift(self.printer, self.till))


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """What the printer says of itself; ``reports_left`` is None when nobody can tell."""

    model: str
    version: str
    unique_no: str
    waits_for: str
    clock: datetime
    reports: int
    receipts: int
    cancelled: int
    last_receipt_no: int
    is_open: bool
    reports_left: int | None


class Workshop:
    """``operator`` is who is at the till; ``is_printing`` whether a receipt is on its way.

    ``meet_again`` has the till look at the printer as if for the first time.
    """

    def __init__(
        self,
        context: Context,
        operator: Callable[[], Operator | None],
        is_printing: Callable[[], bool],
        meet_again: Callable[[], object],
    ) -> None:
        self._context = context
        self._operator = operator
        self._is_printing = is_printing
        self._meet_again = meet_again

    def facts(self) -> Future[PrinterFacts]:
        """Who the printer is and how it stands; anybody may look. Raises E-05."""
        return self._context.devices.call(self._told, self._facts)

    def clocks(self) -> Future[Clocks]:
        """The printer's time beside ours; anybody may look. Raises E-05."""
        return self._context.devices.call(self._told, self._clocks)

    def set_clock(self) -> Future[Clocks]:
        """Give the printer our time; it refuses (E-21, E-22) what it may not take."""
        return self._do(Right.SERVICE, self._set_clock)

    def print_trial(self) -> Future[None]:
        """Have the fiscal printer print a form that is no receipt."""
        return self._do(Right.SELL, self._print_trial)

    def cancel_open(self) -> Future[bool]:
        """Cancel what is open in the printer, whoever opened it; gives whether anything was.

        Never a receipt of ours that is on its way (E-55): the counters decide what became of it.
        """
        return self._do(Right.SERVICE, self._cancel_open)

    def _do(self, right: Right, verb: Callable[[str], T]) -> Future[T]:
        name = require(self._operator(), right).name
        self._let()
        return self._context.devices.call(self._told, lambda: self._at_rest(verb, name))

    def _let(self) -> None:
        if self._is_printing():
            raise Rejected(Code.BUSY)

    # --- on the printer's thread ---------------------------------------------------------------

    def _told(self, do: Callable[[], T]) -> T:
        try:
            return do()
        except DeviceError as error:
            raise explain(error) from error

    def _at_rest(self, verb: Callable[[str], T], name: str) -> T:
        """``verb``, unless a receipt that was printed meanwhile is in doubt."""
        self._context.engine.call(self._let).result()
        return verb(name)

    def _facts(self) -> PrinterFacts:
        printer = self._context.printer
        identity, status, now = printer.connect(), printer.status(), printer.counters()
        return PrinterFacts(
            identity.model,
            identity.version,
            identity.unique_no,
            waiting_for(status),
            printer.clock(),
            now.reports,
            now.receipts,
            now.cancelled,
            now.last_receipt_no,
            printer.transaction().is_open,
            printer.archive.reports_left() if printer.archive else None,
        )

    def _clocks(self) -> Clocks:
        ours = self._context.now().replace(tzinfo=None, microsecond=0)
        return Clocks(self._context.printer.clock(), ours)

    def _set_clock(self, name: str) -> Clocks:
        before = self._clocks()
        self._context.printer.set_clock(before.till.replace(second=0))
        after = self._clocks()
        self._note(
            name,
            "printer_clock_set",
            before=before.printer.isoformat(),
            after=after.printer.isoformat(),
        )
        self._meet_again()
        return after

    def _print_trial(self, _name: str) -> None:
        at = self._context.stamp()[:16].replace("T", " ")
        self._context.printer.print_form((translate("Test printout"), at, self._context.terminal))

    def _cancel_open(self, name: str) -> bool:
        is_open = self._context.printer.transaction().is_open
        self._note(name, "cancelled_by_hand", is_open=is_open)
        self._context.printer.cancel(by_force=True)
        self._meet_again()
        return is_open

    # --- on the engine's thread ----------------------------------------------------------------

    def _note(self, name: str, what: str, **detail: object) -> None:
        self._context.engine.call(self._write, name, what, detail).result()

    def _write(self, name: str, what: str, detail: dict[str, object]) -> None:
        document = event_document(self._context, name, what, **detail)
        with write(self._context.journal):
            outbox.append(self._context.journal, document, document.at)
