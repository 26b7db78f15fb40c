"""What the pages list, read from the database by key, a page at a time.

``terminals`` are those that whoever asks may see, ``None`` for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Table, and_, select

from backoffice import persons
from backoffice.errors import NotFound
from backoffice.store import data_rows
from backoffice.store.tables import (
    alarm,
    journal_entry,
    receipt,
    terminal,
    verdict,
)
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row

    Terminals = Collection[str] | None

PAGE_ROWS = 50
ALARMS_MAX = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows from the newest on; ``older`` is the key of the next page, 0 at the end."""

    rows: Sequence[Row[Any]]
    older: int


def receipts(connection: Connection, terminals: Terminals, before: int) -> Listed:
    """Receipts with their verdicts, newest first; ``before`` 0 starts at the newest."""
    return _newest(connection, receipt, terminals, before)


def receipt_of(
    connection: Connection, row_id: int
) -> tuple[Row[Any], wire.ReceiptDoc | wire.BillDoc]:
    """A receipt or a bill as listed, and its document; raises ``NotFound``."""
    chosen = select(
        receipt, verdict.c.is_accepted, verdict.c.reason, journal_entry.c.body
    ).select_from(_with_verdict(receipt).join(journal_entry, _same_place(receipt, journal_entry)))
    row = connection.execute(chosen.where(receipt.c.id == row_id)).first()
    if row is None:
        raise NotFound(detail="no such receipt")
    document = msgspec.json.decode(row.body, type=wire.ReceiptDoc | wire.BillDoc)
    return row, persons.whole(connection, document)


def alarms(connection: Connection, terminals: Terminals) -> Sequence[Row[Any]]:
    """The latest contradictions in the journals."""
    chosen = (
        select(alarm)
        .where(*of_terminals(alarm, terminals))
        .order_by(alarm.c.last_at.desc(), alarm.c.id.desc())
        .limit(ALARMS_MAX)
    )
    return connection.execute(chosen).all()


def operators(connection: Connection) -> dict[tuple[str, str], str]:
    """Name of each operator by terminal and id or identifier; names are not unique to a shop."""
    names: dict[tuple[str, str], str] = {}
    people: dict[str, list[wire.User]] = {}
    for row in connection.execute(select(terminal.c.id, terminal.c.shop)):
        if row.shop not in people:
            bodies = data_rows.living(connection, "users", row.shop)
            people[row.shop] = [msgspec.json.decode(body, type=wire.User) for body in bodies]
        for user in people[row.shop]:
            names.setdefault((row.id, user.identifier), user.name)
        for user in people[row.shop]:
            names[row.id, user.id] = user.name
    return names


def of_terminals(table: Table, terminals: Terminals) -> list[ColumnElement[bool]]:
    """The condition that a row is of one of ``terminals``; none for all of them."""
    return [] if terminals is None else [table.c.terminal.in_(terminals)]


def _newest(connection: Connection, table: Table, terminals: Terminals, before: int) -> Listed:
    chosen = (
        select(table, verdict.c.is_accepted, verdict.c.reason)
        .select_from(_with_verdict(table))
        .where(*of_terminals(table, terminals))
        .order_by(table.c.id.desc())
        .limit(PAGE_ROWS + 1)
    )
    if before > 0:
        chosen = chosen.where(table.c.id < before)
    rows = connection.execute(chosen).all()
    shown = rows[:PAGE_ROWS]
    return Listed(shown, shown[-1].id if len(rows) > PAGE_ROWS else 0)


def _with_verdict(table: Table) -> FromClause:
    return table.join(verdict, _same_place(table, verdict))


def _same_place(one: Table, other: Table) -> Any:  # noqa: ANN401 (a condition in SQL)
    return and_(*(one.c[name] == other.c[name] for name in ("terminal", "epoch", "seq")))
