"""Sums over printed receipts: by cashier, product, hour and way to pay. Reads only.

Each of them comes to the same total, to the grosz: a discount on a whole receipt is spread over its
lines as the printer spread it over the letters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import VAT_LETTERS, Seven
from terminal.store.takings import CHANGE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

# A payment that was corrected came in as the correction says: all of its receipt was paid in cash.
_AS_CORRECTED = (
    "payment p USING (rid) LEFT JOIN payment_correction c ON c.receipt = p.rid"
    " LEFT JOIN document d ON d.rid = c.rid"
)
_METHOD, _NAME = (
    f"coalesce(json_extract(d.body, '$.after.{field}'), p.{field})" for field in ("method", "name")
)
# Price times quantity, half up, less the discount: as ``Line.gross_gr``.
_GROSS = "((2 * l.price_gr * l.qty_milli + 1000) / 2000 - l.discount_gr)"


@dataclass(frozen=True, slots=True)
class Where:
    """Which receipts: the condition on ``r`` and its parameters."""

    condition: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a report; ``qty_milli`` only where it is one unit."""

    key: str
    name: str
    count: int
    gross_gr: int
    qty_milli: int = 0
    unit: str = ""


def between(first: str, after: str) -> Where:
    """Receipts that were finished from day ``first`` on and before ``after``."""
    return Where("r.closed_at >= ? AND r.closed_at < ?", (first, after))


def of_report(report_no: int) -> Where:
    """Receipts that daily report ``report_no`` closes, or will close."""
    return Where("r.report_no = ?", (report_no,))


def by_cashier(db: sqlite3.Connection, where: Where) -> list[Figure]:
    """Receipts and their totals, the greatest first."""
    return _figures(
        db,
        f"SELECT r.operator_id, r.operator, count(*), sum(r.total_gr) {_from(where)}"
        " GROUP BY r.operator_id, r.operator ORDER BY 4 DESC, 2",
        where,
    )


def by_hour(db: sqlite3.Connection, where: Where) -> list[Figure]:
    """Receipts and their totals by the hour in which they were finished."""
    hour = "substr(r.closed_at, 12, 2)"
    return _figures(
        db,
        f"SELECT {hour}, {hour}, count(*), sum(r.total_gr) {_from(where)} GROUP BY 1 ORDER BY 1",
        where,
    )


def by_method(db: sqlite3.Connection, where: Where) -> list[Figure]:
    """Payments, as corrected, and what stayed of them, the greatest first."""
    return _figures(
        db,
        f"SELECT {_METHOD}, {_NAME}, count(*), sum(p.amount_gr - {CHANGE})"
        f" {_from(where, _AS_CORRECTED)} GROUP BY 1, 2 ORDER BY 4 DESC, 2",
        where,
    )


def by_product(db: sqlite3.Connection, where: Where) -> list[Figure]:
    """Sold lines, quantities and amounts, the greatest first; names are the newest sold."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    names: dict[str, tuple[str, str]] = {}
    whole = (
        f"SELECT l.product, l.name, l.unit, count(*), sum(l.qty_milli), sum({_GROSS})"
        f" {_from(where, 'receipt_line l USING (rid)')}"
        " AND r.discount_gr = 0 AND l.is_void = 0 GROUP BY l.product, l.name, l.unit"
    )
    rows = [*db.execute(whole, where.values), *_discounted(db, where)]
    for product, name, unit, count, qty_milli, gross_gr in rows:
        names[product] = name, unit
        for no, figure in enumerate((count, qty_milli, gross_gr)):
            sums[product][no] += figure
    figures = [
        Figure(product, names[product][0], count, gross_gr, qty_milli, names[product][1])
        for product, (count, qty_milli, gross_gr) in sums.items()
    ]
    return sorted(figures, key=lambda one: (-one.gross_gr, one.name))


def _discounted(
    db: sqlite3.Connection, where: Where
) -> Iterable[tuple[str, str, str, int, int, int]]:
    """Lines of receipts with a discount on the whole, each with its part of it off."""
    lines = db.execute(
        f"SELECT r.rid, r.totals_gr, l.vat, l.product, l.name, l.unit, l.qty_milli, {_GROSS}"
        f" {_from(where, 'receipt_line l USING (rid)')}"
        " AND r.discount_gr <> 0 AND l.is_void = 0 ORDER BY r.rid, l.no",
        where.values,
    )
    letters: dict[tuple[str, str], list[tuple[str, str, str, int, int]]] = defaultdict(list)
    totals: dict[str, Seven] = {}
    for rid, totals_gr, vat, *line in lines:
        if rid not in totals:
            totals[rid] = msgspec.json.decode(totals_gr, type=Seven)
        letters[rid, vat].append(tuple(line))
    for (rid, vat), those in letters.items():
        parts = shared(totals[rid][VAT_LETTERS.index(vat)], [line[-1] for line in those])
        for (product, name, unit, qty_milli, _gross_gr), part in zip(those, parts, strict=True):
            yield product, name, unit, 1, qty_milli, part


def shared(total_gr: int, parts_gr: list[int]) -> list[int]:
    """``total_gr`` over parts in their proportion; what rounding leaves is carried to the next."""
    whole, done, seen, result = sum(parts_gr), 0, 0, []
    for part in parts_gr:
        seen += part
        upto = total_gr * seen // whole if whole else 0
        result.append(upto - done)
        done = upto
    return result


def _from(where: Where, parts: str = "") -> str:
    joined = f" JOIN {parts}" if parts else ""
    return f"FROM receipt r{joined} WHERE r.state = 'FISCAL' AND {where.condition}"


def _figures(db: sqlite3.Connection, query: str, where: Where) -> list[Figure]:
    return [Figure(*row) for row in db.execute(query, where.values)]
