"""Shifts with what was expected and counted, cash put in and taken out, sums by till and day.

Only reads. A shift is one row, open or closed; one whose closing was rejected is shown and is in no
sum.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from backoffice.store.tables import cash_entry, shift, terminal, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Table

PAGE_ROWS = 50
MOVES_MAX = 50
_PLACE = ("terminal", "epoch", "seq")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which shifts and cash; what is empty or None does not narrow them."""

    shops: frozenset[str] | None = None
    first_day: str = ""
    last_day: str = ""
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class Drawer:
    """What a till's cash came to on one day; ``difference_gr`` of the shifts that were counted."""

    day: str
    terminal: str
    shifts: int
    sold_gr: int
    expected_gr: int
    counted_gr: int
    difference_gr: int
    in_gr: int
    out_gr: int


def shifts(
    connection: Connection, wanted: Wanted, before: int, limit: int = PAGE_ROWS
) -> tuple[Sequence[Row[Any]], int]:
    """Shifts with shop and verdict, newest first; the second is the next page's key, 0 at the end.

    ``before`` 0 starts at the newest. One that was closed is listed by its closing alone.
    """
    chosen = _shifts(connection, wanted).order_by(shift.c.id.desc()).limit(limit + 1)
    if before > 0:
        chosen = chosen.where(shift.c.id < before)
    rows = connection.execute(chosen).all()
    shown = rows[:limit]
    return shown, shown[-1].id if len(rows) > limit else 0


def every_shift(connection: Connection, wanted: Wanted) -> Iterator[Row[Any]]:
    """All of them, never many in memory."""
    chosen = _shifts(connection, wanted).order_by(shift.c.id.desc())
    yield from connection.execute(chosen, execution_options={"yield_per": 1000})


def moves(connection: Connection, wanted: Wanted, limit: int = MOVES_MAX) -> Sequence[Row[Any]]:
    """Cash put in and taken out, the newest first."""
    return connection.execute(_moves(wanted).limit(limit)).all()


def every_move(connection: Connection, wanted: Wanted) -> Iterator[Row[Any]]:
    """All of it, never much in memory."""
    yield from connection.execute(_moves(wanted), execution_options={"yield_per": 1000})


def drawers(connection: Connection, wanted: Wanted) -> list[Drawer]:
    """Sums by day and till, the newest day first."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for chosen in (_closed(wanted), _moved(wanted)):
        for row in connection.execute(chosen):
            day, till, *sums = tuple(row)
            told = row._fields[2:]
            found[day, till].update(zip(told, map(int, sums), strict=True))
    names = [name for name in Drawer.__dataclass_fields__ if name not in {"day", "terminal"}]
    return [
        Drawer(*key, *(found[key][name] for name in names)) for key in sorted(found, reverse=True)
    ]


def _closed(wanted: Wanted) -> Select[Any]:
    """What the shifts of each day and till came to."""
    counted = shift.c.counted_gr.is_not(None)
    day = func.substr(shift.c.closed_at, 1, 10)
    return (
        select(
            day,
            shift.c.terminal,
            func.count().label("shifts"),
            func.sum(shift.c.total_gr).label("sold_gr"),
            func.sum(shift.c.expected_gr).label("expected_gr"),
            func.coalesce(func.sum(shift.c.counted_gr), 0).label("counted_gr"),
            func.coalesce(func.sum(shift.c.difference_gr).filter(counted), 0).label(
                "difference_gr"
            ),
        )
        .select_from(_judged(shift))
        .where(
            *_conditions(wanted, shift, shift.c.closed_at),
            shift.c.closed_at != "",
            verdict.c.is_accepted.is_(True),
        )
        .group_by(day, shift.c.terminal)
    )


def _moved(wanted: Wanted) -> Select[Any]:
    """What was put in and taken out on each day, at each till."""
    day = func.substr(cash_entry.c.at, 1, 10)
    amount = cash_entry.c.amount_gr
    return (
        select(
            day,
            cash_entry.c.terminal,
            func.coalesce(func.sum(amount).filter(amount > 0), 0).label("in_gr"),
            func.coalesce(-func.sum(amount).filter(amount < 0), 0).label("out_gr"),
        )
        .select_from(_judged(cash_entry))
        .where(
            *_conditions(wanted, cash_entry, cash_entry.c.at),
            cash_entry.c.kind == "cash",
            verdict.c.is_accepted.is_(True),
        )
        .group_by(day, cash_entry.c.terminal)
    )


def _shifts(connection: Connection, wanted: Wanted) -> Select[Any]:
    """Openings of shifts that were closed since are left out: their closing tells more."""
    conditions = list(_conditions(wanted, shift, shift.c.opened_at))
    is_closing = shift.c.closed_at != ""
    open_now = _open(connection, wanted)
    return (
        select(shift, terminal.c.shop, verdict.c.is_accepted, verdict.c.reason.label("verdict"))
        .select_from(_judged(shift))
        .where(*conditions, is_closing | shift.c.id.in_(open_now))
    )


def _open(connection: Connection, wanted: Wanted) -> list[int]:
    """Rows of the openings that no closing follows."""
    chosen = (
        select(func.min(shift.c.id))
        .select_from(_judged(shift))
        .where(*_conditions(wanted, shift, shift.c.opened_at))
        .group_by(shift.c.terminal, shift.c.shift)
        .having(func.max(shift.c.closed_at) == "")
    )
    return list(connection.scalars(chosen))


def _moves(wanted: Wanted) -> Select[Any]:
    return (
        select(cash_entry, terminal.c.shop, verdict.c.is_accepted)
        .select_from(_judged(cash_entry))
        .where(*_conditions(wanted, cash_entry, cash_entry.c.at), cash_entry.c.kind == "cash")
        .order_by(cash_entry.c.id.desc())
    )


def _conditions(
    wanted: Wanted, table: Table, at: ColumnElement[str]
) -> Iterator[ColumnElement[bool]]:
    if wanted.shops is not None:
        yield terminal.c.shop.in_(sorted(wanted.shops))
    if wanted.first_day:
        yield at >= wanted.first_day
    if wanted.last_day:
        yield func.substr(at, 1, 10) <= wanted.last_day
    if wanted.terminal:
        yield table.c.terminal == wanted.terminal


def _judged(table: Table) -> FromClause:
    same = and_(*(table.c[name] == verdict.c[name] for name in _PLACE))
    return table.join(verdict, same).join(terminal, terminal.c.id == table.c.terminal)
