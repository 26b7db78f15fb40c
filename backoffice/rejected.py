"""Documents that the office stored and rejected: lists them, and judges them again.

A verdict is the opinion of the program that gave it. A newer one may know better, and then the
document is counted where it always stood; the till hears of it with its next push.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select, update

from backoffice import persons, sale_records
from backoffice.errors import NotFound
from backoffice.field import taking
from backoffice.history import TillHistory
from backoffice.judge import judge
from backoffice.moments import stamp
from backoffice.projection import projection
from backoffice.sale_rows import Filed
from backoffice.store.tables import journal_entry, verdict
from backoffice.store.upsert import insert_if_absent
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select

_PLACE = ("terminal", "epoch", "seq")


def rejected(connection: Connection, limit: int) -> list[tuple[Any, ...]]:
    """Rejected documents with the reasons, the newest first."""
    return [tuple(row) for row in connection.execute(_rejected().limit(limit))]


def every(connection: Connection) -> Iterator[Row[Any]]:
    """All of them, never many in memory."""
    yield from connection.execute(_rejected(), execution_options={"yield_per": 1000})


def _rejected() -> Select[Any]:
    documents = journal_entry.join(
        verdict, and_(*(journal_entry.c[name] == verdict.c[name] for name in _PLACE))
    )
    columns = journal_entry.c
    return (
        select(
            *(columns.terminal, columns.epoch, columns.seq, columns.rid, columns.kind),
            *(columns.received_at, verdict.c.reason),
        )
        .select_from(documents)
        .where(verdict.c.is_accepted.is_(False))
        .order_by(columns.received_at.desc(), columns.seq.desc())
    )


def judge_again(
    connection: Connection, terminal: str, epoch: int, seq: int, moment: datetime
) -> wire.Verdict:
    """Judge one stored document by what was known before it; raises ``NotFound``."""
    columns = journal_entry.c
    chosen = select(columns.seq, columns.rid, columns.prev, columns.hash, columns.body)
    chosen = chosen.add_columns(columns.received_at)
    place = {"terminal": terminal, "epoch": epoch, "seq": seq}
    row = None
    if 1 <= epoch <= wire.EPOCH_MAX and 1 <= seq <= wire.NUMBER_MAX:
        row = connection.execute(chosen.where(_at(journal_entry, place))).first()
    if row is None:
        raise NotFound(detail=f"no document {terminal}/{epoch}/{seq}")
    history = TillHistory(connection, terminal, epoch, before=seq)
    told = persons.told(connection, [row.rid]).get(row.rid, "")
    judged = judge(wire.Entry(*row[:5], told), terminal, history)
    opinion = {"is_accepted": judged.is_accepted, "reason": judged.reason}
    connection.execute(
        update(verdict).where(_at(verdict, place)).values(**opinion, judged_at=stamp(moment))
    )
    where = Filed(terminal, epoch, seq, row.rid, judged.is_accepted, row.received_at)
    taking.take(connection, where, judged.document)
    for table, values in projection(seq, judged.document):
        insert_if_absent(connection, table, {**place, **values})
    sale_records.count_again(connection, row.rid)
    if isinstance(judged.document, wire.CorrectionDoc):
        sale_records.count_again(connection, judged.document.receipt)
    return wire.Verdict(seq, judged.is_accepted, judged.reason, epoch)


def _at(table: Any, place: dict[str, Any]) -> ColumnElement[bool]:  # noqa: ANN401 - either table
    return and_(*(table.c[name] == value for name, value in place.items()))
