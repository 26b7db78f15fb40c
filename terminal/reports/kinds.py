"""What each report of menu 4 counts; runs on the lookup thread."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.reports.sheet import Column, Sheet, Unit
from terminal.store import figures
from terminal.store.categories import category_names
from terminal.store.figures import Figure, between, of_report

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from terminal.reports.span import Span
    from terminal.store.figures import Where


class Kind(StrEnum):
    """A report, by the word for its file."""

    CASHIERS = "cashiers"
    PRODUCTS = "products"
    CATEGORIES = "categories"
    METHODS = "methods"
    HOURS = "hours"


TITLES = {
    Kind.CASHIERS: _("Sales by cashier"),
    Kind.PRODUCTS: _("Sales by product"),
    Kind.CATEGORIES: _("Sales by category"),
    Kind.METHODS: _("Ways to pay"),
    Kind.HOURS: _("Sales by hour"),
}
_FIRST = {
    Kind.CASHIERS: _("Cashier"),
    Kind.PRODUCTS: _("Product"),
    Kind.CATEGORIES: _("Category"),
    Kind.METHODS: _("Way to pay"),
    Kind.HOURS: _("Hour"),
}
_COUNTED = {
    Kind.CASHIERS: _("Receipts"),
    Kind.PRODUCTS: _("Lines"),
    Kind.CATEGORIES: _("Lines"),
    Kind.METHODS: _("Payments"),
    Kind.HOURS: _("Receipts"),
}
_GROSS = Column(_("Gross"), Unit.MONEY)


def sheet_of(
    kind: Kind,
    span: Span,
    journal: sqlite3.Connection,
    catalogue: sqlite3.Connection,
    report_no: int,
) -> Sheet:
    """The report over ``span``; ``report_no`` is the daily report that comes next."""
    where = of_report(report_no) if span.is_open else between(str(span.first), str(span.after))
    rows = _rows(kind, where, journal, catalogue)
    first = Column(_FIRST[kind], Unit.TEXT)
    counted = Column(_COUNTED[kind], Unit.COUNT)
    total = translate(_("Total"))
    count, gross_gr = sum(one.count for one in rows), sum(one.gross_gr for one in rows)
    head = (kind.value, translate(TITLES[kind]), about(span, report_no))
    if kind is Kind.PRODUCTS:
        columns = (first, counted, Column(_("Quantity"), Unit.QTY), Column(_("Unit"), Unit.TEXT))
        lines = [(one.name, one.count, one.qty_milli, one.unit, one.gross_gr) for one in rows]
        sums = (total, count, None, "", gross_gr)
        return Sheet(*head, (*columns, _GROSS), tuple(lines), sums, bar=4)
    pairs = tuple((_name(kind, one), one.count, one.gross_gr) for one in rows)
    return Sheet(*head, (first, counted, _GROSS), pairs, (total, count, gross_gr), bar=2)


def about(span: Span, report_no: int) -> str:
    """The days of a report in words."""
    if span.is_open:
        return translate(_("Since the last daily report, before no. {no}"), no=report_no)
    if span.first == span.last:
        return str(span.first)
    return translate(_("{first} to {last}"), first=span.first, last=span.last)


def _rows(
    kind: Kind, where: Where, journal: sqlite3.Connection, catalogue: sqlite3.Connection
) -> list[Figure]:
    match kind:
        case Kind.CASHIERS:
            return figures.by_cashier(journal, where)
        case Kind.METHODS:
            return figures.by_method(journal, where)
        case Kind.HOURS:
            return figures.by_hour(journal, where)
    products = figures.by_product(journal, where)
    return products if kind is Kind.PRODUCTS else _by_category(products, catalogue)


def _by_category(products: Sequence[Figure], catalogue: sqlite3.Connection) -> list[Figure]:
    """The categories in which the products are now; what is in none stands together."""
    names = category_names(catalogue, [one.key for one in products])
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in products:
        category = sums[names.get(one.key, "")]
        category[0] += one.count
        category[1] += one.gross_gr
    rows = [
        Figure(name, name or translate(_("without a category")), count, gross_gr)
        for name, (count, gross_gr) in sums.items()
    ]
    return sorted(rows, key=lambda one: (-one.gross_gr, one.name))


def _name(kind: Kind, one: Figure) -> str:
    return f"{one.name}:00-{one.name}:59" if kind is Kind.HOURS else one.name
