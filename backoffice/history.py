"""What the judge asks about a till, from the database and from the push in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import and_, func, select, tuple_

from backoffice.judge import LETTERS
from backoffice.shift_history import ShiftHistory
from backoffice.store.tables import daily_report, journal_entry, receipt
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Connection, Table


_PLACES = {letter: place for place, letter in enumerate(LETTERS)}


class _Split(msgspec.Struct):
    """The part of a receipt that the day's totals need."""

    split: list[wire.VatSplit] = []


_decode_split = msgspec.json.Decoder(_Split).decode


class TillHistory:
    """Keeps what it has read for the length of one push, and learns from the documents in it.

    ``before`` is the number of a document of ``epoch``: nothing is known of it and what followed.
    """

    def __init__(
        self, connection: Connection, terminal: str, epoch: int, *, before: int | None = None
    ) -> None:
        self._connection = connection
        self._terminal = terminal
        self._epoch = epoch
        self._before = before
        self._reports: dict[str, int] = {}
        self._receipts: dict[tuple[str, int], int] = {}
        self._days: dict[str, int] = {}
        self.shifts = ShiftHistory(connection, terminal, epoch, before)
        self._fresh: list[tuple[int, list[wire.VatSplit]]] = []

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
            day = and_(self._of_printer(receipt, printer_no), receipt.c.report_no == report_no)
            self._receipts[key] = self._highest(receipt.c.receipt_no, day)
        return self._receipts[key]

    def gross_gr(self, first_epoch: int, first_seq: int, last_seq: int) -> list[int]:
        """Gross of the receipts in that part of the journal, letters A to G.

        It begins in ``first_epoch`` (0: this one) and ends in this one.
        """
        epoch, first = self._epoch, (first_epoch or self._epoch, first_seq)
        place = tuple_(journal_entry.c.epoch, journal_entry.c.seq)
        chosen = select(journal_entry.c.body).where(
            journal_entry.c.terminal == self._terminal,
            place.between(tuple_(*first), tuple_(epoch, last_seq)),
            journal_entry.c.kind == "receipt",
        )
        splits = [split for seq, split in self._fresh if first <= (epoch, seq) <= (epoch, last_seq)]
        for body in self._connection.scalars(chosen):
            try:
                splits.append(_decode_split(body).split)
            except msgspec.ValidationError:
                continue  # judged unreadable when it came; it cannot be part of any total
        totals = [0] * len(LETTERS)
        for part in (part for split in splits for part in split):
            if part.vat in _PLACES:
                totals[_PLACES[part.vat]] += part.gross_gr
        return totals

    def learn(self, seq: int, document: wire.Document) -> None:
        """Take a document of the push in hand into account; it is stored only at its end."""
        self.shifts.learn(document)
        if isinstance(document, wire.ReceiptDoc):
            self._fresh.append((seq, document.split))
            number = document.printer_no, document.report_no
            self._receipts[number] = max(self.last_receipt_no(*number), document.receipt_no)
            day = max(self.newest_day(document.printer_no), document.report_no)
            self._days[document.printer_no] = day
        elif isinstance(document, wire.ReportDoc):
            last = max(self.last_report_no(document.printer_no), document.report_no)
            self._reports[document.printer_no] = last

    def _of_printer(self, table: Table, printer_no: str) -> ColumnElement[bool]:
        mine = and_(table.c.terminal == self._terminal, table.c.printer_no == printer_no)
        if self._before is None:
            return mine
        return mine & (tuple_(table.c.epoch, table.c.seq) < tuple_(self._epoch, self._before))

    def _highest(self, column: Column[int], condition: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.max(column)).where(condition)) or 0
