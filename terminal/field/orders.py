"""Verbs of orders and quotes that are written: cancel, order from a quote, sell. On ``engine``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.field.draft import checked_note
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import outbox, sales_documents
from terminal.store.db import write
from terminal.sync.wire import SalesDoc, SalesStateDoc

if TYPE_CHECKING:
    from terminal.field.desk import Desk
    from terminal.people.rights import Operator
    from terminal.sync.wire import SalesDocument

_STATES = {"realised": _("realised"), "cancelled": _("cancelled"), "open": _("on a receipt")}


class Orders:
    """What becomes of an order or a quote is said once; the first word stands."""

    _desk: Desk

    def cancel_document(self, document_id: str, reason: str = "") -> SalesDocument:
        """Give an open order or quote up. Raises E-01, E-193 when it is done or being sold."""
        operator = self._desk.operator()
        row = self._open_one(document_id)
        document = self._fate(operator, row, "cancelled", checked_note(reason))
        with self._desk.write(document) as db:
            sales_documents.settle(db, row.id, "cancelled")
        return msgspec.structs.replace(row, state="cancelled")

    def order_from(self, quote_id: str) -> SalesDocument:
        """Make an order of an open quote, at its prices: the quote is realised with it.

        Raises as ``cancel_document``, and E-193 for what is an order already.
        """
        operator = self._desk.operator()
        quote = self._open_one(quote_id)
        if quote.type != "OS":
            raise _closed(quote)
        told = self._desk.told_by(operator)
        with write(self._desk.journal) as db:
            number = sales_documents.next_number(db, "ZS", self._desk.context.terminal)
            document = SalesDoc(
                new_rid(),
                **told,
                type="ZS",
                number=number,
                customer=quote.customer,
                total_gr=quote.total_gr,
                lines=quote.lines,
                note=quote.note,
                representative=self._desk.representative(operator),
                from_quote=quote.id,
            )
            outbox.append(db, document, document.at)
            fate = self._fate(operator, quote, "realised", number)
            outbox.append(db, fate, fate.at)
            row = sales_documents.put(db, document)
            sales_documents.settle(db, quote.id, "realised")
        self._desk.hand.tell_documents()
        return row

    def sell(self, document_id: str) -> None:
        """Put the lines of an open order or quote on the receipt, at its prices.

        It is realised when that receipt is printed. Raises as ``cancel_document``, E-194 when the
        receipt fulfils another one, and what selling raises.
        """
        self._desk.operator()
        self._put_on_receipt(self._open_one(document_id))

    def _put_on_receipt(self, document: SalesDocument) -> None:
        """Of whoever has a receipt."""
        raise NotImplementedError

    def _open_one(self, document_id: str) -> SalesDocument:
        db = self._desk.journal
        row = sales_documents.find(self._desk.catalogue.db, db, document_id)
        if row is None:
            raise Rejected(Code.NOT_FOUND, item=document_id)
        if row.state != "open" or sales_documents.is_on_receipt(db, row.id):
            raise _closed(row)
        return row

    def _fate(
        self, operator: Operator, row: SalesDocument, state: str, reason: str
    ) -> SalesStateDoc:
        told = self._desk.told_by(operator)
        return SalesStateDoc(new_rid(), **told, of=row.id, state=state, reason=reason)  # type: ignore[arg-type]


def _closed(row: SalesDocument) -> Rejected:
    return Rejected(Code.SALES_CLOSED, number=row.number, state=translate(_STATES[row.state]))
