"""The page of shifts and cash: what was expected and counted, what was put in and taken out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Stream, Template

from backoffice import drawers
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import lists, sheet
from backoffice.web.chosen import shops_of
from backoffice.web.filters import Filters, shops
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.report_pages import terminals
from backoffice.web.wording import cash_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Row

    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
Names = dict[tuple[str, str], str]
_USUAL_DAYS = 7
# What of the page a file holds.
PARTS = ("shifts", "moves", "drawers")


@get("/shifts", sync_to_thread=True, opt={"right": Right.FIGURES})
def shifts_and_cash(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """Shifts, cash moves, and sums by day and till."""
    filters = Filters(request.query_params)
    first = office.clock().astimezone().date() - timedelta(days=_USUAL_DAYS)
    filters.typed.setdefault("first", first.isoformat())
    wanted = drawers.Wanted(
        shops(actor, filters.word("shop")),
        filters.day("first"),
        filters.day("last"),
        filters.word("terminal"),
    )
    before, part = filters.before(), filters.one_of("part", PARTS, "shifts")
    with reading(office.engine) as database:
        people = lists.operators(database)
        if kind := filters.word("format"):
            return sheet.download(kind, part, *_file(database, wanted, part, people))
        rows, older = drawers.shifts(database, wanted, before)
        context: dict[str, Any] = {
            "rows": rows,
            "older": older,
            "before": before,
            "moves": drawers.moves(database, wanted),
            "drawers": drawers.drawers(database, wanted),
            "people": people,
            "shops": shops_of(database, actor),
            "terminals": terminals(database, actor),
        }
    return page("shifts.html", request, status=filters.status, asked=filters, **context)


def _file(
    database: Connection, wanted: drawers.Wanted, part: str, people: Names
) -> tuple[list[str], Iterator[list[Cell]]]:
    match part:
        case "moves":
            headings = [_("Time"), _("Shop"), _("Till"), _("Cashier"), _("Amount"), _("Reason")]
            return headings, _moves(drawers.every_move(database, wanted), people)
        case "drawers":
            return _day_headings(), _days(drawers.drawers(database, wanted))
        case _:
            return _shift_headings(), _shifts(drawers.every_shift(database, wanted), people)


def _shift_headings() -> list[str]:
    return [
        *(_("From"), _("Until"), _("Shop"), _("Till"), _("Cashier"), _("Receipts")),
        *(_("Sales"), _("At the start"), _("Should be"), _("Counted"), _("Difference")),
        *(_("Reason"), _("Verdict")),
    ]


def _shifts(rows: Iterable[Row[Any]], people: Names) -> Iterator[list[Cell]]:
    for row in rows:
        closed = bool(row.closed_at)
        yield [
            sheet.moment(row.opened_at),
            sheet.moment(row.closed_at) if closed else None,
            row.shop,
            row.terminal,
            people.get((row.terminal, row.operator), row.operator),
            row.receipts if closed else None,
            sheet.money(row.total_gr) if closed else None,
            None if row.opening_gr is None else sheet.money(row.opening_gr),
            sheet.money(row.expected_gr) if closed else None,
            None if row.counted_gr is None else sheet.money(row.counted_gr),
            None if row.counted_gr is None else sheet.money(row.difference_gr),
            cash_reason(row.reason) if row.reason else "",
            _("accepted") if row.is_accepted else _("rejected"),
        ]


def _moves(rows: Iterable[Row[Any]], people: Names) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            sheet.moment(row.at),
            row.shop,
            row.terminal,
            people.get((row.terminal, row.operator), row.operator),
            sheet.money(row.amount_gr),
            cash_reason(row.reason),
        ]


def _day_headings() -> list[str]:
    return [
        *(_("Day"), _("Till"), _("Shifts"), _("Sales"), _("Should be"), _("Counted")),
        *(_("Difference"), _("Put in"), _("Taken out")),
    ]


def _days(found: Iterable[drawers.Drawer]) -> Iterator[list[Cell]]:
    for one in found:
        yield [
            sheet.day(one.day),
            one.terminal,
            one.shifts,
            *(sheet.money(it) for it in (one.sold_gr, one.expected_gr, one.counted_gr)),
            *(sheet.money(it) for it in (one.difference_gr, one.in_gr, one.out_gr)),
        ]


HANDLERS = (shifts_and_cash,)
