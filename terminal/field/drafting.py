"""Verbs of the order or quote that is being written; each change is on the disk. On ``engine``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import INACTIVE
from terminal import events
from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.field import draft as drafts
from terminal.field.draft import Draft
from terminal.sale.money import QTY_ONE
from terminal.store import outbox, sales_documents
from terminal.store.db import write
from terminal.sync.wire import Right, SalesDoc

if TYPE_CHECKING:
    from terminal.field.desk import Desk
    from terminal.sync.wire import SalesDocument, SalesType


class Drafting:
    """One draft at a time; it is there again after a power cut."""

    _desk: Desk
    _draft: Draft | None = None

    @property
    def draft(self) -> Draft | None:
        """What is being written."""
        return self._draft

    def begin(self, type: SalesType, customer_id: str, visit: str = "") -> None:  # noqa: A002 - the trade's word
        """Begin an order or a quote for a customer. Raises E-195 while one is open, E-01."""
        self._desk.operator()
        if self._draft is not None:
            raise Rejected(Code.DRAFT_OPEN)
        self._keep(Draft(type, self._desk.customer(customer_id).id, visit=visit))

    def add(self, product_id: str, qty_milli: int = QTY_ONE, price_gr: int | None = None) -> None:
        """One more line, at the price in force unless another is agreed.

        Raises E-01, E-13, E-18, E-61, E-63 open price, E-48.
        """
        self._desk.operator()
        draft, article = self._open(), self._desk.catalogue.article(product_id)
        if article is None:
            raise Rejected(Code.NOT_FOUND, item=product_id)
        if article.is_open_price and price_gr is None:
            raise Rejected(Code.PRICE_WANTED, name=article.name)
        if article.rate_bp == INACTIVE:
            raise Rejected(Code.RATE_INACTIVE, vat=article.vat)
        price = article.price_gr if price_gr is None else price_gr
        if price != article.price_gr and not article.is_open_price:
            self._desk.operator(Right.CHANGE_PRICE)
        self._keep(drafts.add(draft, article, qty_milli, price))

    def change_line(self, no: int, qty_milli: int, price_gr: int, percent_bp: int) -> None:
        """Line ``no`` (from 0) with another quantity, price, discount. Raises as ``add``, E-19."""
        self._desk.operator()
        draft = self._open()
        line = drafts.line_of(draft, no)
        if price_gr != line.price_gr:
            article = self._desk.catalogue.article(line.product)
            is_usual = article and (article.is_open_price or price_gr == article.price_gr)
            self._desk.operator(*(() if is_usual else (Right.CHANGE_PRICE,)))
        if percent_bp > line.percent_bp:
            self._desk.operator(Right.DISCOUNT)
        self._keep(drafts.change(draft, no, qty_milli, price_gr, percent_bp))

    def remove_line(self, no: int) -> None:
        """Take line ``no`` out."""
        self._desk.operator()
        self._keep(drafts.remove(self._open(), no))

    def set_terms(self, due: str, note: str) -> None:
        """The day of delivery, or until when the quote holds, and a note. Raises E-199."""
        self._desk.operator()
        self._keep(drafts.with_terms(self._open(), due, note))

    def confirm(self) -> SalesDocument:
        """The draft becomes an order or a quote with a number. Raises E-17 for nothing."""
        operator = self._desk.operator()
        draft = self._open()
        if not draft.lines:
            raise Rejected(Code.EMPTY_RECEIPT)
        document = SalesDoc(
            new_rid(),
            **self._desk.told_by(operator),
            type=draft.type,
            number="",
            customer=draft.customer,
            total_gr=draft.total_gr,
            lines=list(draft.lines),
            due=draft.due,
            note=draft.note,
            representative=self._desk.representative(operator),
            visit=draft.visit,
        )
        row = self._write_down(document)
        self._draft = None
        self._desk.context.tell(events.DraftChanged(None))
        return row

    def give_up(self) -> None:
        """Throw the draft away; it was nothing yet."""
        self._desk.operator()
        if self._draft is not None:
            self._keep(None)

    def _write_down(self, document: SalesDoc) -> SalesDocument:
        """Number, document, row and the end of the draft are one commit."""
        with write(self._desk.journal) as db:
            terminal = self._desk.context.terminal
            number = sales_documents.next_number(db, document.type, terminal)
            document = msgspec.structs.replace(document, number=number)
            outbox.append(db, document, document.at)
            row = sales_documents.put(db, document)
            sales_documents.keep_draft(db, None)
        self._desk.hand.tell_documents()
        return row

    def _take_up(self) -> None:
        """The draft that the last run left; one that this program cannot read is no draft."""
        body = sales_documents.draft(self._desk.journal)
        try:
            self._draft = msgspec.json.decode(body, type=Draft) if body else None
        except msgspec.DecodeError:
            self._draft = None

    def _open(self) -> Draft:
        if self._draft is None:
            raise Rejected(Code.EMPTY_RECEIPT)
        return self._draft

    def _keep(self, draft: Draft | None) -> None:
        with write(self._desk.journal) as db:
            sales_documents.keep_draft(db, msgspec.json.encode(draft) if draft else None)
        self._draft = draft
        self._desk.context.tell(events.DraftChanged(draft))
