"""Which rows an import looks at next: object by object, shop by shop, oldest change first.

Reads only. What waited comes first, then what changed since the mark; a job that is whole begins at
the first row instead and so meets everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, select

from backoffice.exchange import channels, unsent
from backoffice.exchange.unsent import SETS, Changed
from backoffice.jobs.work import FIRST
from backoffice.store import data_rows
from backoffice.store.tables import data_row, exchange_unsent
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from backoffice.jobs.work import Job

ROWS_MAX = 1000
# Of bodies and files of one step: what a power cut has sent again.
BYTES_MAX = 16 * 1024 * 1024


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a job stands, and how many rows it had before it when it began; its cursor as JSON."""

    object: str
    shop: str
    total: int
    is_left: bool = False
    after: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to look at; ``reached`` is the revision up to which all are known then, 0 for none.

    ``gone`` are ids of rows that waited, and were removed meanwhile.
    """

    place: Place
    rows: list[Changed]
    next: Place | None
    reached: int = 0
    gone: list[str] = field(default_factory=list)

    @property
    def set_name(self) -> str:
        """The data set of the rows."""
        return SETS[self.place.object]


def cursor_of(place: Place | None) -> str | None:
    """The word by which a step is begun at a place."""
    return None if place is None else msgspec.json.encode(place).decode()


def read(connection: Connection, job: Job, cursor: str) -> Batch | None:
    """The next rows from a cursor on; nothing at the end."""
    place = _first(connection, job) if cursor == FIRST else _place(cursor)
    while place is not None:
        batch = (_left if place.is_left else _changed)(connection, job, place)
        if batch.rows or batch.gone:
            return batch
        place = batch.next
    return None


def ahead(connection: Connection, job: Job, name: str, shop: str) -> int:
    """How many living rows of a shop an import looks at."""
    since = _since(connection, job, name, shop)
    ours = (
        data_row.c.set_name == SETS[name],
        data_row.c.shop == shop,
        data_row.c.is_removed.is_(False),
    )
    chosen = select(func.count()).select_from(data_row).where(*ours)
    fresh = connection.scalar(chosen.where(data_row.c.revision > since)) or 0
    if job.is_whole:
        return fresh
    waiting = chosen.where(
        data_row.c.revision <= since,
        data_row.c.id == exchange_unsent.c.id,
        *unsent.again(job.channel, SETS[name], shop),
    )
    return fresh + (connection.scalar(waiting) or 0)


def legs(connection: Connection, job: Job, only: str = "") -> list[tuple[str, str]]:
    """Objects and shops in the order in which references need them; those of one object."""
    shops = sorted(channels.shops_of(connection, job.channel))
    names = [name for name in SETS if name in job.what and only in {"", name}]
    return [(name, shop) for name in names for shop in shops]


def every(connection: Connection, job: Job, name: str, shop: str) -> Iterator[list[Changed]]:
    """All rows of a leg, some at a time."""
    place: Place | None = _begin(connection, job, name, shop, 0)
    while place is not None and (place.object, place.shop) == (name, shop):
        batch = (_left if place.is_left else _changed)(connection, job, place)
        if batch.rows:
            yield batch.rows
        place = batch.next


def _first(connection: Connection, job: Job) -> Place | None:
    found = legs(connection, job)
    total = sum(ahead(connection, job, name, shop) for name, shop in found)
    return _begin(connection, job, *found[0], total) if found else None


def _place(cursor: str) -> Place:
    return msgspec.json.decode(cursor, type=Place)


def _begin(connection: Connection, job: Job, name: str, shop: str, total: int) -> Place:
    since = _since(connection, job, name, shop)
    return Place(name, shop, total, is_left=not job.is_whole, revision=since)


def _since(connection: Connection, job: Job, name: str, shop: str) -> int:
    return 0 if job.is_whole else unsent.mark_of(connection, job.channel, name, shop)


def _following(connection: Connection, job: Job, place: Place) -> Place | None:
    """The beginning of the next leg; shops may have come or gone since the job began."""
    order = list(SETS)
    here = order.index(place.object), place.shop
    for name, shop in legs(connection, job):
        if (order.index(name), shop) > here:
            return _begin(connection, job, name, shop, place.total)
    return None


def _left(connection: Connection, job: Job, place: Place) -> Batch:
    set_name = SETS[place.object]
    ids = unsent.left(connection, job.channel, set_name, place.shop, place.after, ROWS_MAX)
    living = unsent.rows_of(connection, set_name, place.shop, ids)
    there = {row.id for row in living}
    gone = [row_id for row_id in ids if row_id not in there]
    # Those that changed since are among what changed.
    old = [row for row in living if row.revision <= place.revision]
    rows = _cut(old)
    if len(rows) < len(old):
        return Batch(place, rows, msgspec.structs.replace(place, after=rows[-1].id))
    if len(ids) < ROWS_MAX:
        following = msgspec.structs.replace(place, is_left=False, after="")
        return Batch(place, rows, following, gone=gone)
    return Batch(place, rows, msgspec.structs.replace(place, after=ids[-1]), gone=gone)


def _changed(connection: Connection, job: Job, place: Place) -> Batch:
    set_name, since = SETS[place.object], place.revision
    found = data_rows.changes(connection, set_name, place.shop, since, ROWS_MAX)
    living = [Changed(row.id, row.revision, row.body) for row in found if not row.is_removed]
    rows = _cut(living)
    is_cut = len(rows) < len(living)
    reached = rows[-1].revision if is_cut else (found[-1].revision if found else 0)
    if not is_cut and len(found) < ROWS_MAX:
        return Batch(place, rows, _following(connection, job, place), reached)
    following = msgspec.structs.replace(place, revision=reached)
    return Batch(place, rows, following, reached)


def _cut(rows: list[Changed]) -> list[Changed]:
    """As many of the first rows as one step may carry, at least one."""
    weight = 0
    for place, row in enumerate(rows):
        weight += len(row.body) + _file_bytes(row)
        if place and weight > BYTES_MAX:
            return rows[:place]
    return rows


def _file_bytes(row: Changed) -> int:
    if '"sha256":"' not in row.body:
        return 0
    try:
        return msgspec.json.decode(row.body, type=wire.Attachment).size
    except msgspec.MsgspecError:
        return 0
