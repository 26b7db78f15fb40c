"""What programs may read of the figures: receipts, daily reports, shifts, sums. Changes nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, SkipValidation

from backoffice import day_reports, drawers, sales, transactions
from backoffice.actor import Actor, CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.judge import readable
from backoffice.office import Office
from backoffice.persons import whole
from backoffice.rights import Right
from backoffice.store.engine import reading
from terminal.sync import wire

PAGE = 200
MOST = wire.PAGE_ROWS_MAX
FIGURES = {"right": Right.FIGURES}
PROBLEMS = problems()
_FIRST_DAY, _LAST_DAY = "0001-01-01", "9999-12-31"
OpenOffice = NamedDependency[SkipValidation[Office]]
Day = Annotated[str, QueryParameter(pattern=r"^(\d{4}-\d\d-\d\d)?$", max_length=10)]
Word = Annotated[str, QueryParameter(max_length=100)]
# What `next` of the page before says; fifteen digits are below NUMBER_MAX.
Row = Annotated[str, QueryParameter(pattern="^[0-9]{0,15}$", max_length=15)]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST)]
_Shown = TypeVar("_Shown", bound=msgspec.Struct)
# Litestar leaves a minimum of 0 out of the OpenAPI document.
Amount = Annotated[int | None, QueryParameter(gt=-1, le=wire.NUMBER_MAX)]


class Receipt(msgspec.Struct, frozen=True):
    """A receipt, invoice, bill or return; ``part`` says what it does to the sums.

    ``sold`` and ``back`` (a return) count when they were accepted, a ``bill`` never does.
    """

    id: str
    document: str
    part: str
    shop: str
    terminal: str
    at: str
    day: str
    operator: str
    printer_no: str
    report_no: int
    number: int
    total_gr: int
    payments: str
    is_accepted: bool
    reason: str


class Receipts(msgspec.Struct, frozen=True):
    """One page; ``cursor`` of the next one is ``next``, empty at the end."""

    rows: list[Receipt]
    next: str


class WholeReceipt(msgspec.Struct, frozen=True):
    """A receipt and its document as the till wrote it, without what was erased since."""

    receipt: Receipt
    body: msgspec.Raw


class Report(msgspec.Struct, frozen=True):
    """A daily report with the printer's and the till's totals."""

    id: int
    shop: str
    terminal: str
    printer_no: str
    report_no: int
    at: str
    receipts: int
    cancelled: int
    printer_total_gr: int
    till_total_gr: int
    route: str
    is_accepted: bool
    reason: str


class Reports(msgspec.Struct, frozen=True):
    """One page; ``cursor`` of the next one is ``next``, empty at the end."""

    rows: list[Report]
    next: str


class Shift(msgspec.Struct, frozen=True):
    """A cashier's shift; one that is still open has no ``closed_at``, and 0 for what is not known.

    ``opening_gr`` and ``counted_gr`` are null where nobody entered or counted them.
    """

    id: int
    shop: str
    terminal: str
    operator: str
    opened_at: str
    closed_at: str
    opening_gr: int | None
    expected_gr: int
    counted_gr: int | None
    difference_gr: int
    total_gr: int
    receipts: int
    reason: str
    is_accepted: bool


class Shifts(msgspec.Struct, frozen=True):
    """One page; ``cursor`` of the next one is ``next``, empty at the end."""

    rows: list[Shift]
    next: str


class Sum(msgspec.Struct, frozen=True):
    """Sales under one key, and apart from them what was given back."""

    key: str
    label: str
    receipts: int
    qty_milli: int
    gross_gr: int
    returns: int
    returned_gr: int


@get("/receipts", opt=FIGURES, responses=PROBLEMS, sync_to_thread=True)
def receipts(
    office: OpenOffice,
    actor: CurrentActor,
    first_day: Day = "",
    last_day: Day = "",
    document: FromQuery[Literal["", "receipt", "invoice", "bill", "return"]] = "",
    verdict: FromQuery[Literal["", "accepted", "rejected"]] = "",
    shop: Word = "",
    terminal: Word = "",
    operator: Word = "",
    payment_kind: Word = "",
    nip: Word = "",
    goods: Word = "",
    number: Amount = None,
    least_gr: Amount = None,
    most_gr: Amount = None,
    cursor: Word = "",
    limit: Limit = PAGE,
) -> Receipts:
    """Receipts, invoices, bills and returns, the newest first."""
    wanted = transactions.Wanted(
        shops=_shops(actor, shop),
        first_day=first_day,
        last_day=last_day,
        document=document,
        terminal=terminal,
        operator=operator,
        kind=payment_kind,
        least_gr=least_gr,
        most_gr=most_gr,
        number=number,
        nip=nip,
        goods=goods,
        verdict=verdict,
    )
    at, _tilde, rid = cursor.partition("~")
    with reading(office.engine) as database:
        page = transactions.page(database, wanted, transactions.Place(at, rid), limit)
    older = f"{page.older.at}~{page.older.rid}" if page.older else ""
    return Receipts([_receipt(row) for row in page.rows], older)


@get("/receipts/{receipt_id:str}", opt=FIGURES, responses=PROBLEMS, sync_to_thread=True)
def receipt(office: OpenOffice, actor: CurrentActor, receipt_id: FromPath[str]) -> WholeReceipt:
    """One of them with all of its document: lines, VAT, payments."""
    with reading(office.engine) as database:
        row = transactions.one(database, receipt_id)
        actor.must_see(row.shop)
        document = readable(row.body)
        body = wire.canonical(whole(database, document)) if document else row.body
    return WholeReceipt(_receipt(row), msgspec.Raw(body.encode()))


@get("/reports", opt=FIGURES, responses=PROBLEMS, sync_to_thread=True)
def reports(
    office: OpenOffice,
    actor: CurrentActor,
    first_day: Day = "",
    last_day: Day = "",
    shop: Word = "",
    terminal: Word = "",
    cursor: Row = "",
    limit: Limit = PAGE,
) -> Reports:
    """Daily reports, the newest first."""
    wanted = day_reports.Wanted(_shops(actor, shop), first_day, last_day, terminal)
    with reading(office.engine) as database:
        rows, older = day_reports.page(database, wanted, int(cursor or 0), limit)
    return Reports([_report(row) for row in rows], str(older or ""))


@get("/shifts", opt=FIGURES, responses=PROBLEMS, sync_to_thread=True)
def shifts(
    office: OpenOffice,
    actor: CurrentActor,
    first_day: Day = "",
    last_day: Day = "",
    shop: Word = "",
    terminal: Word = "",
    cursor: Row = "",
    limit: Limit = PAGE,
) -> Shifts:
    """Shifts, the newest first; the days are those on which they were opened."""
    wanted = drawers.Wanted(_shops(actor, shop), first_day, last_day, terminal)
    with reading(office.engine) as database:
        rows, older = drawers.shifts(database, wanted, int(cursor or 0), limit)
    return Shifts([_shift(row) for row in rows], str(older or ""))


@get("/sales", opt=FIGURES, responses=PROBLEMS, sync_to_thread=True)
def sums(
    office: OpenOffice,
    actor: CurrentActor,
    by: FromQuery[sales.By] = "day",
    first_day: Day = "",
    last_day: Day = "",
    shop: Word = "",
) -> list[Sum]:
    """What was sold in the days, summed: days and hours in their order, all else the most first."""
    days = first_day or _FIRST_DAY, last_day or _LAST_DAY
    with reading(office.engine) as database:
        found = sales.totals(database, _shops(actor, shop), *days, by)
    return [Sum(**asdict(one)) for one in found]


figure_routes = Router(
    "/v1/admin",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[receipts, receipt, reports, shifts, sums],
)


def _shops(actor: Actor, shop: str) -> frozenset[str] | None:
    if not shop:
        return actor.shops
    actor.must_see(shop)
    return frozenset({shop})


def _receipt(row: Any) -> Receipt:  # noqa: ANN401 (a row of the database)
    return _of(Receipt, row, id=row.rid)


def _report(row: Any) -> Report:  # noqa: ANN401 (a row of the database)
    return _of(Report, row, till_total_gr=row.local_total_gr)


def _shift(row: Any) -> Shift:  # noqa: ANN401 (a row of the database)
    return _of(Shift, row)


def _of(kind: type[_Shown], row: Any, **more: object) -> _Shown:  # noqa: ANN401 (of the database)
    """What the API shows of a row; ``more`` is what the row calls otherwise."""
    names = [name for name in kind.__struct_fields__ if name not in more]
    return kind(**{name: getattr(row, name) for name in names}, **more)
