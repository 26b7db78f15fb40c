"""Commits of shared receipts to the journal; runs on the engine's thread.

A receipt that is handed over is the office's from the commit on that comes before the request, so
it is never sold here while another till may be selling it. It comes back, or goes, by the office's
word alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from terminal.context import new_rid
from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.people.rights import require
from terminal.sale.documents import event_document
from terminal.sale.receipt import Receipt
from terminal.store import outbox, parked, receipts, shared
from terminal.store.db import write
from terminal.sync.wire import Right, SharedHead, SharedReceipt, ShareState

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.in_hand import InHand
    from terminal.parked.parking import Parking
    from terminal.store.parked import Lying
    from terminal.store.shared import Shared
    from terminal.sync.wire import SharedList, TakeAnswer


class Handing:
    """``hand`` knows who is at the till, ``parking`` under which names receipts lie."""

    def __init__(self, context: Context, hand: InHand, parking: Parking) -> None:
        self._context = context
        self._db = context.journal
        self._hand = hand
        self._parking = parking
        # What came back, or was refused, stays here until it has been on the screen.
        self._kept: set[str] = set()
        # The share that is handed over for the first time: of no other is it known that it has not
        # arrived when the office says no.
        self._first = ""

    # --- to the office ---------------------------------------------------------------------------

    def next(self) -> SharedReceipt | None:
        """What is handed over next, one without an answer first; it is the office's from here."""
        lying = {one.rid: one for one in parked.lying(self._db)}
        self._kept &= lying.keys()
        self._first = ""
        for row in shared.everything(self._db):
            if not row.is_held:
                return self._wrapped(lying[row.rid], row.share)
        if not self._parking.names.is_shared:
            return None
        for one in lying.values():
            if one.items and not one.share and one.rid not in self._kept:
                share = new_rid()
                with write(self._db):
                    shared.hand_over(self._db, one.rid, share)
                self._first = share
                return self._wrapped(one, share)
        return None

    def held(self, state: ShareState) -> None:
        """The office holds it, or another till has taken it already."""
        if state.taken_by:
            self._gone(state)
        else:
            with write(self._db):
                shared.held(self._db, state.share)

    def refused(self, share: str) -> bool:
        """The office has said no: what it was never asked to hold before is sold here."""
        row = self._own(share)
        if row is None or share != self._first:
            return False
        self._kept.add(row.rid)
        with write(self._db):
            shared.get_back(self._db, share)
        return True

    def holds(self) -> bool:
        """Whether the office holds anything of this till."""
        return bool(shared.everything(self._db))

    # --- from the office -------------------------------------------------------------------------

    def asked(self) -> list[tuple[str, str]]:
        """What was asked for and has no answer."""
        return shared.asked(self._db)

    def ask(self, share: str, owner_id: str) -> str:
        """Note that a share is wanted; gives the request with which it is asked for."""
        operator = require(self._hand.operator, Right.SELL)
        if not self._parking.names.sees(operator, owner_id):
            require(operator, Right.OTHERS_RECEIPTS)
        with write(self._db):
            return shared.ask(self._db, share, new_rid())

    def forget(self, share: str) -> None:
        """The office knows nothing of what was asked for."""
        with write(self._db):
            shared.answered(self._db, share)

    def answered(self, share: str, answer: TakeAnswer) -> str:
        """It lies here now; gives its name, an empty one when another till was quicker."""
        row = self._own(share)
        if row is None:
            return self._taken(share, answer)
        name = parked.name_of(self._db, row.rid)
        # What this terminal has, and lies here, is ours whatever was asked.
        is_ours = answer.is_yours or answer.taken_by == self._context.terminal
        with write(self._db):
            shared.answered(self._db, share)
            if is_ours:
                self._kept.add(row.rid)
                shared.get_back(self._db, share)
            else:
                self._gone(ShareState(share, answer.taken_by))
        return name if is_ours else ""

    def foreign(self, listed: SharedList) -> list[SharedHead]:
        """What the operator may take of other tills' receipts; what is gone of ours is noted."""
        self.reconcile(listed)
        operator = require(self._hand.operator, Right.SELL)
        own = {row.share for row in shared.everything(self._db)}
        sees = self._parking.names.sees
        return [
            head
            for head in listed.offered
            if head.share not in own and sees(operator, head.operator_id)
        ]

    def reconcile(self, listed: SharedList) -> None:
        """Take note of what other tills have taken while this one did not hear of it."""
        for state in listed.taken:
            if state.taken_by != self._context.terminal and self._own(state.share):
                self._gone(state)

    # --- inside ----------------------------------------------------------------------------------

    def _own(self, share: str) -> Shared | None:
        return next((row for row in shared.everything(self._db) if row.share == share), None)

    def _wrapped(self, one: Lying, share: str) -> SharedReceipt:
        head = SharedHead(
            share=share,
            terminal=self._context.terminal,
            name=one.bill,
            opened_at=one.opened_at,
            operator_id=one.operator_id,
            operator=one.operator,
            total_gr=one.total_gr,
            items=one.items,
            first=one.first,
        )
        body = msgspec.json.encode(receipts.load(self._db, one.rid)).decode()
        return SharedReceipt(head, body)

    def _gone(self, state: ShareState) -> None:
        """Another till has it: its lines are no longer ours."""
        row = self._own(state.share)
        if row is None:
            return
        with write(self._db):
            parked.move_away(self._db, row.rid)
            self._note("receipt_handed_over", receipt=row.rid, to=state.taken_by)
        self._told()

    def _taken(self, share: str, answer: TakeAnswer) -> str:
        request = dict(self.asked()).get(share)
        if not answer.is_yours or answer.receipt is None or request is None:
            self.forget(share)
            return ""
        head = answer.receipt.head
        receipt = _read(answer.receipt, request)
        name = self._parking.names.free(head.name)
        self._kept.add(request)
        with write(self._db):
            parked.add_receipt(self._db, receipt, name)
            parked.add_name(self._db, name, self._context.stamp())
            shared.answered(self._db, share)
            detail = {"receipt": request, "share": share, "total_gr": receipt.total_gr}
            self._note("receipt_taken", home=head.terminal, **detail)
        self._told()
        return name

    def _note(self, what: str, **detail: object) -> None:
        operator = self._hand.operator
        event = event_document(self._context, operator.name if operator else "", what, **detail)
        outbox.append(self._db, event, event.at)

    def _told(self) -> None:
        self._parking.tell()
        self._hand.tell_documents()


def _read(shared_receipt: SharedReceipt, rid: str) -> Receipt:
    """The receipt as another till wrote it, under a name of ours; raises ``SyncError`` E-51."""
    try:
        receipt = msgspec.json.decode(shared_receipt.body, type=Receipt)
        if receipt.total_gr == shared_receipt.head.total_gr:
            return replace(receipt, rid=rid)
    except ValueError:
        pass
    detail = translate(_("the receipt of another till cannot be read: update this program"))
    raise SyncError(Code.OFFICE_REFUSED, detail=detail)
