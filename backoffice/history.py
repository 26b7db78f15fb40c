"""What the judge asks about a till, from the database and from the push in hand."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import and_, func, select, true, tuple_

from backoffice import sold
from backoffice.judge_report import LETTERS
from backoffice.register_rules import book_of
from backoffice.shift_history import ShiftHistory
from backoffice.store.tables import (
    daily_report,
    journal_entry,
    receipt,
    register_entry,
    terminal,
)
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Connection, Table


_PLACES = {letter: place for place, letter in enumerate(LETTERS)}


class _Split(msgspec.Struct):
    """The part of a receipt that the day's totals need."""

    split: list[wire.VatSplit] = []
    document: str = "receipt"

    @property
    def is_invoice(self) -> bool:
        """Whether it is counted with the invoices."""
        return self.document in wire.INVOICES


class _Running(msgspec.Struct):
    """The part of a document that goes on in the next."""

    running: wire.RunningTotal | None = None


_decode_split = msgspec.json.Decoder(_Split).decode
_decode_receipt = msgspec.json.Decoder(wire.ReceiptDoc).decode
_decode_bill = msgspec.json.Decoder(wire.BillDoc).decode
_decode_entry = msgspec.json.Decoder(wire.ReturnDoc).decode
_decode_running = msgspec.json.Decoder(_Running).decode
_decode_correction = msgspec.json.Decoder(wire.CorrectionDoc).decode


