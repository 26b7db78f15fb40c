"""What a fiscal day comes to by the printer, by the till, and by the office. Only reads.

The office's own figures are those of the documents that it accepted: so a report differs from them
as long as a receipt of its day is missing or rejected.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, func, select, tuple_

from backoffice.judge_report import LETTERS
from backoffice.sale_rows import SOLD
from backoffice.store.tables import journal_entry, sale, sold_line, verdict
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Row

Day = tuple[str, str, int]  # terminal, printer, number of the report
_PLACE = ("terminal", "epoch", "seq")
_NONE = [0] * len(LETTERS)

_decode_head = msgspec.json.Decoder(wire.DayHeadDoc).decode


@dataclass(frozen=True, slots=True)
class Letter:
    """What one VAT letter comes to by the printer, by the till, and by the office."""

    vat: str
    rate_bp: int | None
    printer_gr: int
    till_gr: int
    office_gr: int
    tax_gr: int | None

    @property
    def is_odd(self) -> bool:
        """Whether the three disagree."""
        return not self.printer_gr == self.till_gr == self.office_gr


@dataclass(frozen=True, slots=True)
class Head:
    """The signed end of the day in the journal; ``signature`` is empty where nobody signed."""

    at: str
    received_at: str
    hash: str
    signature: str
    is_accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """What the office holds of a day: gross by letter, and how many documents."""

    receipts_gr: dict[str, int]
    invoices_gr: dict[str, int]
    accepted: int
    rejected: int


def office_totals(connection: Connection, rows: Iterable[Row[Any]]) -> dict[Day, int]:
    """What the accepted documents of each day come to."""
    days = [day_of(row) for row in rows]
    if not days:
        return {}
    key = _key()
    chosen = (
        select(*key, func.sum(sale.c.total_gr).label("total_gr"))
        .where(sale.c.part == SOLD, sale.c.is_accepted.is_(True), tuple_(*key).in_(days))
        .group_by(*key)
    )
    return {day_of(row): int(row.total_gr) for row in connection.execute(chosen)}


def letters(
    told: tuple[list[int], list[int], list[int]], rates: list[int], office_gr: dict[str, int]
) -> list[Letter]:
    """Letters with any money in them; ``told`` are the printer's, the till's, and the taxes."""
    printer, till = told[0] or _NONE, told[1] or _NONE
    taxes = told[2]
    return [
        Letter(
            vat,
            rates[place] if rates else None,
            printer[place],
            till[place],
            office_gr.get(vat, 0),
            taxes[place] if taxes else None,
        )
        for place, vat in enumerate(LETTERS)
        if printer[place] or till[place] or office_gr.get(vat)
    ]


def counts(connection: Connection, rows: Sequence[Row[Any]]) -> dict[Day, Count]:
    """What the office holds of the day of each report."""
    found = {day_of(row): Count(defaultdict(int), defaultdict(int), 0, 0) for row in rows}
    if not found:
        return {}
    key = _key()
    here = tuple_(*key).in_(list(found)), sale.c.part == SOLD
    lines = (
        select(*key, sale.c.document, sold_line.c.vat, func.sum(sold_line.c.gross_gr).label("gr"))
        .select_from(sale.join(sold_line, sold_line.c.sale == sale.c.rid))
        .where(*here)
        .group_by(*key, sale.c.document, sold_line.c.vat)
    )
    for row in connection.execute(lines):
        count = found[day_of(row)]
        of = count.invoices_gr if row.document in wire.INVOICES else count.receipts_gr
        of[row.vat] += int(row.gr)
    is_good = sale.c.is_accepted.is_(True)
    counted = (
        select(
            *key,
            func.count().filter(is_good).label("accepted"),
            func.count().filter(~is_good).label("rejected"),
        )
        .where(*here)
        .group_by(*key)
    )
    for row in connection.execute(counted):
        day = day_of(row)
        found[day] = replace(found[day], accepted=row.accepted, rejected=row.rejected)
    return found


def heads(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[str, int, int], Head]:
    """The head of each day lies right behind its report."""
    places = [(row.terminal, row.epoch, row.seq + 1) for row in rows]
    if not places:
        return {}
    columns = journal_entry.c
    chosen = (
        select(journal_entry, verdict.c.is_accepted, verdict.c.reason)
        .select_from(
            journal_entry.join(
                verdict, and_(*(columns[name] == verdict.c[name] for name in _PLACE))
            )
        )
        .where(columns.kind == "day_head", tuple_(*(columns[name] for name in _PLACE)).in_(places))
    )
    found = {}
    for row in connection.execute(chosen):
        try:
            told = _decode_head(row.body)
        except msgspec.DecodeError:
            continue  # rejected as unreadable when it came
        found[row.terminal, row.epoch, row.seq] = Head(
            told.at, row.received_at, row.hash, told.signature, row.is_accepted, row.reason
        )
    return found


def added(several: Iterable[list[Letter]]) -> list[Letter]:
    """The letters of several days; a rate or a tax that they do not have in common is None."""
    found: dict[str, Letter] = {}
    for one in (letter for letters in several for letter in letters):
        old = found.get(one.vat)
        if old is None:
            found[one.vat] = one
            continue
        found[one.vat] = Letter(
            one.vat,
            one.rate_bp if one.rate_bp == old.rate_bp else None,
            one.printer_gr + old.printer_gr,
            one.till_gr + old.till_gr,
            one.office_gr + old.office_gr,
            None if one.tax_gr is None or old.tax_gr is None else one.tax_gr + old.tax_gr,
        )
    return [found[vat] for vat in sorted(found)]


def _key() -> tuple[Any, ...]:
    return sale.c.terminal, sale.c.printer_no, sale.c.report_no


def day_of(row: Any) -> Day:  # noqa: ANN401 (a row of either table)
    """The fiscal day that a report or a receipt belongs to."""
    return row.terminal, row.printer_no, row.report_no
