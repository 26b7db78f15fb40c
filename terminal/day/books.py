"""Commits of the daily report to the journal; runs on the engine's thread.

A report is the printer's word: its totals are stored beside our own, and a difference is written
down as an event for the office, never corrected.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import INACTIVE, NO_TOTALS, VAT_LETTERS, Header, Seven
from terminal.context import new_rid
from terminal.day.state import Day, Facts, day_of
from terminal.day.steps import Event, Step, step
from terminal.events import ReportImported
from terminal.sale.counting import after_report
from terminal.sale.documents import counter_document, event_document
from terminal.sale.money import plus
from terminal.store import closings, outbox, receipts, settings, shifts
from terminal.store.db import checkpoint, write
from terminal.sync.wire import ReportDoc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from drivers.fiscal import Counters, Report
    from terminal.context import Context
    from terminal.store.catalogue import Catalogue
    from terminal.store.closings import ClosingRow

_HEADER = "printer.header"


class Books:
    """Writes closings and report documents; ``catalogue`` is the engine's own reader."""

    def __init__(self, context: Context, catalogue: Catalogue) -> None:
        self._context = context
        self._db = context.journal
        self._catalogue = catalogue
        # What the printer would not take since the till started; the daily report tries again.
        self.rates_refused: Seven | None = None

    def day(self, missing: int = 0) -> Day:
        """State of the fiscal day; ``missing`` reports of the printer are not ours yet."""
        closing = closings.unfinished(self._db)
        report_no = self._next_report()
        first = receipts.ends_of_day(self._db, report_no)[0] if report_no else ""
        facts = Facts(
            first_sale_at=first,
            closing_step=closing.step if closing else None,
            missing=missing,
            is_refused=0 < report_no == settings.wanted_report(self._db),
            are_shifts_over=bool(first) and shifts.are_over(self._db, first),
        )
        return day_of(facts, self._context.now(), self._catalogue.settings())

    def want_report(self) -> None:
        """The printer sells nothing before its next report; that report takes the mark away."""
        with write(self._db):
            settings.want_report(self._db, self._next_report())
            self._event("", "report_wanted", report_no=self._next_report())

    def put_off(self, operator: str, day: Day) -> None:
        """Somebody was asked for a report that is overdue, and it comes later."""
        with write(self._db):
            self._event(operator, "report_put_off", day=day, report_no=self._next_report())

    def intend(self, operator: str, base: Counters) -> ClosingRow:
        """Write-ahead intent, with the token for the report command."""
        _count, local = receipts.day_totals(self._db, base.reports + 1)
        with write(self._db):
            token = settings.next_token(self._db)
            closings.begin(self._db, new_rid(), self._context.stamp(), operator, base, local, token)
        return self._row()

    def not_made(self, why: str) -> None:
        """The printer's counter did not move: the intent is over."""
        with write(self._db):
            operator = self._row().operator
            closings.end(self._db, step(Step.INTENT, Event.NOT_MADE), self._context.stamp())
            self._event(operator, "report_not_made", why=why)

    def reported(self, reports: Sequence[Report], counters: Counters) -> ClosingRow:
        """The report is in the fiscal memory: document, step and expectation in one commit.

        More than one means that others were made at the printer meanwhile; ours is the first.
        """
        row = self._row()
        reached = step(Step(row.step), Event.MADE)
        ours, *others = reports
        with write(self._db):
            self._document(row.rid, ours, row.operator, counters, row.local_gr, "terminal")
            for other in others:
                self._document(new_rid(), other, "", counters, NO_TOTALS, "external")
            closings.advance(self._db, reached, ours.number)
            settings.expect_counters(self._db, counters)
        for other in others:
            self._context.tell(_imported(other, NO_TOTALS))
        return replace(row, step=reached, report_no=ours.number)

    def import_report(self, report: Report, counters: Counters) -> None:
        """A daily report made at the printer itself becomes ours, once."""
        expected = settings.expected_counters(self._db)
        if expected is not None and expected.reports >= report.number:
            return
        _count, local = receipts.day_totals(self._db, report.number)
        after = after_report(counters, report.number)
        with write(self._db):
            self._document(new_rid(), report, "", after, local, "external")
            settings.expect_counters(self._db, after)
        self._context.tell(_imported(report, plus(local, self._invoiced(report.number))))

    def confirm_difference(self, operator: str) -> None:
        """A manager has seen both figures; the printer's count."""
        found = settings.difference(self._db)
        if found is not None:
            with write(self._db):
                settings.keep_difference(self._db, None)
                self._event(operator, "report_difference_confirmed", report_no=found.report_no)

    def rates_wanted(self) -> Seven | None:
        """Rates A to G as the office wants them; None while it has not told."""
        rates = self._catalogue.rates()
        if not rates:
            return None
        a, b, c, d, e, f, g = (rates.get(letter, INACTIVE) for letter in VAT_LETTERS)
        return a, b, c, d, e, f, g

    def rates_programmed(self, rates: Seven, refused: Seven | None) -> None:
        """The printer's rates as read back, and those that it would not take instead."""
        self.rates_refused = refused
        with write(self._db):
            if settings.printer_rates(self._db) != rates:
                self._event("", "rates_programmed", rates=list(rates))
            settings.remember_rates(self._db, rates)

    def header_wanted(self) -> Header | None:
        """The header as the office wants it; None when it is in the printer, or nobody told."""
        shop = self._catalogue.shop()
        if shop is None:
            return None
        header = Header(shop.company, shop.name, shop.street, shop.postal_code, shop.city)
        return None if settings.get(self._db, _HEADER) == _text(header) else header

    def header_programmed(self, header: Header) -> None:
        """The printer has taken the header."""
        with write(self._db):
            settings.put(self._db, _HEADER, _text(header))
            self._event("", "header_programmed", header=_text(header))

    def clock_set(self, before: datetime, after: datetime) -> None:
        """The printer's clock was put right."""
        with write(self._db):
            moments = {"before": before.isoformat(), "after": after.isoformat()}
            self._event("", "printer_clock_set", **moments)

    def memory_ends(self, reports_left: int | None) -> None:
        """The fiscal memory will be full soon."""
        with write(self._db):
            self._event("", "memory_ends", reports_left=reports_left)

    def advance(self, event: Event, notes: tuple[str, ...]) -> ClosingRow:
        """Commit the end of a step that followed the report, and what it leaves to be done."""
        row = self._row()
        row = replace(row, step=step(Step(row.step), event), notes=_joined(row, notes))
        with write(self._db):
            closings.advance(self._db, row.step)
            closings.note(self._db, row.notes)
        return row

    def finish(self, notes: tuple[str, ...]) -> tuple[ReportDoc, tuple[str, ...]]:
        """The day is closed; gives report and notes for the last page and folds the log away."""
        row = self._row()
        notes = _joined(row, notes)
        with write(self._db):
            closings.note(self._db, notes)
            closings.end(self._db, step(Step(row.step), Event.UPDATED), self._context.stamp())
        checkpoint(self._db)
        return msgspec.json.decode(outbox.body_of(self._db, row.rid), type=ReportDoc), notes

    def _row(self) -> ClosingRow:
        row = closings.unfinished(self._db)
        if row is None:
            msg = "no closing is under way"
            raise AssertionError(msg)
        return row

    def _document(
        self, rid: str, report: Report, operator: str, counters: Counters, local: Seven, route: str
    ) -> None:
        first_epoch, first_seq = closings.first_unreported(self._db)
        first_at, last_at = receipts.ends_of_day(self._db, report.number)
        invoiced = self._invoiced(report.number)
        document = ReportDoc(
            rid=rid,
            terminal=self._context.terminal,
            shop=self._context.shop,
            at=self._context.stamp(),
            operator=operator,
            printer_no=counters.unique_no,
            report_no=report.number,
            receipts=report.receipts,
            cancelled=report.cancelled,
            printer_gr=list(report.totals_gr),
            local_gr=list(local),
            route="terminal" if route == "terminal" else "external",
            first_seq=first_seq,
            last_seq=outbox.last_seq(self._db),
            first_epoch=first_epoch,
            first_at=first_at,
            last_at=last_at,
            printed_at=report.made_at.isoformat(),
            cancelled_gr=report.cancelled_gr,
            counters=counter_document(counters),
            invoices=report.invoices,
            invoices_cancelled=report.invoices_cancelled,
            printer_invoice_gr=list(report.invoice_totals_gr),
            local_invoice_gr=list(invoiced),
        )
        outbox.append(self._db, document, document.at)
        if (report.totals_gr, report.invoice_totals_gr) != (local, invoiced):
            self._differs(report, operator, plus(local, invoiced))

    def _differs(self, report: Report, operator: str, ours_gr: Seven) -> None:
        """Receipts and invoices together, as a manager compares them."""
        printer_gr = plus(report.totals_gr, report.invoice_totals_gr)
        settings.keep_difference(self._db, settings.Difference(report.number, printer_gr, ours_gr))
        self._event(
            operator,
            "report_differs",
            report_no=report.number,
            printer_gr=list(printer_gr),
            local_gr=list(ours_gr),
            disputed=receipts.disputed(self._db, report.number),
        )

    def _invoiced(self, report_no: int) -> Seven:
        _count, invoiced_gr = receipts.day_totals(self._db, report_no, invoices=True)
        return invoiced_gr

    def _next_report(self) -> int:
        """Number of the report that the day will end with; 0 before the first meeting."""
        expected = settings.expected_counters(self._db)
        return expected.reports + 1 if expected else 0

    def _event(self, operator: str, name: str, **detail: object) -> None:
        document = event_document(self._context, operator, name, **detail)
        outbox.append(self._db, document, document.at)


def _imported(report: Report, local_gr: Seven) -> ReportImported:
    printer_gr = plus(report.totals_gr, report.invoice_totals_gr)
    return ReportImported(report.number, report.made_at, sum(printer_gr), sum(local_gr))


def _text(header: Header) -> str:
    return msgspec.json.encode(header).decode()


def _joined(row: ClosingRow, notes: tuple[str, ...]) -> tuple[str, ...]:
    """What did not work is said once, however many steps it stopped."""
    return tuple(dict.fromkeys((*row.notes, *notes)))
