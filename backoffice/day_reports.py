"""Daily reports: lists, one with all that is known of its day, the months of printers.

Only reads.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, func, select

from backoffice import day_figures
from backoffice.day_figures import Count, Head, Letter, added, day_of, letters
from backoffice.errors import NotFound
from backoffice.store.tables import (
    daily_report,
    journal_entry,
    terminal,
    verdict,
)
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select

PAGE_ROWS = 50
_PLACE = ("terminal", "epoch", "seq")

_decode = msgspec.json.Decoder(wire.ReportDoc).decode


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports; what is empty or None does not narrow them."""

    shops: frozenset[str] | None = None
    first_day: str = ""
    last_day: str = ""
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report with all that is known of its day."""

    row: Row[Any]
    document: wire.ReportDoc
    receipts: list[Letter]
    invoices: list[Letter]
    count: Count
    head: Head | None


@dataclass(frozen=True, slots=True)
class Month:
    """The reports of one printer in a month, and the numbers that are missing between them."""

    printer_no: str
    terminal: str
    shop: str
    reports: list[Report]
    gaps: list[tuple[int, int]]
    receipts: list[Letter]
    invoices: list[Letter]


def page(
    connection: Connection, wanted: Wanted, before: int, limit: int = PAGE_ROWS
) -> tuple[Sequence[Row[Any]], int]:
    """Reports with shop and verdict, newest first; the second is the next page's key, 0 at the end.

    ``before`` 0 starts at the newest.
    """
    chosen = _chosen(wanted).order_by(daily_report.c.id.desc()).limit(limit + 1)
    if before > 0:
        chosen = chosen.where(daily_report.c.id < before)
    rows = connection.execute(chosen).all()
    shown = rows[:limit]
    return shown, shown[-1].id if len(rows) > limit else 0


def every(connection: Connection, wanted: Wanted) -> Iterator[Row[Any]]:
    """All of them, never many in memory."""
    chosen = _chosen(wanted).order_by(daily_report.c.id.desc())
    yield from connection.execute(chosen, execution_options={"yield_per": 1000})


def report_of(connection: Connection, row_id: int) -> Report:
    """One report; raises ``NotFound``."""
    chosen = _with_bodies(Wanted()).where(daily_report.c.id == row_id)
    found = _whole(connection, connection.execute(chosen).all())
    if not found:
        raise NotFound(detail="no such report")
    return found[0]


def id_of(connection: Connection, till: str, printer_no: str, report_no: int) -> int:
    """Row of the report of a receipt's day; 0 as long as the day is open."""
    columns = daily_report.c
    chosen = select(func.max(columns.id)).where(
        columns.terminal == till,
        columns.printer_no == printer_no,
        columns.report_no == report_no,
    )
    return connection.scalar(chosen) or 0


def months(connection: Connection, wanted: Wanted, month: str) -> list[Month]:
    """Each printer's ``month`` (``2026-11``), by shop, terminal and printer."""
    chosen = (
        _with_bodies(wanted)
        .where(daily_report.c.at.startswith(month, autoescape=True))
        .order_by(daily_report.c.report_no, daily_report.c.id)
    )
    printers: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for one in _whole(connection, connection.execute(chosen).all()):
        printers[one.row.shop, one.row.terminal, one.row.printer_no].append(one)
    return [_month(connection, *whose, reports) for whose, reports in sorted(printers.items())]


def _month(
    connection: Connection, shop: str, till: str, printer_no: str, reports: list[Report]
) -> Month:
    numbers = [one.document.report_no for one in reports]
    columns = daily_report.c
    earlier = select(func.max(columns.report_no)).where(
        columns.printer_no == printer_no, columns.report_no < numbers[0]
    )
    first = connection.scalar(earlier) or numbers[0] - 1
    gaps = [(a + 1, b - 1) for a, b in pairwise([first, *numbers]) if b > a + 1]
    return Month(
        printer_no,
        till,
        shop,
        reports,
        gaps,
        added(one.receipts for one in reports),
        added(one.invoices for one in reports),
    )


def _whole(connection: Connection, rows: Sequence[Row[Any]]) -> list[Report]:
    counts = day_figures.counts(connection, rows)
    heads = day_figures.heads(connection, rows)
    found = []
    for row in rows:
        document, count = _decode(row.body), counts[day_of(row)]
        receipts = document.printer_gr, document.local_gr, document.tax_gr
        invoices = (
            document.printer_invoice_gr,
            document.local_invoice_gr,
            document.invoice_tax_gr,
        )
        found.append(
            Report(
                row,
                document,
                letters(receipts, document.rates_bp, count.receipts_gr),
                letters(invoices, document.rates_bp, count.invoices_gr),
                count,
                heads.get((row.terminal, row.epoch, row.seq + 1)),
            )
        )
    return found


def _chosen(wanted: Wanted) -> Select[Any]:
    columns = daily_report, terminal.c.shop, verdict.c.is_accepted, verdict.c.reason
    return select(*columns).select_from(_judged()).where(*_conditions(wanted))


def _with_bodies(wanted: Wanted) -> Select[Any]:
    bodies = _judged().join(journal_entry, _same_place(daily_report, journal_entry))
    columns = daily_report, terminal.c.shop, verdict.c.is_accepted, verdict.c.reason
    chosen = select(*columns, journal_entry.c.body, journal_entry.c.received_at)
    return chosen.select_from(bodies).where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.shops is not None:
        yield terminal.c.shop.in_(sorted(wanted.shops))
    if wanted.first_day:
        yield daily_report.c.at >= wanted.first_day
    if wanted.last_day:
        yield func.substr(daily_report.c.at, 1, 10) <= wanted.last_day
    if wanted.terminal:
        yield daily_report.c.terminal == wanted.terminal


def _judged() -> FromClause:
    judged = daily_report.join(verdict, _same_place(daily_report, verdict))
    return judged.join(terminal, terminal.c.id == daily_report.c.terminal)


def _same_place(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in _PLACE))
