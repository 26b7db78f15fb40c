"""The verbs of menu 4; each gives a Future or is called on the engine's thread.

Figures are read on the lookup thread, so selling goes on meanwhile; the fiscal printer's own
reports occupy the printer. What it made out of its memory is a document for the office.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import msgspec

from drivers.errors import DeviceError
from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.paper.documents import closing_slip, mark
from terminal.paper.sheets import sheet_slip
from terminal.people.rights import require
from terminal.reports import closings, kinds, medium
from terminal.reports.csv_file import csv_bytes
from terminal.sale.refusals import explain
from terminal.store import outbox, receipts, settings
from terminal.store.db import write
from terminal.sync.wire import PrintedReportDoc, ReportDoc, Right

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path

    from drivers.fiscal import Counters
    from drivers.fiscal.facets import Reporting
    from terminal.context import Context
    from terminal.paper.slips import Slips
    from terminal.people.rights import Operator
    from terminal.reports.kinds import Kind
    from terminal.reports.sheet import Sheet
    from terminal.reports.span import Span
    from terminal.shelf import Shelf
    from terminal.store.slips import Job
    from terminal.sync.wire import Shop

_CLOSINGS_MAX = 400
_CLOSING = (
    "SELECT body, hash FROM document WHERE kind = 'report' AND body ->> '$.report_no' = ?"
    " ORDER BY epoch DESC, seq DESC LIMIT 1"
)


class Reports:
    """``operator``, ``told`` (the office gets news) and ``read_shop`` run on the engine's thread.

    ``export_path`` is the technician's folder for files; empty means the first USB medium.
    """

    def __init__(
        self,
        context: Context,
        shelf: Shelf,
        slips: Slips,
        operator: Callable[[], Operator | None],
        told: Callable[[], None],
        read_shop: Callable[[], Shop | None],
    ) -> None:
        self._context = context
        self._shelf = shelf
        self._slips = slips
        self._operator = operator
        self._told = told
        self._read_shop = read_shop
        self.export_path = ""

    # --- figures, from the engine's thread to the lookup thread --------------------------------

    def sheet(self, kind: Kind, span: Span) -> Future[Sheet]:
        """What was sold in ``span``, by ``kind``."""
        require(self._operator(), Right.REPORTS)
        report_no = self._next_report()
        return self._context.lookup.call(self._sheet, kind, span, report_no)

    def closings(self) -> Future[Sheet]:
        """The newest daily reports."""
        require(self._operator(), Right.REPORTS)
        return self._context.lookup.call(self._closings)

    def copy_closing(self, report_no: int) -> Future[Job]:
        """One daily report on the receipt printer, marked as a copy. Raises E-80, E-95, E-97."""
        require(self._operator(), Right.REPORTS)
        journal = self._context.journal
        row = journal.execute(_CLOSING, (report_no,)).fetchone()
        if row is None:
            raise Rejected(Code.NO_RECORD)
        body, head = row
        unsent = outbox.unsent(journal)
        with self._slips.speaking():
            slip = closing_slip(_decode(body), self._read_shop(), unsent, head, ())
            slip = replace(slip, mark=mark())
        return self._slips.print("closing_copy", new_rid(), slip)

    def preview(self) -> Future[Sheet]:
        """The day up to now: the printer's counters and our own. Raises E-05 in the Future."""
        require(self._operator(), Right.REPORTS)
        return self._context.devices.call(self._preview)

    def on_paper(self, sheet: Sheet) -> Future[Job]:
        """The report on the receipt printer; the Future raises E-95, E-97."""
        operator = require(self._operator(), Right.REPORTS)
        stamp = self._context.stamp()
        slip = sheet_slip(sheet, self._context.terminal, operator.name, stamp)
        return self._slips.print("sheet", new_rid(), slip)

    def save(self, sheet: Sheet) -> Future[Path]:
        """The report as a file; the Future raises E-140, E-141."""
        require(self._operator(), Right.REPORTS)
        moment = self._context.now().strftime("%Y%m%d-%H%M%S")
        name = f"{sheet.slug}_{self._context.terminal}_{moment}.csv"
        return self._context.lookup.call(self._save, name, sheet)

    # --- the fiscal printer's own --------------------------------------------------------------

    def print_monthly(self, month: date, *, is_summary: bool) -> Future[None]:
        """The month in which ``month`` lies. The Future raises E-143 and what the printer says."""
        first = f"{month:%Y-%m}"

        def make(reporting: Reporting) -> None:
            reporting.monthly(month, is_summary=is_summary)

        return self._print(make, "monthly", first, first, is_summary=is_summary)

    def print_dates(self, first: date, last: date, *, is_summary: bool) -> Future[None]:
        """From day to day; raises as ``print_monthly``, and E-81 for days that run backwards."""
        if last < first:
            raise Rejected(Code.BAD_RANGE, meaning=f"{first} > {last}")

        def make(reporting: Reporting) -> None:
            reporting.by_dates(first, last, is_summary=is_summary)

        return self._print(make, "by_dates", str(first), str(last), is_summary=is_summary)

    def print_numbers(self, first: int, last: int, *, is_summary: bool) -> Future[None]:
        """From daily report to daily report; raises as ``print_dates``."""
        if not 0 < first <= last:
            raise Rejected(Code.BAD_RANGE, meaning=f"{first} > {last}")

        def make(reporting: Reporting) -> None:
            reporting.by_numbers(first, last, is_summary=is_summary)

        return self._print(make, "by_numbers", str(first), str(last), is_summary=is_summary)

    def monthly_printed(self, month: date) -> bool:
        """Whether this till has had the report of a month printed; on the engine's thread."""
        found = self._context.journal.execute(
            "SELECT 1 FROM document WHERE kind = 'printed_report'"
            " AND body ->> '$.report' = 'monthly' AND body ->> '$.first' = ?",
            (f"{month:%Y-%m}",),
        )
        return found.fetchone() is not None

    def _print(
        self,
        make: Callable[[Reporting], None],
        report: Literal["monthly", "by_dates", "by_numbers"],
        first: str,
        last: str,
        *,
        is_summary: bool,
    ) -> Future[None]:
        operator = require(self._operator(), Right.REPORTS)
        document = PrintedReportDoc(
            rid=new_rid(),
            terminal=self._context.terminal,
            shop=self._context.shop,
            at=self._context.stamp(),
            operator=operator.name,
            report=report,
            first=first,
            last=last,
            is_summary=is_summary,
        )
        return self._context.devices.call(self._make, make, document)

    # --- on the printer's thread ---------------------------------------------------------------

    def _make(self, make: Callable[[Reporting], None], document: PrintedReportDoc) -> None:
        reporting = self._context.printer.reporting
        if reporting is None:
            raise Rejected(Code.NO_REPORTING)
        try:
            make(reporting)
        except DeviceError as error:
            raise explain(error) from error
        self._context.engine.call(self._made, document).result()

    def _preview(self) -> Sheet:
        try:
            counters = self._context.printer.counters()
        except DeviceError as error:
            raise explain(error) from error
        return self._context.engine.call(self._compare, counters).result()

    # --- on the engine's thread ----------------------------------------------------------------

    def _next_report(self) -> int:
        expected = settings.expected_counters(self._context.journal)
        return expected.reports + 1 if expected else 1

    def _compare(self, counters: Counters) -> Sheet:
        journal, report_no = self._context.journal, counters.reports + 1
        own = receipts.day_totals(journal, report_no)
        invoiced = receipts.day_totals(journal, report_no, invoices=True)
        at = self._context.stamp()[:16].replace("T", " ")
        return closings.preview(counters, own, invoiced, at)

    def _made(self, document: PrintedReportDoc) -> None:
        with write(self._context.journal) as db:
            outbox.append(db, document, document.at)
        self._told()

    # --- on the lookup thread ------------------------------------------------------------------

    def _sheet(self, kind: Kind, span: Span, report_no: int) -> Sheet:
        return kinds.sheet_of(kind, span, self._journal, self._shelf.catalogue.db, report_no)

    def _closings(self) -> Sheet:
        rows = self._journal.execute(
            "SELECT body FROM document WHERE kind = 'report' ORDER BY epoch DESC, seq DESC LIMIT ?",
            (_CLOSINGS_MAX,),
        )
        return closings.closing_list([_decode(body) for (body,) in rows])

    def _save(self, name: str, sheet: Sheet) -> Path:
        return medium.save(medium.place(self.export_path), name, csv_bytes(sheet))

    @property
    def _journal(self) -> sqlite3.Connection:
        return self._shelf.journal


_decode = msgspec.json.Decoder(ReportDoc).decode
