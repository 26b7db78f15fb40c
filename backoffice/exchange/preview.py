"""What an export would move, told beforehand: reads everything, writes nothing, keeps only ids.

It ends by itself: whoever looked has gone, and the next one, of any company, waits for the place.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from backoffice.exchange import comparing, sources, theirs
from backoffice.exchange.objects import EXPORTS
from backoffice.jobs.work import Count, NotNowError
from backoffice.rows import FieldFault, read_row
from backoffice.store import data_rows
from backoffice.store.engine import reading
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from backoffice.erp.connector import Record
    from backoffice.exchange.sources import Source
    from backoffice.jobs.work import Job
    from backoffice.office import Office

_AT_A_TIME = 2000
# No page is waited for much longer; see ``acts.PREVIEW_MAX_S``.
MAX_S = 15.0


class _Named(msgspec.Struct):
    id: str


_decode_id = msgspec.json.Decoder(_Named).decode


class _Counting:
    """Records that are counted into the shops of a channel."""

    def __init__(self, job: Job, source: Source, object_name: str) -> None:
        self._job, self._source, self._object = job, source, object_name
        self.new = self.changed = self.removed = self.refused = 0
        self.listed: dict[str, set[str]] = {name: set() for name in EXPORTS[object_name]}
        self.is_listed = True

    def add(self, connection: Connection, records: Sequence[Record]) -> None:
        """Count some records."""
        good = []
        for it in records:
            if it.fault or not it.id or it.set_name not in self.listed:
                self.refused += 1
                self.is_listed &= bool(it.id)
            else:
                good.append(it)
        if self._source.connector is not None:
            good = theirs.renamed(connection, self._job.channel, good)
        for name, listed in self.listed.items():
            ours = [it for it in good if it.set_name == name]
            listed.update(it.id for it in ours if not it.is_removed)
            self._count(connection, name, ours)

    def compare(self, connection: Connection) -> None:
        """Count what the list lacks."""
        for name, listed in self.listed.items():
            if not listed or not self.is_listed:
                continue
            gone: set[str] = set()
            for shop in self._source.shops:
                after = ""
                while bodies := data_rows.living(connection, name, shop, after, _AT_A_TIME):
                    ids = [_id_of(body) for body in bodies]
                    gone.update(row_id for row_id in ids if row_id not in listed)
                    after = ids[-1]
            is_linked = self._source.connector is not None
            its = comparing.removable(
                connection, self._job, name, sorted(gone), is_linked=is_linked
            )
            self.removed += len(its)

    def _count(self, connection: Connection, name: str, records: Sequence[Record]) -> None:
        wanted: dict[str, str] = {}
        for it in records:
            row = None if it.is_removed else read_row(name, {**it.body, "id": it.id})
            if isinstance(row, FieldFault):
                self.refused += 1
                continue
            wanted[it.id] = wire.canonical(row) if row is not None else ""
        fates = dict.fromkeys(wanted, "")
        for shop in self._source.shops:
            old = data_rows.bodies_of(connection, name, shop, list(wanted))
            for row_id, body in wanted.items():
                if not body:
                    fates[row_id] = "removed" if row_id in old else fates[row_id]
                elif row_id not in old:
                    fates[row_id] = "new"
                elif old[row_id] != body:
                    fates[row_id] = fates[row_id] or "changed"
        told = list(fates.values())
        self.new += told.count("new")
        self.changed += told.count("changed")
        self.removed += told.count("removed")


def preview(office: Office, job: Job, source: Source) -> list[Count]:
    """A count of each object; of one that its source cannot list now nothing is known."""
    found, until = [], time.monotonic() + MAX_S
    for name in job.what:
        try:
            found.append(_of_object(office, job, source, name, until))
        except NotNowError:
            found.append(Count(name, is_known=False))
    return found


def _of_object(office: Office, job: Job, source: Source, name: str, until: float) -> Count:
    counting = _Counting(job, source, name)
    since = ""
    if not job.is_whole and source.shops:
        with reading(office.engine) as connection:
            since = sources.since(connection, source, job.channel, name, source.shops)
    cursor: str | None = ""
    while cursor is not None:
        if time.monotonic() > until:
            raise NotNowError
        batch = source.reads.read(name, since, cursor)
        with reading(office.engine) as connection:
            counting.add(connection, batch.records)
        cursor = batch.next
    if job.is_whole and not batch.is_changes:
        with reading(office.engine) as connection:
            counting.compare(connection)
    return Count(name, counting.new, counting.changed, counting.removed, counting.refused)


def _id_of(body: str) -> str:
    return _decode_id(body).id
