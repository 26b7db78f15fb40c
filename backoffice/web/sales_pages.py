"""The page of sales: by day, hour, cashier, goods and more, beside the days before; as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Stream, Template

from backoffice import periods, sales
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import figure_wording, sheet
from backoffice.web.chosen import shops_of
from backoffice.web.filters import Filters, shops
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.wording import date as said_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from backoffice.sales import By, Total
    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
# More bars than this nobody can tell apart; more rows belong into a file.
BARS_MAX = 10
ROWS_MAX = 500
_A_UP_TO, _B_UP_TO = 0.8, 0.95


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a sum, the same of the days before, its share, its class of goods."""

    total: Total
    label: str
    before: Total
    share_bp: int
    letter: str = ""

    @property
    def change_bp(self) -> int | None:
        """How much more than before; None where there was nothing before."""
        was = self.before.gross_gr
        return round((self.total.gross_gr - was) * 10_000 / was) if was > 0 else None


@get("/sales", sync_to_thread=True, opt={"right": Right.FIGURES})
def sold(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """What was sold in the chosen days, by whatever is asked for."""
    filters = Filters(request.query_params)
    now, then = days(filters, office.clock().astimezone().date())
    by = cast("By", filters.one_of("by", sales.BYS, "day" if now.days > 1 else "hour"))
    seen = shops(actor, filters.word("shop"))
    with reading(office.engine) as database:
        lines = compared(database, seen, now, then, by)
        context = {
            "whole": sales.whole(database, seen, *_texts(now)),
            "whole_before": sales.whole(database, seen, *_texts(then)),
            "shops": shops_of(database, actor),
        }
    if kind := filters.word("format"):
        return sheet.download(kind, f"sales-{by}", _headings(by), _cells(lines, by))
    bars = lines if by in {"day", "hour"} else lines[:BARS_MAX]
    return page(
        "sales.html",
        request,
        status=filters.status,
        asked=filters,
        by=by,
        now_days=now,
        before_days=then,
        lines=lines[:ROWS_MAX],
        left_out=max(0, len(lines) - ROWS_MAX),
        points=[(_short(line, by), line.total.gross_gr) for line in bars],
        points_before=[line.before.gross_gr for line in bars],
        bys=figure_wording.BYS,
        period_names=figure_wording.PERIODS,
        **context,
    )


def days(filters: Filters, today: date) -> tuple[periods.Period, periods.Period]:
    """The chosen days and those they are compared with; today where nothing is chosen."""
    first, last = filters.date("first"), filters.date("last")
    usual = "own" if first or last else "today"
    name = cast("periods.Name", filters.one_of("period", periods.NAMES, usual))
    now = periods.period(name, today, first, last)
    filters.typed["period"] = name
    filters.typed["first"], filters.typed["last"] = _texts(now)
    return now, periods.before(name, now)


def compared(
    database: Connection,
    seen: Collection[str] | None,
    now: periods.Period,
    then: periods.Period,
    by: By,
) -> list[Line]:
    """Each sum beside that of the days before; days and hours without sales, too."""
    totals = sales.totals(database, seen, *_texts(now), by)
    earlier = sales.totals(database, seen, *_texts(then), by)
    if by == "day":
        totals = _every([day.isoformat() for day in periods.each_day(now)], totals)
        # The first day beside the first: their dates differ.
        old = _every([day.isoformat() for day in periods.each_day(then)], earlier)
        pairs = list(zip(totals, old + [_nothing("")] * len(totals), strict=False))
    else:
        if by == "hour":
            totals = _every(_hours([*totals, *earlier]), totals)
        known = {(one.key, one.label): one for one in earlier}
        pairs = [(one, known.pop((one.key, one.label), _nothing(one.key))) for one in totals]
        pairs += [(replace(_nothing(old.key), label=old.label), old) for old in known.values()]
    whole = sum(one.gross_gr for one, _old in pairs) or 1
    lines = [
        Line(one, _label(one, by), old, round(one.gross_gr * 10_000 / whole)) for one, old in pairs
    ]
    return list(_classed(lines, whole)) if by == "product" else lines


def _classed(lines: Sequence[Line], whole: int) -> Iterator[Line]:
    """A for what brings the first 80 percent of the money, B the next 15, C the rest."""
    passed = 0
    for line in lines:
        share = passed / whole
        passed += line.total.gross_gr
        letter = "A" if share < _A_UP_TO else "B" if share < _B_UP_TO else "C"
        yield replace(line, letter=letter if line.total.gross_gr > 0 else "C")


def _every(keys: Sequence[str], totals: Sequence[Total]) -> list[Total]:
    known = {one.key: one for one in totals}
    return [known.get(key, _nothing(key)) for key in keys]


def _hours(totals: Sequence[Total]) -> list[str]:
    """From the first hour with a sale to the last."""
    hours = [int(one.key) for one in totals]
    return [f"{hour:02d}" for hour in range(min(hours), max(hours) + 1)] if hours else []


def _nothing(key: str) -> Total:
    return sales.Total(key, f"{key}:00" if len(key) == len("07") else key, 0, 0, 0)


def _label(one: Total, by: By) -> str:
    match by:
        case "day":
            return said_day(one.key)
        case "category" if not one.label:
            return _("without a category")
        case "product" if not one.label:
            return one.key or _("without a number")
        case _:
            return one.label


def _short(line: Line, by: By) -> str:
    """What stands under its bar: there is no room for the year."""
    key = line.total.key
    return f"{int(key[8:])}.{key[5:7]}" if by == "day" else line.label


def _texts(of: periods.Period) -> tuple[str, str]:
    return of.first.isoformat(), of.last.isoformat()


def _headings(by: By) -> list[str]:
    return [
        *(_(figure_wording.BYS[by]), _("Receipts"), _("Quantity"), _("Sales"), _("Share, %")),
        *(_("The days before"), _("Returns"), _("Given back"), _("Class")),
    ]


def _cells(lines: Sequence[Line], by: By) -> Iterator[list[Cell]]:
    for line in lines:
        one = line.total
        yield [
            sheet.day(one.key) if by == "day" else line.label,
            one.receipts,
            sheet.quantity(one.qty_milli) if by == "product" else None,
            sheet.money(one.gross_gr),
            sheet.money(line.share_bp),
            sheet.money(line.before.gross_gr),
            one.returns,
            sheet.money(one.returned_gr),
            line.letter,
        ]


HANDLERS = (sold,)
