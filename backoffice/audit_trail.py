"""Reads the audit: who changed what, filtered by person, shop, kind and day. Only reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backoffice.moments import ZONE, stamp
from backoffice.store.tables import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Row

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; empty is any. Days are those of the shops, both included."""

    name: str = ""
    shop: str = ""
    act: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """Lines from the newest on; ``older`` is the ``before`` of the next page, 0 at the end."""

    rows: Sequence[Row[Any]]
    older: int


def lines(connection: Connection, asked: Asked, before: int = 0, limit: int = PAGE_ROWS) -> Trail:
    """Lines that fit, newest first; ``before`` is the number of a line, 0 starts at the newest."""
    chosen = select(audit).where(*_conditions(asked))
    if before > 0:
        chosen = chosen.where(audit.c.id < before)
    rows = connection.execute(chosen.order_by(audit.c.id.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    return Trail(shown, shown[-1].id if len(rows) > limit else 0)


def line(connection: Connection, number: int) -> Row[Any] | None:
    """One line."""
    return connection.execute(select(audit).where(audit.c.id == number)).first()


def people(connection: Connection) -> list[str]:
    """Names that stand in the audit."""
    return _distinct(connection, audit.c.name)


def acts(connection: Connection) -> list[str]:
    """Kinds of lines that stand in it."""
    return _distinct(connection, audit.c.act)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found = [
        column == wanted
        for column, wanted in (
            (audit.c.name, asked.name),
            (audit.c.shop, asked.shop),
            (audit.c.act, asked.act),
        )
        if wanted
    ]
    if asked.first_day:
        found.append(audit.c.at >= _midnight(asked.first_day))
    if asked.last_day:
        found.append(audit.c.at < _midnight(asked.last_day + timedelta(days=1)))
    return found


def _midnight(day: date) -> str:
    return stamp(datetime.combine(day, time_of_day(), ZONE))


def _distinct(connection: Connection, column: Any) -> list[str]:  # noqa: ANN401 (a column)
    chosen = select(column).distinct().order_by(column)
    return [text for text in connection.scalars(chosen) if text]
