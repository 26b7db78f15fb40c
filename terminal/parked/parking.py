"""Parked receipts: the verbs of menu 6, of F6 and F7. On the engine's thread.

Each verb is one commit, so a line is on the screen or parked, never both and never neither. What
the office holds for all tills of the shop is fetched by ``terminal.parked.sharing`` first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal import events
from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.parked.bills import Bills
from terminal.people.rights import require
from terminal.sale.dividing import merge, split
from terminal.sale.documents import event_document
from terminal.sale.receipt import State
from terminal.sale.repricing import price_changes, repriced
from terminal.sale.verbs import expect_no_bill
from terminal.store import outbox, parked, receipts
from terminal.store.db import write
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.context import Context
    from terminal.in_hand import InHand
    from terminal.parked.bills import Bill
    from terminal.people.rights import Operator
    from terminal.sale.ledger import Ledger
    from terminal.sale.receipt import Receipt
    from terminal.sale.repricing import PriceChange
    from terminal.store.catalogue import Catalogue


class Parking:
    """``hand`` holds the receipt on the screen; ``catalogue`` is the engine's own reader."""

    def __init__(
        self, context: Context, hand: InHand, ledger: Ledger, catalogue: Catalogue
    ) -> None:
        self._context = context
        self._db = context.journal
        self._hand = hand
        self._ledger = ledger
        self._catalogue = catalogue
        self.names = Bills(context.journal, catalogue)
        context.engine.listen(self._hear)

    def start(self) -> None:
        """Take up what the last run left."""
        receipt = self._hand.receipt
        self.names.on_screen = parked.name_of(self._db, receipt.rid) if receipt else ""
        self.tell()

    def bills(self) -> list[Bill]:
        """The list, of what the operator may see: the office's names first, then the others."""
        operator = require(self._hand.operator, Right.SELL)
        self._let()
        return self.names.everything(operator)

    def park(self, name: str = "") -> str:
        """Lay the receipt on the screen aside; gives its name. Raises E-17, E-65, E-114."""
        require(self._hand.operator, Right.SELL)
        self._let()
        receipt = self._laid_aside()
        if receipt is None:
            raise Rejected(Code.EMPTY_RECEIPT)
        wanted = self.names.new(name) if name else self.names.on_screen
        with write(self._db):
            laid = self._park(receipt, wanted)
        self._show(None)
        return laid

    def begin(self, name: str = "") -> None:
        """Lay the receipt on the screen aside, if there is one; the next has a name of its own."""
        require(self._hand.operator, Right.SELL)
        self._let()
        receipt = self._laid_aside()
        with write(self._db):
            if receipt is not None:
                self._park(receipt, self.names.on_screen)
            fresh = self.names.new(name)
            parked.add_name(self._db, fresh, self._context.stamp())
        self._show(None, fresh)

    def switch(self, name: str) -> tuple[PriceChange, ...]:
        """Lay the receipt on the screen aside and take up what lies under ``name``, if anything.

        Gives the prices that have changed since; it keeps its own. Raises E-111 and E-112.
        """
        operator = require(self._hand.operator, Right.SELL)
        self._let()
        if name == self.names.on_screen:
            return ()
        lying = self.names.lying(operator, name)
        receipt = self._laid_aside()
        with write(self._db):
            if receipt is not None:
                self._park(receipt, self.names.on_screen)
            if lying is not None:
                parked.take_up(self._db, lying.rid)
        taken = receipts.load(self._db, lying.rid) if lying else None
        self._show(taken, name)
        return price_changes(taken, self._price_of) if taken else ()

    def reprice(self) -> None:
        """Give the receipt on the screen today's prices."""
        require(self._hand.operator, Right.SELL)
        receipt = self._on_screen()
        changed = repriced(receipt, self._price_of)
        self._ledger.store(receipt, changed)
        self._hand.show(changed)

    def split(self, parts: Mapping[int, int], name: str = "") -> str:
        """Move lines (from 0, and how much of each) of the receipt on the screen to another.

        Gives the name under which that lies; what stays remains on the screen.
        """
        operator = require(self._hand.operator, Right.SELL)
        self._let()
        receipt = self._on_screen()
        rest, part = split(receipt, parts, new_rid())
        # Nothing is taken out of a receipt in the journal: what stays is another one, too.
        stays = replace(rest, rid=new_rid())
        with write(self._db):
            laid = self.names.new(name)
            own = self.names.on_screen
            parked.move_away(self._db, receipt.rid)
            receipts.save(self._db, None, stays)
            parked.rename(self._db, stays.rid, own)
            parked.add_name(self._db, laid, self._context.stamp())
            parked.add_receipt(self._db, part, laid)
            self._note(operator, "receipt_split", receipt.rid, [stays.rid, part.rid], receipt)
        self._show(stays, own)
        self._hand.tell_documents()
        return laid

    def merge(self, name: str) -> None:
        """Put the lines of the receipt under ``name`` onto the one on the screen."""
        operator = require(self._hand.operator, Right.SELL)
        self._let()
        receipt = self._on_screen()
        lying = self.names.lying(operator, name)
        if lying is None or name == self.names.on_screen:
            raise Rejected(Code.EMPTY_RECEIPT)
        other = receipts.load(self._db, lying.rid)
        merged = merge(receipt, other)
        with write(self._db):
            receipts.save(self._db, receipt, merged)
            parked.move_away(self._db, other.rid)
            self._note(operator, "receipts_merged", other.rid, [merged.rid], other)
        self._show(merged, self.names.on_screen)
        self._hand.tell_documents()

    def drop(self, name: str) -> None:
        """Give up what lies under ``name``, and the name if it was added; the office is told."""
        operator = require(self._hand.operator, Right.DROP_RECEIPT)
        self._let()
        lying = self.names.lying(operator, name)
        is_added = name in parked.added(self._db)
        if lying is None and not is_added:
            raise Rejected(Code.EMPTY_RECEIPT)
        with write(self._db):
            if lying is not None:
                self._ledger.drop(receipts.load(self._db, lying.rid), "parked", operator.name)
            parked.forget_name(self._db, name)
        if name == self.names.on_screen and self._hand.receipt is None:
            self.names.on_screen = ""
        self.tell()
        self._hand.tell_documents()

    @property
    def state(self) -> events.ParkingChanged:
        """What the receipt on the screen is called, and how many lie aside."""
        return events.ParkingChanged(self.names.on_screen, len(parked.lying(self._db)))

    def tell(self) -> None:
        """Tell the screen how it is."""
        self._context.tell(self.state)

    # --- inside ----------------------------------------------------------------------------------

    def _let(self) -> None:
        if not self.names.is_used:
            raise Rejected(Code.PARKING_OFF)

    def _laid_aside(self) -> Receipt | None:
        """The receipt on the screen, which may be laid aside; raises E-55, E-65 and E-145."""
        receipt = self._hand.receipt
        if receipt is not None and receipt.state is State.PRINTING:
            raise Rejected(Code.BUSY)
        if receipt is not None and (receipt.payments or receipt.state is not State.OPEN):
            raise Rejected(Code.PAYMENT_BEGUN)
        if receipt is not None:
            expect_no_bill(receipt)
        return receipt

    def _on_screen(self) -> Receipt:
        receipt = self._laid_aside()
        if receipt is None or receipt.is_empty:
            raise Rejected(Code.EMPTY_RECEIPT)
        return receipt

    def _park(self, receipt: Receipt, name: str) -> str:
        """Within ``write``: under its own name, or a new one when it has none."""
        laid = name or self.names.new("")
        if laid not in self.names.offered:
            parked.add_name(self._db, laid, self._context.stamp())
        parked.park(self._db, receipt.rid, laid)
        return laid

    def _price_of(self, product: str) -> int | None:
        article = self._catalogue.article(product)
        return None if article is None or article.is_open_price else article.price_gr

    def _show(self, receipt: Receipt | None, name: str = "") -> None:
        self._hand.show(receipt)
        self.names.on_screen = name
        self.tell()

    def _note(
        self, operator: Operator, what: str, rid: str, into: list[str], receipt: Receipt
    ) -> None:
        detail = {"receipt": rid, "into": into, "total_gr": receipt.total_gr}
        event = event_document(self._context, operator.name, what, **detail)
        outbox.append(self._db, event, event.at)

    def _hear(self, event: object) -> None:
        match event:
            case events.ReceiptChanged(receipt) if not receipt.rid and self.names.on_screen:
                self.names.on_screen = ""
                self.tell()
            case events.DayClosed():
                self._context.engine.call(self._end_names)

    def _end_names(self) -> None:
        with write(self._db):
            parked.end_names(self._db, (self.names.on_screen,))
        self.tell()
