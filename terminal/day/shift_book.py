"""Commits of shifts to the journal; runs on the engine's thread.

A shift belongs to an operator. What happens while it is open names it: receipts by who took the
money, cash moved, drawers opened. It ends with its figures, counted or not, in one document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terminal.context import new_rid
from terminal.day import reasons
from terminal.errors import Code, Rejected
from terminal.sale.documents import event_document
from terminal.store import cash_due, outbox, shifts
from terminal.store.cash_due import CashDue
from terminal.store.db import write
from terminal.store.shifts import Count, Part, Shift
from terminal.store.takings import Takings, takings
from terminal.sync.wire import ShiftDoc, Taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.context import Context
    from terminal.people.rights import Operator
    from terminal.sync.wire import Settings


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What should be in the drawer, and what was counted."""

    expected_gr: int
    count: Count

    @property
    def difference_gr(self) -> int:
        """What is too much (positive) or missing."""
        return self.count.total_gr - self.expected_gr


class ShiftBook:
    """``read_settings`` runs on the engine's thread."""

    def __init__(self, context: Context, read_settings: Callable[[], Settings]) -> None:
        self._context = context
        self._db = context.journal
        self._read_settings = read_settings

    @property
    def is_on(self) -> bool:
        """Whether cashiers work in shifts."""
        return self._read_settings().cash_management

    @property
    def is_blind(self) -> bool:
        """Whether who counts a drawer must not know what it should hold."""
        return self._read_settings().blind_count

    def of(self, operator: Operator) -> Shift:
        """The open shift of ``operator``; raises E-137 and E-135."""
        if not self.is_on:
            raise Rejected(Code.CASH_OFF)
        found = shifts.open_one(self._db, operator.id)
        if found is None:
            raise Rejected(Code.SHIFT_MISSING)
        return found

    def take(self, operator: Operator, what: Part, rid: str) -> str:
        """Document ``rid`` will belong to the shift of ``operator``, whose rid comes back.

        Nothing happens where nobody works in shifts. Raises E-135.
        """
        if not self.is_on:
            return ""
        shift = self.of(operator).rid
        with write(self._db):
            shifts.add(self._db, shift, what, rid)
        return shift

    def note(self, operator: Operator, what: Part, rid: str) -> str:
        """As ``take``, but who has no shift may do it as well."""
        shift = shifts.open_one(self._db, operator.id) if self.is_on else None
        if shift is None:
            return ""
        with write(self._db):
            shifts.add(self._db, shift.rid, what, rid)
        return shift.rid

    def begin(self, operator: Operator, opening_gr: int | None) -> ShiftDoc:
        """Open a shift; None when the opening cash is left out. Raises E-136, E-137.

        The printer is owed the cash from then on, until it has booked it.
        """
        if not self.is_on:
            raise Rejected(Code.CASH_OFF)
        known = shifts.open_one(self._db, operator.id)
        if known is not None:
            raise Rejected(Code.SHIFT_OPEN, since=known.opened_at[:16].replace("T", " "))
        at, rid = self._context.stamp(), new_rid()
        shift = Shift(rid, operator.id, operator.name, at, opening_gr)
        with write(self._db):
            document = self._opening(shift, rid, at)
            outbox.append(self._db, document, at)
            shifts.begin(self._db, shift)
            if opening_gr:
                due = CashDue(new_rid(), at, operator.name, opening_gr, reasons.OPENING)
                cash_due.owe(self._db, due)
        return document

    def takings(self, shift: Shift) -> Takings:
        """The figures up to now."""
        return takings(self._db, shift.rid)

    def reckon(self, shift: Shift, count: Count) -> Reckoning:
        """Hold a count against the books. A blind one stands until something else happens.

        The office hears of each, so that counting until it fits is seen.
        """
        expected_gr = self.takings(shift).expected_gr
        if not self.is_blind:
            return Reckoning(expected_gr, count)
        kept = shifts.kept_count(self._db, shift.rid)
        if kept is None:
            kept = count
            figures = {"counted_gr": count.total_gr, "expected_gr": expected_gr}
            with write(self._db):
                shifts.keep_count(self._db, shift.rid, count)
                event = event_document(
                    self._context, shift.operator, "drawer_counted", shift=shift.rid, **figures
                )
                outbox.append(self._db, event, event.at)
        return Reckoning(expected_gr, kept)

    def end(self, shift: Shift, count: Count | None, reason: str, by: str) -> ShiftDoc:
        """Close a shift; None when nobody counted. Raises E-138 for a difference without reason."""
        reckoning = self.reckon(shift, count) if count else None
        if reckoning and reckoning.difference_gr and not reason:
            raise Rejected(Code.REASON_WANTED)
        at = self._context.stamp()
        with write(self._db):
            bare = self._opening(shift, new_rid(), at)
            document = _closed(bare, self.takings(shift), reckoning, reason, by)
            outbox.append(self._db, document, at)
            shifts.end(self._db, shift.rid, at)
        return document

    def owes_refund(self, shift: Shift) -> bool:
        """Whether money was given back for goods that the printer has not booked yet."""
        owed = cash_due.owed(self._db)
        mine = [due for due in owed if shifts.shift_of(self._db, due.rid) == shift.rid]
        return any(shifts.is_refund(self._db, due.rid) for due in mine)

    def open_ones(self) -> list[Shift]:
        """All shifts that are open at this till, the oldest first."""
        return shifts.open_ones(self._db)

    def _opening(self, shift: Shift, rid: str, at: str) -> ShiftDoc:
        """A shift without figures; its opening has the rid of the shift itself."""
        return ShiftDoc(
            rid=rid,
            terminal=self._context.terminal,
            shop=self._context.shop,
            at=at,
            operator=shift.operator,
            operator_id=shift.operator_id,
            shift=shift.rid,
            opened_at=shift.opened_at,
            opening_gr=shift.opening_gr,
            slip_no=shifts.next_slip(self._db),
        )


def _closed(
    document: ShiftDoc, figures: Takings, reckoning: Reckoning | None, reason: str, by: str
) -> ShiftDoc:
    methods = [
        Taken(one.method, one.name, one.kind, one.payments, one.net_gr) for one in figures.methods
    ]
    return replace(
        document,
        closed_at=document.at,
        closed_by=by,
        in_gr=figures.in_gr,
        out_gr=figures.out_gr,
        received_gr=figures.received_gr,
        change_gr=figures.change_gr,
        returned_gr=figures.returned_gr,
        expected_gr=figures.expected_gr,
        counted_gr=reckoning.count.total_gr if reckoning else None,
        difference_gr=reckoning.difference_gr if reckoning else 0,
        coins=list(reckoning.count.coins) if reckoning else [],
        reason=reason,
        methods=methods,
        receipts=figures.receipts,
        total_gr=figures.total_gr,
        returns=figures.returns,
        dropped=figures.dropped,
        drawer_openings=figures.drawer_openings,
    )
