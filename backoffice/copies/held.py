"""Reads all of an office's database and says what it holds. Changes nothing.

A row that is missing in the middle breaks the chain of its till, or the digest of its data set.
Only columns that the first schema had are read, so that a copy of any age can be judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from backoffice.copies.faults import BadCopy
from backoffice.store.tables import data_row, journal_entry, set_revision
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

# At a time: there may be millions.
_FEW = {"yield_per": 2000}


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in a database: its schema, documents and rows of data sets, the last that came."""

    schema: str
    documents: int
    rows: int
    last_at: str


def held(connection: Connection) -> Held:
    """All of it, read; ``connection`` sees every company. Raises ``BadCopy`` for what is damaged.

    The schema's number is told, not judged.
    """
    try:
        schema = connection.scalar(text("SELECT version_num FROM alembic_version"))
        last_at = connection.scalar(select(func.max(journal_entry.c.received_at)))
        return Held(str(schema), _documents(connection), _rows(connection), last_at or "")
    except SQLAlchemyError as error:
        raise BadCopy(detail=f"it is no database of an office: {error.__cause__}") from error


def _documents(connection: Connection) -> int:
    """Their number; each chain is whole from its beginning."""
    columns = journal_entry.c
    names = ("company", "terminal", "epoch", "seq", "prev", "hash", "body")
    chosen = select(*(columns[name] for name in names)).order_by(
        columns.company, columns.terminal, columns.epoch, columns.seq
    )
    at: tuple[str, str, int] | None = None
    last, head, count = 0, wire.GENESIS, 0
    with connection.execute(chosen, execution_options=_FEW) as found:
        for company, terminal, epoch, seq, prev, digest, body in found:
            if at != (company, terminal, epoch):
                at, last, head = (company, terminal, epoch), 0, wire.GENESIS
            if seq != last + 1 or prev != head or digest != wire.chain_hash(prev, body):
                raise BadCopy(detail=f"the journal of {terminal} breaks at {epoch}/{seq}")
            last, head, count = seq, digest, count + 1
    return count


def _rows(connection: Connection) -> int:
    """The number of living rows; each set has as many as it counts, and their digest."""
    columns = data_row.c
    place = (columns.company, columns.shop, columns.set_name)
    chosen = select(*place, columns.id, columns.body).where(columns.is_removed.is_(False))
    counts: dict[tuple[str, str, str], tuple[int, str]] = {}
    for company, shop, name, row_id, body in connection.execute(chosen, execution_options=_FEW):
        number, digest = counts.get((company, shop, name), (0, wire.EMPTY))
        turned = wire.turned(digest, wire.row_number(row_id, body))
        counts[company, shop, name] = (number + 1, turned)
    told = set_revision.c
    names = (told.company, told.shop, told.set_name, told.rows, told.digest)
    for counted in connection.execute(select(*names)):
        key = (counted.company, counted.shop, counted.set_name)
        if counts.get(key, (0, wire.EMPTY)) != (counted.rows, counted.digest):
            raise BadCopy(detail=f"rows of {counted.set_name} of {counted.shop} are missing")
    return sum(number for number, _ in counts.values())
