"""Cash put into the drawer or taken out: booked by the printer once, or not at all.

The command would count twice if it were sent twice, so it never is: before the first byte the
intent is on disk with the printer's cash and its number of printouts, and those two decide.
Cash is not fiscal: what cannot be explained is told to the office and stops nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, NotDone, Unreachable
from terminal.context import new_rid
from terminal.errors import Code, Rejected, TillError
from terminal.events import CashMoved, Failed, PrinterChanged
from terminal.sale.documents import event_document
from terminal.sale.money import AMOUNT_MAX_GR, show_gr
from terminal.sale.refusals import explain
from terminal.store import cash, cash_due, outbox, shifts
from terminal.store.cash import CashMove
from terminal.store.db import write
from terminal.store.shifts import Part
from terminal.sync.wire import CashDoc

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.fiscal import Counters
    from terminal.context import Context
    from terminal.store.cash_due import CashDue

_RETRY_S = 2.0


class Fate(StrEnum):
    """What became of a movement."""

    BOOKED = "BOOKED"
    NOT_BOOKED = "NOT_BOOKED"
    UNCLEAR = "UNCLEAR"


def fate(move: CashMove, now: Counters, cash_gr: int | None) -> Fate:
    """What the printer's picture says: the cash itself, and where it is silent the printouts.

    One that refuses to pay out more than it holds sets its cash to nothing and prints nothing.
    """
    if now.ram_resets != move.base.ram_resets:
        return Fate.UNCLEAR
    is_printed = now.header_no != move.base.header_no
    if cash_gr is None or move.cash_gr is None:
        return Fate.BOOKED if is_printed else Fate.NOT_BOOKED
    if cash_gr - move.cash_gr == move.amount_gr:
        return Fate.BOOKED
    return Fate.UNCLEAR if is_printed and cash_gr != move.cash_gr else Fate.NOT_BOOKED


class CashDesk:
    """``meet`` reads the counters on the printer's thread and holds them against the journal.

    ``booked`` hears of each movement on the engine's thread.
    """

    def __init__(
        self,
        context: Context,
        meet: Callable[[], Counters],
        booked: Callable[[CashDoc], None] = lambda _: None,
    ) -> None:
        self._context = context
        self._db = context.journal
        self._meet = meet
        self._booked = booked

    def move(self, operator: str, amount_gr: int, reason: str, shift: str = "") -> Future[None]:
        """Put cash in (positive) or take it out; events tell how it ended. Raises E-18."""
        if not 0 < abs(amount_gr) <= AMOUNT_MAX_GR:
            raise Rejected(Code.BAD_AMOUNT)
        return self._context.devices.call(self._move, operator, amount_gr, reason, shift)

    def book(self, due: CashDue) -> Future[None]:
        """Tell the printer of cash that a document has moved; again and again does no harm.

        That document counts in its shift, not the movement.
        """
        told = due.operator, due.amount_gr, due.reason, "", due.rid
        return self._context.devices.call(self._move, *told)

    def resume(self) -> Future[None]:
        """Find out what became of a movement that was cut off; nothing happens without one."""
        return self._context.devices.call(self._resume)

    # --- on the printer's thread ---------------------------------------------------------------

    def _move(self, operator: str, amount_gr: int, reason: str, shift: str, rid: str = "") -> None:
        """``rid`` is that of a movement which is due."""
        context = self._context
        try:
            base = self._meet()
            held_gr = context.printer.cash_state()
            if held_gr is not None and held_gr + amount_gr < 0:
                # Asked for more than it holds, a printer may set its cash to nothing.
                raise Rejected(Code.CASH_NEGATIVE)
            move = CashMove(
                *(rid or new_rid(), context.stamp(), operator, amount_gr, reason, base, held_gr)
            )
            if not context.engine.call(self._begin, move, shift, is_due=bool(rid)).result():
                return
        except DeviceError as error:
            context.tell(Failed(_why(error)))
            return
        except TillError as error:
            context.tell(Failed(error))
            return
        trouble: DeviceError | None = None
        try:
            context.printer.cash(amount_gr)
        except DeviceError as caught:
            trouble = caught
        self._find_out(move, trouble)

    def _resume(self) -> None:
        move = self._context.engine.call(cash.unfinished, self._db).result()
        if move is not None:
            self._find_out(move, None)

    def _find_out(self, move: CashMove, trouble: DeviceError | None) -> None:
        """The printer's picture decides; waits for the printer as long as it takes."""
        while True:
            try:
                now, held_gr = self._look(move)
                break
            except DeviceError:
                self._context.tell(PrinterChanged(is_online=False, retry_s=_RETRY_S))
                if self._context.stopping.wait(_RETRY_S):
                    return
        self._context.tell(PrinterChanged(is_online=True))
        found = fate(move, now, held_gr)
        self._context.engine.call(self._end, move, found, held_gr, trouble).result()

    def _look(self, move: CashMove) -> tuple[Counters, int | None]:
        printer = self._context.printer
        printer.connect()
        now = printer.counters()
        if now.unique_no != move.base.unique_no:
            msg = f"printer {now.unique_no} answers instead of {move.base.unique_no}"
            raise Unreachable(msg)
        return now, printer.cash_state()

    # --- on the engine's thread ----------------------------------------------------------------

    def _begin(self, move: CashMove, shift: str, *, is_due: bool) -> bool:
        """False for a movement that was due and has begun before."""
        if cash.unfinished(self._db) is not None:
            raise Rejected(Code.BUSY)
        with write(self._db):
            if is_due and not cash_due.hand_over(self._db, move.rid):
                return False
            cash.begin(self._db, move)
            if shift:
                shifts.add(self._db, shift, Part.CASH, move.rid)
        return True

    def _end(
        self, move: CashMove, found: Fate, held_gr: int | None, trouble: DeviceError | None
    ) -> None:
        context = self._context
        document = self._document(move) if found is Fate.BOOKED else None
        with write(self._db):
            if document:
                seq = outbox.append(self._db, document, document.at)
            else:
                event = event_document(
                    context,
                    move.operator,
                    "cash_not_booked" if found is Fate.NOT_BOOKED else "cash_unclear",
                    amount_gr=move.amount_gr,
                    reason=move.reason,
                    before_gr=move.cash_gr,
                    after_gr=held_gr,
                    why=str(trouble or ""),
                )
                seq = outbox.append(self._db, event, event.at)
            cash.end(self._db, found, seq)
        if document:
            self._booked(document)
        context.tell(_told(move, found, held_gr, trouble))

    def _document(self, move: CashMove) -> CashDoc:
        return CashDoc(
            rid=move.rid,
            terminal=self._context.terminal,
            shop=self._context.shop,
            at=self._context.stamp(),
            operator=move.operator,
            amount_gr=move.amount_gr,
            reason=move.reason,
            shift=shifts.shift_of(self._db, move.rid),
            slip_no=shifts.next_slip(self._db),
            is_refund=shifts.is_refund(self._db, move.rid),
        )


def _told(
    move: CashMove, found: Fate, held_gr: int | None, trouble: DeviceError | None
) -> CashMoved | Failed:
    match found:
        case Fate.BOOKED:
            return CashMoved(move.amount_gr, held_gr)
        case Fate.NOT_BOOKED:
            return Failed(_why(trouble))
    expected = show_gr((move.cash_gr or 0) + move.amount_gr)
    return Failed(Rejected(Code.CASH_DIFFERS, found=show_gr(held_gr or 0), expected=expected))


def _why(trouble: DeviceError | None) -> TillError:
    """The sentence for a movement that was not booked, whatever the reason."""
    is_known = isinstance(trouble, NotDone)
    return explain(trouble) if is_known else Rejected(Code.CASH_NOT_DONE)
