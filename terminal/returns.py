"""Verbs for what a sale becomes after it was printed: returns, complaints, corrections, copies.

Nothing of it is fiscal. Each is one commit: the document, its place in the register, and the cash
that the printer is told of afterwards, once. ``find`` and ``seek`` may be called from any thread,
the other verbs run on the engine's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec.json import Decoder

from terminal import events
from terminal.context import new_rid
from terminal.errors import Code, Rejected, SyncError
from terminal.paper import receipts as paper
from terminal.paper.shown import Shown, shown
from terminal.people.rights import require
from terminal.sale.documents import event_document
from terminal.sale.entries import (
    Case,
    Offer,
    Signed,
    Wish,
    cash_gr,
    correction_document,
    entry_document,
    offer,
)
from terminal.store import cash_due, outbox, register, sales
from terminal.store.cash_due import CashDue
from terminal.store.db import write
from terminal.store.shifts import Part
from terminal.sync.wire import CorrectionDoc, ReceiptDoc, ReturnDoc, Right, code_of, rid_start

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.paper import Slip
    from terminal.context import Context
    from terminal.day.cash import CashDesk
    from terminal.day.shift_book import ShiftBook
    from terminal.paper.slips import Slips
    from terminal.people.rights import Operator
    from terminal.store.catalogue import Catalogue
    from terminal.sync.wire import SoldAnswer

_NOT_FOUND = 404
_RECEIPT = Decoder(ReceiptDoc)
_ENTRY = Decoder(ReturnDoc)
_CORRECTION = Decoder(CorrectionDoc)


class Returns:
    """``ask_office`` tells on the ``net`` thread of a receipt, by its code; raises ``SyncError``.

    ``wake`` has the office told.
    """

    def __init__(
        self,
        context: Context,
        catalogue: Catalogue,
        slips: Slips,
        ask_office: Callable[[str], SoldAnswer],
        wake: Callable[[], None],
    ) -> None:
        self._context = context
        self._db = context.journal
        self._catalogue = catalogue
        self._slips = slips
        self._ask_office = ask_office
        self._wake = wake
        # Set by ``start``, before anybody asks.
        self._operator: Callable[[], Operator | None]
        self._desk: CashDesk
        self._shifts: ShiftBook
        self._was_online = False

    def start(
        self, operator: Callable[[], Operator | None], desk: CashDesk, shifts: ShiftBook
    ) -> None:
        """Take up cash that was not booked yet; ``operator`` says who is there."""
        self._operator = operator
        self._desk = desk
        self._shifts = shifts
        self._context.engine.listen(self._hear)
        self._book()

    # --- finding the sale ----------------------------------------------------------------------

    def find(self, code: str) -> Future[Case]:
        """The sale whose bar code was scanned, of whatever till; raises E-128, E-129."""
        return self._context.net.call(self._find, code)

    def seek(self, rid: str) -> Future[Case]:
        """A sale of this till; ``is_sure`` is false while the office does not answer."""
        return self.find(code_of(rid))

    def offer(self, case: Case, wish: Wish) -> Offer:
        """What a wish would come to; raises what ``enter`` raises."""
        return offer(self._fresh(case), wish, self._catalogue.payment_methods())

    # --- verbs ---------------------------------------------------------------------------------

    def enter(self, case: Case, wish: Wish, way_no: int = 0) -> ReturnDoc:
        """Give back: register, documents, cash, protocol. ``way_no`` is one of the offer's ways.

        Raises E-18 and E-125 to E-127, E-132 without a reason.
        """
        operator = require(self._operator(), Right.RETURN)
        if not wish.reason:
            raise Rejected(Code.REASON_WANTED)
        case = self._fresh(case)
        chosen = offer(case, wish, self._catalogue.payment_methods())
        way = chosen.ways[way_no]
        with write(self._db):
            rid, number = new_rid(), register.next_number(self._db, wish.entry)
            shift = self._shifts.note(operator, Part.RETURN, rid)
            by = Signed(rid, number, operator, shift)
            entry = entry_document(self._context, by, case, wish, chosen, way)
            outbox.append(self._db, entry, entry.at)
            register.keep(self._db, entry)
            self._owe(operator, -cash_gr(way), entry.at, paper.title_of(entry))
        self._done()
        self._print("return", entry.rid, lambda: paper.protocol(entry, self._catalogue.shop()))
        return entry

    def correct(self, case: Case, method_id: str) -> CorrectionDoc:
        """A sale closed as cash was paid by card. Raises E-58, E-130, E-131."""
        operator = require(self._operator(), Right.CORRECT_PAYMENT)
        method = next((m for m in self._catalogue.payment_methods() if m.id == method_id), None)
        if method is None:
            raise Rejected(Code.NO_METHOD)
        case = self._fresh(case)
        with write(self._db):
            by = Signed(new_rid(), register.next_correction(self._db), operator)
            made = correction_document(self._context, by, case, method)
            outbox.append(self._db, made, made.at)
            register.keep_correction(self._db, made)
            self._owe(operator, -made.before.amount_gr, made.at, paper.title_of(made))
        self._done()
        self._print("correction", made.rid, lambda: paper.correction(made, self._catalogue.shop()))
        return made

    def copy(self, rid: str) -> Shown:
        """One more paper of a receipt, marked as not fiscal; it is counted, and printed if it can.

        The till's last receipts are for anybody who sells, older ones of others need a right.
        """
        operator = require(self._operator(), Right.SELL)
        receipt = register.printed(self._db, rid)
        if receipt is None:
            raise Rejected(Code.NO_SUCH_RECEIPT, number=rid)
        if receipt.operator_id != operator.id and not sales.is_last(self._db, rid):
            require(operator, Right.OTHERS_RECEIPTS)
        with write(self._db):
            times = register.count_copy(self._db, rid)
            self._note(operator, "receipt_copied", receipt=rid, times=times)
        self._told()
        shop = self._catalogue.shop()
        self._print("copy", f"{rid}:{times}", lambda: paper.copy(receipt, shop, times))
        return shown(paper.copy(receipt, shop, times))

    def protocol(self, entry: ReturnDoc) -> Shown:
        """What was printed of an entry, to be read on the screen."""
        return shown(paper.protocol(entry, self._catalogue.shop()))

    # --- on the net thread ---------------------------------------------------------------------

    def _find(self, code: str) -> Case:
        start = rid_start(code)
        if not start:
            raise Rejected(Code.NO_SUCH_RECEIPT, number=code)
        own = self._context.engine.call(self._own, start).result()
        try:
            told = self._ask_office(code)
        except SyncError as error:
            if own:
                return replace(own, is_sure=False)
            if error.params.get("status") == _NOT_FOUND:
                raise Rejected(Code.NO_SUCH_RECEIPT, number=code) from error
            raise Rejected(Code.ASK_LATER) from error
        return self._context.engine.call(self._fresh, _case_of(told, own)).result()

    # --- on the engine's thread ----------------------------------------------------------------

    def _own(self, start: str) -> Case | None:
        receipt = register.printed_by(self._db, start)
        return self._fresh(Case(receipt)) if receipt else None

    def _fresh(self, case: Case) -> Case:
        """The case with what this till has entered by now."""
        rid = case.receipt.rid
        known = {entry.rid: entry for entry in (*case.entries, *register.of_receipt(self._db, rid))}
        correction = case.correction or register.correction_of(self._db, rid)
        return replace(case, entries=tuple(known.values()), correction=correction)

    def _owe(self, operator: Operator, amount_gr: int, at: str, reason: str) -> None:
        """Cash that left the drawer; call inside ``write``, with its document."""
        if amount_gr:
            due = CashDue(new_rid(), at, operator.name, amount_gr, reason)
            cash_due.owe(self._db, due)
            self._shifts.note(operator, Part.REFUND, due.rid)

    def _done(self) -> None:
        """It is on disk: the printer and the office may hear of it."""
        self._told()
        self._book()

    def _book(self) -> None:
        for due in cash_due.owed(self._db):
            self._desk.book(due)

    def _hear(self, event: object) -> None:
        """A printer that comes back, or has just printed, hears what it missed."""
        if isinstance(event, events.PrinterChanged):
            was_online, self._was_online = self._was_online, event.is_online
            if was_online or not event.is_online:
                return
        elif not isinstance(event, events.ReceiptPrinted):
            return
        self._context.engine.call(self._book)

    def _print(self, kind: str, rid: str, write_slip: Callable[[], Slip]) -> None:
        """Without a receipt printer it is read on the screen, and at the office.

        The paper is written in its own language, whatever the screen speaks.
        """
        if self._slips.is_set_up:
            with self._slips.speaking():
                slip = write_slip()
            self._slips.print(kind, rid, slip)

    def _note(self, operator: Operator, name: str, **detail: object) -> None:
        document = event_document(self._context, operator.name, name, **detail)
        outbox.append(self._db, document, document.at)

    def _told(self) -> None:
        self._context.tell(events.UnsentChanged(outbox.unsent(self._db)))
        self._wake()


def _case_of(told: SoldAnswer, own: Case | None) -> Case:
    """What the office tells, and what only this till knows yet."""
    entries = {one.rid: one for one in own.entries} if own else {}
    for body in told.entries:
        entry = _ENTRY.decode(body)
        entries[entry.rid] = entry
    corrections = [_CORRECTION.decode(body) for body in told.corrections]
    receipt = own.receipt if own else _RECEIPT.decode(told.receipt)
    correction = corrections[0] if corrections else own.correction if own else None
    return Case(receipt, tuple(entries.values()), correction)
