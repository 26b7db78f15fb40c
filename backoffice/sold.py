"""A sale of the company and what became of it, for whatever till and page asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select, tuple_

from backoffice.errors import NotFound
from backoffice.store.tables import journal_entry, receipt, register_entry, verdict
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, FromClause, Table

CORRECTION = "correction"
_PLACE = ("terminal", "epoch", "seq")


def by_code(connection: Connection, code: str) -> wire.SoldAnswer:
    """The receipt with this bar code; raises ``NotFound``."""
    chosen = (
        select(journal_entry.c.rid, journal_entry.c.body)
        .select_from(receipt.join(journal_entry, _same_place(receipt, journal_entry)))
        .where(receipt.c.code == code)
        .order_by(receipt.c.id.desc())
        .limit(1)
    )
    row = connection.execute(chosen).first() if code else None
    if row is None:
        raise NotFound(detail=f"no receipt with the code {code!r}")
    bodies = after(connection, row.rid)
    return wire.SoldAnswer(
        row.body,
        [body for entry, body in bodies if entry != CORRECTION],
        [body for entry, body in bodies if entry == CORRECTION],
    )


def after(
    connection: Connection, rid: str, *, before: tuple[str, int, int] | None = None
) -> list[tuple[str, str]]:
    """Kind and body of each accepted entry on receipt ``rid``, oldest first.

    ``before`` is a place: nothing of its terminal from there on counts.
    """
    places = register_entry.join(verdict, _same_place(register_entry, verdict)).join(
        journal_entry, _same_place(register_entry, journal_entry)
    )
    columns = register_entry.c
    chosen = (
        select(columns.entry, journal_entry.c.body)
        .select_from(places)
        .where(columns.receipt == rid, verdict.c.is_accepted.is_(True))
        .order_by(columns.id)
    )
    if before is not None:
        terminal, epoch, seq = before
        is_older = tuple_(columns.epoch, columns.seq) < tuple_(epoch, seq)
        chosen = chosen.where((columns.terminal != terminal) | is_older)
    return [(row.entry, row.body) for row in connection.execute(chosen)]


def receipt_body(connection: Connection, rid: str) -> str | None:
    """The receipt ``rid``; it stays locked until the transaction ends.

    So two tills that take back of one receipt at the same time are judged one after the other.
    """
    chosen = (
        select(journal_entry.c.body)
        .where(journal_entry.c.rid == rid, journal_entry.c.kind == "receipt")
        .with_for_update()
    )
    body: str | None = connection.scalar(chosen)
    return body


def _same_place(one: Table | FromClause, other: Table) -> ColumnElement[Any]:
    return and_(*(one.c[name] == other.c[name] for name in _PLACE))
