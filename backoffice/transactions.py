"""Receipts, invoices, bills and returns as they are looked for: filters, pages, sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, func, select, tuple_

from backoffice.errors import NotFound
from backoffice.sale_rows import BACK, BILL, RETURNS, SOLD
from backoffice.store.tables import journal_entry, person, receipt, register_entry, sale, verdict
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Table

PAGE_ROWS = 50
_PLACE = ("terminal", "epoch", "seq")
_AT_A_TIME = 1000
# What people call each kind of document, and which words of the documents it covers.
DOCUMENTS: dict[str, tuple[str, ...]] = {
    "receipt": ("receipt", "e_receipt"),
    "invoice": tuple(sorted(wire.INVOICES)),
    "bill": (BILL,),
    "return": RETURNS,
}
VERDICTS = ("accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty or None does not narrow it. Days are both included."""

    shops: frozenset[str] | None = None
    first_day: str = ""
    last_day: str = ""
    document: str = ""
    terminal: str = ""
    operator: str = ""
    kind: str = ""
    least_gr: int | None = None
    most_gr: int | None = None
    number: int | None = None
    nip: str = ""
    goods: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends; an empty one is before the first row."""

    at: str = ""
    rid: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from the newest on, and where the next page begins; None at the end."""

    rows: Sequence[Row[Any]]
    older: Place | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What the documents that were found come to; only what is accepted is summed."""

    documents: int
    sold: int
    sold_gr: int
    returns: int
    returned_gr: int
    bills: int
    bills_gr: int


def page(connection: Connection, wanted: Wanted, after: Place, limit: int = PAGE_ROWS) -> Page:
    """Documents with their verdicts, newest first, that come after a place."""
    chosen = _chosen(wanted).limit(limit + 1)
    if after.rid:
        chosen = chosen.where(tuple_(sale.c.at, sale.c.rid) < tuple_(after.at, after.rid))
    rows = connection.execute(chosen).all()
    shown = rows[:limit]
    last = Place(shown[-1].at, shown[-1].rid) if len(rows) > limit else None
    return Page(shown, last)


def every(connection: Connection, wanted: Wanted) -> Iterator[Row[Any]]:
    """All of them, never many in memory."""
    chosen = _chosen(wanted)
    yield from connection.execute(chosen, execution_options={"yield_per": _AT_A_TIME})


def sums(connection: Connection, wanted: Wanted) -> Sums:
    """The sum row under the list."""
    counted = sale.c.is_accepted.is_(True)
    columns = [func.count().label("documents")]
    for part in (SOLD, BACK, BILL):
        here = and_(counted, sale.c.part == part)
        columns += [
            func.count().filter(here).label(part),
            func.coalesce(func.sum(sale.c.total_gr).filter(here), 0).label(f"{part}_gr"),
        ]
    chosen = select(*columns).select_from(sale).where(*_conditions(wanted))
    return Sums(*(int(number) for number in connection.execute(chosen).one()))


def addresses(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, str]:
    """Where each document of a page is shown whole, by its rid."""
    found: dict[str, str] = {}
    for table, path in ((receipt, "/receipts"), (register_entry, "/registers/entries")):
        places = {
            tuple(getattr(row, name) for name in _PLACE): row.rid
            for row in rows
            if (row.part == BACK) is (table is register_entry)
        }
        if not places:
            continue
        here = tuple_(*(table.c[name] for name in _PLACE)).in_(list(places))
        chosen = select(table.c.id, *(table.c[name] for name in _PLACE)).where(here)
        for row in connection.execute(chosen):
            found[places[tuple(row[1:])]] = f"{path}/{row.id}"
    return found


def one(connection: Connection, rid: str) -> Row[Any]:
    """A document as listed, with its verdict and its body; raises ``NotFound``."""
    chosen = (
        select(sale, verdict.c.reason, journal_entry.c.body)
        .select_from(_with(verdict).join(journal_entry, _same_place(journal_entry)))
        .where(sale.c.rid == rid)
    )
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(detail="no such document")
    return row


def _chosen(wanted: Wanted) -> Select[Any]:
    return (
        select(sale, verdict.c.reason)
        .select_from(_with(verdict))
        .where(*_conditions(wanted))
        .order_by(sale.c.at.desc(), sale.c.rid.desc())
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    columns = sale.c
    told = f'"nip":{msgspec.json.encode(wanted.nip).decode()}'
    asked = [
        (wanted.shops is not None, columns.shop.in_(sorted(wanted.shops or ()))),
        (wanted.first_day, columns.day >= wanted.first_day),
        (wanted.last_day, columns.day <= wanted.last_day),
        (wanted.document, columns.document.in_(DOCUMENTS.get(wanted.document, ()))),
        (wanted.terminal, columns.terminal == wanted.terminal),
        (wanted.operator, columns.operator == wanted.operator),
        (wanted.kind, columns.kinds.contains(f" {wanted.kind} ", autoescape=True)),
        (wanted.least_gr is not None, columns.total_gr >= (wanted.least_gr or 0)),
        (wanted.most_gr is not None, columns.total_gr <= (wanted.most_gr or 0)),
        (wanted.number is not None, columns.number == wanted.number),
        (wanted.goods, columns.goods.contains(wanted.goods.casefold(), autoescape=True)),
        (wanted.verdict, columns.is_accepted.is_(wanted.verdict == "accepted")),
        # What is told of a buyer lies there alone, and goes when it is erased.
        (wanted.nip, (columns.rid == person.c.rid) & person.c.told.contains(told, autoescape=True)),
    ]
    return [condition for is_asked, condition in asked if is_asked]


def _with(other: Table) -> FromClause:
    return sale.join(other, _same_place(other))


def _same_place(other: Table) -> ColumnElement[bool]:
    return and_(*(sale.c[name] == other.c[name] for name in _PLACE))