class TillHistory:
    """Keeps what it has read for the length of one push, and learns from the documents in it.

    ``before`` is the number of a document of ``epoch``: nothing is known of it and what followed.
    """

    def __init__(
        self, connection: Connection, name: str, epoch: int, *, before: int | None = None
    ) -> None:
        self._connection = connection
        self._terminal = name
        self._epoch = epoch
        self._before = before
        self._reports: dict[str, int] = {}
        self._receipts: dict[tuple[str, int], int] = {}
        self._days: dict[str, int] = {}
        self.shifts = ShiftHistory(connection, name, epoch, before)
        self._numbers: dict[str, int] = {}
        self._sold: dict[str, wire.ReceiptDoc] = {}
        self._made: list[wire.ReturnDoc | wire.CorrectionDoc] = []
        self._invoices: set[int] = set()
        self._bills: dict[str, wire.BillDoc] = {}
        self._fresh: list[tuple[int, _Split]] = []
        self._running: wire.RunningTotal | None = None
        self._is_running_known = False

    @property
    def device_key(self) -> str:
        """Public key of the terminal's device, 64 hex digits; empty when it has none."""
        chosen = select(terminal.c.public_key).where(terminal.c.id == self._terminal)
        key = self._connection.scalar(chosen)
        return base64.b64decode(key).hex() if key else ""

    def running(self) -> wire.RunningTotal | None:
        """The running total of this epoch before the document; None when no document told it."""
        if not self._is_running_known:
            self._is_running_known = True
            columns = journal_entry.c
            newest = (
                select(columns.body)
                .where(
                    columns.terminal == self._terminal,
                    columns.epoch == self._epoch,
                    columns.kind.in_(wire.COUNTED),
                    self._known(journal_entry),
                )
                .order_by(columns.seq.desc())
                .limit(1)
            )
            body = self._connection.scalar(newest)
            try:
                self._running = _decode_running(body).running if body else None
            except msgspec.DecodeError:
                self._running = None
        return self._running

    def documents(self, first_epoch: int, first_seq: int, last_seq: int) -> int:
        """How many documents there are from ``first_seq`` of ``first_epoch`` to one of this one."""
        if first_epoch == self._epoch:
            return last_seq - first_seq + 1
        columns = journal_entry.c
        place = tuple_(columns.epoch, columns.seq)
        is_before = and_(place >= tuple_(first_epoch, first_seq), columns.epoch < self._epoch)
        mine = and_(columns.terminal == self._terminal, is_before)
        chosen = select(func.count()).select_from(journal_entry).where(mine)
        return last_seq + (self._connection.scalar(chosen) or 0)

    def last_report_no(self, printer_no: str) -> int:
        """Number of the printer's last daily report; 0 when there is none."""
        if printer_no not in self._reports:
            mine = self._of_printer(daily_report, printer_no)
            self._reports[printer_no] = self._highest(daily_report.c.report_no, mine)
        return self._reports[printer_no]

    def newest_day(self, printer_no: str) -> int:
        """Highest ``report_no`` that a receipt of the printer names; 0 when there is none."""
        if printer_no not in self._days:
            mine = self._of_printer(receipt, printer_no)
            self._days[printer_no] = self._highest(receipt.c.report_no, mine)
        return self._days[printer_no]

    def last_receipt_no(self, printer_no: str, report_no: int) -> int:
        """Highest receipt number of the day that ends with ``report_no``; 0 when there is none."""
        key = printer_no, report_no
        if key not in self._receipts:
            mine, is_receipt = (
                self._of_printer(receipt, printer_no),
                receipt.c.document.not_in(wire.INVOICES),
            )
            day = and_(mine, is_receipt, receipt.c.report_no == report_no)
            self._receipts[key] = self._highest(receipt.c.receipt_no, day)
        return self._receipts[key]

    def has_invoice(self, invoice_no: int) -> bool:
        """Whether the till has made an invoice of that number before."""
        known = and_(receipt.c.terminal == self._terminal, self._known(receipt))
        found = select(receipt.c.id).where(known, receipt.c.invoice_no == invoice_no).limit(1)
        return invoice_no in self._invoices or self._connection.scalar(found) is not None

    def bill(self, rid: str) -> wire.BillDoc | None:
        """The till's own bill; None when nobody told of it, or it cannot be read."""
        if rid in self._bills:
            return self._bills[rid]
        body = self._connection.scalar(
            select(journal_entry.c.body).where(
                journal_entry.c.terminal == self._terminal,
                journal_entry.c.rid == rid,
                journal_entry.c.kind == "bill",
            )
        )
        try:
            return _decode_bill(body) if body else None
        except msgspec.DecodeError:
            return None

    def gross_gr(
        self, first_epoch: int, first_seq: int, last_seq: int, *, invoices: bool = False
    ) -> list[int]:
        """Gross of the receipts, or of the invoices, in that part of the journal, letters A to G.

        It begins in ``first_epoch`` (0: this one) and ends in this one.
        """
        found = self._part(first_epoch, first_seq, last_seq)
        totals = [0] * len(LETTERS)
        for part in (part for one in found if one.is_invoice is invoices for part in one.split):
            if part.vat in _PLACES:
                totals[_PLACES[part.vat]] += part.gross_gr
        return totals

    def count(self, first_epoch: int, first_seq: int, last_seq: int) -> int:
        """How many receipts and invoices lie in that part."""
        return len(self._part(first_epoch, first_seq, last_seq))

    def _part(self, first_epoch: int, first_seq: int, last_seq: int) -> list[_Split]:
        epoch, first = self._epoch, (first_epoch or self._epoch, first_seq)
        place = tuple_(journal_entry.c.epoch, journal_entry.c.seq)
        chosen = select(journal_entry.c.body).where(
            journal_entry.c.terminal == self._terminal,
            place.between(tuple_(*first), tuple_(epoch, last_seq)),
            journal_entry.c.kind == "receipt",
        )
        found = [one for seq, one in self._fresh if first <= (epoch, seq) <= (epoch, last_seq)]
        for body in self._connection.scalars(chosen):
            try:
                found.append(_decode_split(body))
            except msgspec.ValidationError:
                continue  # judged unreadable when it came; it cannot be part of any total
        return found

    def sold(self, rid: str) -> wire.ReceiptDoc | None:
        """The receipt, whatever till printed it; one that cannot be read is none."""
        if rid in self._sold:
            return self._sold[rid]
        body = sold.receipt_body(self._connection, rid)
        try:
            return _decode_receipt(body) if body else None
        except msgspec.DecodeError:
            return None

    def entries(self, receipt: str) -> list[wire.ReturnDoc]:
        """Accepted entries on a receipt, of whatever till."""
        stored = [_decode_entry(body) for body in self._after(receipt, is_correction=False)]
        made = [one for one in self._made if isinstance(one, wire.ReturnDoc)]
        return [*stored, *(one for one in made if one.receipt == receipt)]

    def corrections(self, receipt: str) -> list[wire.CorrectionDoc]:
        """Accepted corrections of a receipt's payment."""
        stored = [_decode_correction(body) for body in self._after(receipt, is_correction=True)]
        made = [one for one in self._made if isinstance(one, wire.CorrectionDoc)]
        return [*stored, *(one for one in made if one.receipt == receipt)]

    def last_entry_no(self, book: str) -> int:
        """Highest number of an entry of this till in ``book``; 0 before the first."""
        if book not in self._numbers:
            mine = and_(
                register_entry.c.terminal == self._terminal, register_entry.c.book == book
            ) & self._known(register_entry)
            self._numbers[book] = self._highest(register_entry.c.number, mine)
        return self._numbers[book]

    def learn(self, seq: int, document: wire.Document, *, is_accepted: bool = True) -> None:
        """Take a document of the push in hand into account; it is stored only at its end."""
        self.shifts.learn(document)
        if wire.counts(document):
            # One of an older till may not tell it; then nobody knows it.
            self._running = getattr(document, "running", None)
            self._is_running_known = True
        if isinstance(document, wire.ReceiptDoc):
            self._sold[document.rid] = document
            one = _Split(document.split, document.document)
            self._fresh.append((seq, one))
            if one.is_invoice:
                self._invoices.add(document.invoice_no)
            else:
                number = document.printer_no, document.report_no
                self._receipts[number] = max(self.last_receipt_no(*number), document.receipt_no)
            day = max(self.newest_day(document.printer_no), document.report_no)
            self._days[document.printer_no] = day
        elif isinstance(document, wire.BillDoc):
            self._bills[document.rid] = document
        elif isinstance(document, wire.ReportDoc):
            last = max(self.last_report_no(document.printer_no), document.report_no)
            self._reports[document.printer_no] = last
        elif isinstance(document, wire.ReturnDoc):
            self._count(book_of(document.entry), document, is_accepted=is_accepted)
        elif isinstance(document, wire.CorrectionDoc):
            self._count(book_of(sold.CORRECTION), document, is_accepted=is_accepted)

    def _count(
        self, book: str, made: wire.ReturnDoc | wire.CorrectionDoc, *, is_accepted: bool
    ) -> None:
        self._numbers[book] = max(self.last_entry_no(book), made.number)
        if is_accepted:
            self._made.append(made)

    def _of_printer(self, table: Table, printer_no: str) -> ColumnElement[bool]:
        mine = and_(table.c.terminal == self._terminal, table.c.printer_no == printer_no)
        return mine & self._known(table)

    def _known(self, table: Table) -> ColumnElement[bool]:
        if self._before is None:
            return true()
        return tuple_(table.c.epoch, table.c.seq) < tuple_(self._epoch, self._before)

    def _after(self, receipt: str, *, is_correction: bool) -> list[str]:
        before = (self._terminal, self._epoch, self._before) if self._before else None
        found = sold.after(self._connection, receipt, before=before)
        return [body for entry, body in found if (entry == sold.CORRECTION) is is_correction]

    def _highest(self, column: Column[int], condition: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.max(column)).where(condition)) or 0
