"""What was sold, summed by whatever an owner asks for. Only reads.

Bills are in no sum: their money counts with the receipt that makes them good. What was taken back
has figures of its own and is not subtracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec
from sqlalchemy import and_, case, func, literal, select, true

from backoffice.sale_rows import BACK, SOLD
from backoffice.store import data_rows
from backoffice.store.tables import sale, sale_payment, sold_line
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table

By = Literal["day", "hour", "shop", "terminal", "operator", "product", "category", "payment", "vat"]
BYS: tuple[By, ...] = get_args(By)
# Several shops may have these in common.
_SHARED = frozenset({"product", "category", "payment"})


@dataclass(frozen=True, slots=True)
class Total:
    """What lies under one ``key``: sales, and apart from them what was taken back.

    ``qty_milli`` is there only where goods are summed. ``label`` is for people: the key itself
    where nobody gave it a name, and empty for goods without a category.
    """

    key: str
    label: str
    receipts: int
    qty_milli: int
    gross_gr: int
    returns: int = 0
    returned_gr: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """One way to sum: out of which table, by which columns, which amounts."""

    table: Table
    document: Column[str]
    amount: Column[int]
    group: tuple[Column[Any], ...]
    name: Column[str] | None = None
    quantity: Column[int] | None = None


_LINES = (sold_line, sold_line.c.sale, sold_line.c.gross_gr)
_PAYMENTS = (sale_payment, sale_payment.c.sale, sale_payment.c.amount_gr)
_QTY = sold_line.c.qty_milli
_ASKED: dict[str, _Asked] = {
    **{
        by: _Asked(sale, sale.c.rid, sale.c.total_gr, (sale.c[by],))
        for by in ("day", "hour", "shop", "terminal")
    },
    "operator": _Asked(sale, sale.c.rid, sale.c.total_gr, (sale.c.shop, sale.c.operator)),
    "product": _Asked(*_LINES, (sold_line.c.shop, sold_line.c.product), sold_line.c.name, _QTY),
    "category": _Asked(*_LINES, (sold_line.c.shop, sold_line.c.category), None, _QTY),
    "vat": _Asked(*_LINES, (sold_line.c.vat,), None, _QTY),
    "payment": _Asked(
        *_PAYMENTS, (sale_payment.c.shop, sale_payment.c.method), sale_payment.c.name
    ),
}


def totals(
    connection: Connection, shops: Collection[str] | None, first_day: str, last_day: str, by: By
) -> list[Total]:
    """Sums of ``shops`` (None: all) over the days, both included.

    By days and hours in their order, all else by what it brought, the most first.
    """
    asked = _ASKED[by]
    rows = connection.execute(_chosen(asked, shops, first_day, last_day)).all()
    said = _said(connection, rows, by)
    found = [_total(row, key, label) for row, (key, label) in zip(rows, said, strict=True)]
    if by in _SHARED:
        found = _joined(found)
    if by in {"day", "hour"}:
        return sorted(found, key=lambda one: one.key)
    return sorted(found, key=lambda one: (-one.gross_gr, one.key))


def whole(
    connection: Connection, shops: Collection[str] | None, first_day: str, last_day: str
) -> Total:
    """Everything sold in the days in one sum."""
    days = totals(connection, shops, first_day, last_day, "day")
    return Total(
        "",
        "",
        sum(one.receipts for one in days),
        0,
        sum(one.gross_gr for one in days),
        sum(one.returns for one in days),
        sum(one.returned_gr for one in days),
    )


def _chosen(
    asked: _Asked, shops: Collection[str] | None, first_day: str, last_day: str
) -> Select[Any]:
    columns = asked.table.c
    label = func.max(columns.day + asked.name) if asked.name is not None else literal("")
    quantity = asked.quantity if asked.quantity is not None else literal(0)
    chosen = (
        select(
            asked.group[0].label("owner"),
            asked.group[-1].label("key"),
            label.label("label"),
            _count(asked, SOLD).label("receipts"),
            _sum(asked, SOLD, quantity).label("qty_milli"),
            _sum(asked, SOLD, asked.amount).label("gross_gr"),
            _count(asked, BACK).label("returns"),
            _sum(asked, BACK, asked.amount).label("returned_gr"),
        )
        .where(columns.day.between(first_day, last_day), _counts(asked.table))
        .group_by(*asked.group)
    )
    return chosen if shops is None else chosen.where(columns.shop.in_(sorted(shops)))


def _counts(table: Table) -> ColumnElement[bool]:
    """Lines and payments are kept only of what counts."""
    if table is not sale:
        return true()
    return and_(sale.c.is_accepted.is_(True), sale.c.part.in_((SOLD, BACK)))


def _count(asked: _Asked, part: str) -> ColumnElement[int]:
    only = case((asked.table.c.part == part, asked.document))
    return func.count(only if asked.table is sale else only.distinct())


def _sum(asked: _Asked, part: str, amount: Any) -> ColumnElement[int]:  # noqa: ANN401 (a column)
    return func.sum(case((asked.table.c.part == part, amount), else_=0))


def _total(row: Row[Any], key: str, label: str) -> Total:
    # PostgreSQL sums whole numbers to decimals.
    return Total(
        key,
        label,
        row.receipts,
        int(row.qty_milli),
        int(row.gross_gr),
        row.returns,
        int(row.returned_gr),
    )


def _joined(found: Iterable[Total]) -> list[Total]:
    """Shops that call the same thing by the same id and name have it in common."""
    sums: dict[tuple[str, str], Total] = {}
    for one in found:
        other = sums.get((one.key, one.label), Total(one.key, one.label, 0, 0, 0))
        sums[one.key, one.label] = Total(
            one.key,
            one.label,
            one.receipts + other.receipts,
            one.qty_milli + other.qty_milli,
            one.gross_gr + other.gross_gr,
            one.returns + other.returns,
            one.returned_gr + other.returned_gr,
        )
    return list(sums.values())


def _said(connection: Connection, rows: Sequence[Row[Any]], by: By) -> Iterator[tuple[str, str]]:
    """Key and label of each row."""
    names: dict[tuple[str, str], str] = {}
    if by in _NAMES:
        shops = sorted({row.owner for row in rows})
        names = {(shop, key): name for shop in shops for key, name in _NAMES[by](connection, shop)}
    for row in rows:
        match by:
            case "hour":
                yield f"{row.key:02d}", f"{row.key:02d}:00"
            case "operator":
                yield f"{row.owner}/{row.key}", names.get((row.owner, row.key)) or row.key
            case "product" | "payment":
                # The latest name: days sort before names, and take ten letters.
                yield row.key, row.label[10:]
            case _:
                yield row.key, names.get((row.owner, row.key)) or row.key


def _shops(connection: Connection, shop: str) -> Iterator[tuple[str, str]]:
    for body in data_rows.living(connection, "shop", shop):
        yield shop, msgspec.json.decode(body, type=wire.Shop).name


def _operators(connection: Connection, shop: str) -> Iterator[tuple[str, str]]:
    people = [
        msgspec.json.decode(body, type=wire.User)
        for body in data_rows.living(connection, "users", shop)
    ]
    yield from ((one.identifier, one.name) for one in people)
    yield from ((one.id, one.name) for one in people)


def _categories(connection: Connection, shop: str) -> Iterator[tuple[str, str]]:
    for body in data_rows.living(connection, "categories", shop):
        one = msgspec.json.decode(body, type=wire.Category)
        yield one.id, one.name


_NAMES: dict[str, Callable[[Connection, str], Iterator[tuple[str, str]]]] = {
    "shop": _shops,
    "operator": _operators,
    "category": _categories,
}
