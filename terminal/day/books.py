"""Commits of the daily report to the journal; runs on the engine's thread.

A report is the printer's word: its totals are stored beside our own, and a difference is written
down as an event for the office, never corrected.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import NO_TOTALS, Seven
from terminal.audit.heads import append_head
from terminal.context import new_rid
from terminal.day.report_document import About, report_document
from terminal.day.setting_books import SettingBooks
from terminal.day.state import Day, Facts, day_of
from terminal.day.steps import Event, Step, step
from terminal.errors import Blocked, Code, Rejected
from terminal.events import ReportImported
from terminal.sale.counting import after_report
from terminal.sale.money import plus
from terminal.sale.receipt import State
from terminal.store import closings, outbox, persons, receipts, settings, shifts
from terminal.store.db import checkpoint, write
from terminal.sync.wire import ReportDoc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drivers.fiscal import Counters, Report
    from terminal.day.report_document import Route
    from terminal.store.closings import ClosingRow


@dataclass(frozen=True, slots=True)
class Closed:
    """What the last page shows; ``difference`` to the printer, while nobody has seen it."""

    report: ReportDoc
    notes: tuple[str, ...]
    unsent: int
    difference: settings.Difference | None


class Books(SettingBooks):
    """Writes closings and report documents; ``catalogue`` is the engine's own reader."""

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

    def is_current(self) -> bool:
        """Whether sales still belong to the day of today: after that the law wants a report."""
        return self.day() in {Day.EMPTY, Day.OPEN, Day.DUE}

    def parking_names(self) -> list[str]:
        """The office's names for parked receipts, which outlive the day."""
        return self._catalogue.settings().parking_names

    def intend(self, operator: str, base: Counters, drops: tuple[str, ...] = ()) -> ClosingRow:
        """Write-ahead intent, with the token for the report command.

        Raises E-49 when something was paid since the checks, and E-149 when the disk does not take
        it: nothing may be sent then.
        """
        receipt = receipts.unfinished(self._db)
        if receipt is not None and receipt.state is not State.OPEN:
            raise Rejected(Code.RECEIPT_OPEN)
        _count, local = receipts.day_totals(self._db, base.reports + 1)
        try:
            with write(self._db):
                token = settings.next_token(self._db)
                told = new_rid(), self._context.stamp(), operator, base, local, token, drops
                closings.begin(self._db, *told)
        except Blocked as full:
            detail = full.params.get("detail", full.sentence())
            raise Blocked(Code.REPORT_NOT_SENT, detail=detail) from full
        return self._row()

    def cancelling(self, operator: str) -> None:
        """A document that is open in the printer will be cancelled; raises E-07 for our own."""
        receipt = receipts.unfinished(self._db)
        if receipt is not None and receipt.state is State.PRINTING:
            raise Rejected(Code.IN_DOUBT)
        with write(self._db):
            self._event(operator, "cancelled_by_hand", is_open=True)

    def other_printer(self, expected: Counters, found: Counters) -> None:
        """Another printer answers while the report is in doubt: both pictures for the office."""
        pictures = settings.counters_text(expected), settings.counters_text(found)
        with write(self._db):
            detail = {"expected": pictures[0], "found": pictures[1]}
            self._event(self._row().operator, "wrong_printer", **detail)

    def asked(self, what: str, answer: str) -> None:
        """Somebody at the till answered a question about the report; the counters decide."""
        with write(self._db):
            self._event(self._row().operator, "report_asked", what=what, answer=answer)

    def not_made(self, why: str) -> None:
        """The printer's counter did not move: the intent is over."""
        with write(self._db):
            operator = self._row().operator
            closings.end(self._db, step(Step.INTENT, Event.NOT_MADE), self._context.stamp())
            self._event(operator, "report_not_made", why=why)

    def reported(self, reports: Sequence[Report], counters: Counters) -> ClosingRow:
        """The report is in the fiscal memory: document, step and expectation in one commit.

        More than one means that others were made past the till meanwhile; ours is the first. Of the
        printer nothing is expected but what a report leaves: whatever else moved stops selling.
        """
        row = self._row()
        reached = step(Step(row.step), Event.MADE)
        ours, *others = reports
        with write(self._db):
            self._document(row.rid, ours, row.operator, counters, row.local_gr, "terminal")
            for other in others:
                self._document(new_rid(), other, "", counters, NO_TOTALS, "external")
            closings.advance(self._db, reached, ours.number)
            if others:
                numbers = [other.number for other in others]
                self._event(row.operator, "reports_elsewhere", numbers=numbers)
                row = replace(row, notes=_joined(row, (_elsewhere(numbers),)))
                closings.note(self._db, row.notes)
            after = after_report(counters, counters.reports)
            settings.expect_counters(self._db, replace(after, ram_resets=row.base.ram_resets))
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

    def advance(self, event: Event, notes: tuple[str, ...]) -> ClosingRow:
        """Commit the end of a step that followed the report, and what it leaves to be done."""
        row = self._row()
        row = replace(row, step=step(Step(row.step), event), notes=_joined(row, notes))
        with write(self._db):
            closings.advance(self._db, row.step)
            closings.note(self._db, row.notes)
        return row

    def finish(self, notes: tuple[str, ...]) -> Closed:
        """The day is closed; gives what the last page shows, and folds the log away."""
        row = self._row()
        notes = _joined(row, notes)
        with write(self._db):
            closings.note(self._db, notes)
            closings.end(self._db, step(Step(row.step), Event.UPDATED), self._context.stamp())
            persons.forget_old(self._db, self._context.stamp())
        # The day is closed, whether or not its log can be folded away now.
        with suppress(sqlite3.Error):
            checkpoint(self._db)
        report = msgspec.json.decode(outbox.body_of(self._db, row.rid), type=ReportDoc)
        found = settings.difference(self._db)
        is_ours = found is not None and found.report_no == report.report_no
        difference = found if is_ours else None
        return Closed(report, notes, outbox.unsent(self._db).count, difference)

    def _row(self) -> ClosingRow:
        row = closings.unfinished(self._db)
        if row is None:
            msg = "no closing is under way"
            raise AssertionError(msg)
        return row

    def _document(
        self,
        rid: str,
        report: Report,
        operator: str,
        counters: Counters,
        local: Seven,
        route: Route,
    ) -> None:
        about = About(rid, operator, route, counters, local)
        document = report_document(self._context, report, about)
        append_head(self._context, document, outbox.append(self._db, document, document.at))
        invoiced = self._invoiced(report.number)
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


def _imported(report: Report, local_gr: Seven) -> ReportImported:
    printer_gr = plus(report.totals_gr, report.invoice_totals_gr)
    return ReportImported(report.number, report.made_at, sum(printer_gr), sum(local_gr))


def _elsewhere(numbers: list[int]) -> str:
    told = ", ".join(map(str, numbers))
    return Rejected(Code.REPORTS_ELSEWHERE, numbers=told).sentence()


def _joined(row: ClosingRow, notes: tuple[str, ...]) -> tuple[str, ...]:
    """What did not work is said once, however many steps it stopped."""
    return tuple(dict.fromkeys((*row.notes, *notes)))
