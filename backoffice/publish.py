"""Puts and removes rows of the data sets and gives tills what changed. No HTTP, no roles.

Each change gets the next revision of its set in its shop. A row keeps its place under its id and
carries the revision of its last change, a removed one as a tombstone; so whoever applies the pages
in turn ends with exactly the living rows, even when rows change between two pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from backoffice import neighbours
from backoffice.crosscheck import NEEDS_TO_REMOVE, faults
from backoffice.errors import BadRequest, BadRows, NotFound, RowChanged, RowFault
from backoffice.reasons import Reason
from backoffice.rows import FieldFault, Row, read_row, row_type
from backoffice.store import data_rows
from terminal.i18n import gettext_noop as _
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from backoffice.crosscheck_goods import Live


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change did; rows that were so already count as taken, not as changed."""

    revision: int
    taken: int
    changed: int
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows that may be put, and what is wrong with others.

    ``bodies`` are those of rows that would change, ``before`` what they are now, None where there
    is nothing. ``taken`` also counts those that are so already.
    """

    taken: int
    bodies: dict[str, str]
    before: dict[str, str | None]
    wrong: tuple[RowFault, ...]


def put(
    connection: Connection,
    name: str,
    shop: str,
    raws: Sequence[object],
    *,
    take_good: bool = False,
    expected: Mapping[str, int] | None = None,
) -> Outcome:
    """Add or replace rows, all or none; with ``take_good`` those without a fault.

    ``expected`` is the revision of each row that the editor saw, 0 for one that must not be there.
    Raises ``RowChanged`` when it is another by now, ``BadRows`` with every fault found,
    ``NotFound`` for an unknown set.
    """
    row_type(name)
    data_rows.lock(connection, name, shop)
    for row_id, revision in (expected or {}).items():
        _must_be(connection, name, shop, row_id, revision)
    judged = judge(connection, name, shop, raws, take_good=take_good)
    if judged.wrong and not take_good:
        raise BadRows(list(judged.wrong))
    revision = write(connection, name, shop, judged)
    return Outcome(revision, judged.taken, len(judged.bodies), judged.wrong)


def judge(
    connection: Connection,
    name: str,
    shop: str,
    raws: Sequence[object],
    *,
    gone: Sequence[str] = (),
    take_good: bool = False,
) -> Judged:
    """What putting rows, and removing those with the ids ``gone``, would do; writes nothing."""
    wrong: list[RowFault] = []
    fresh = _read(name, raws, wrong)
    more = NEEDS_TO_REMOVE.get(name, ()) if gone else ()
    live = neighbours.live(connection, name, shop, list(fresh.values()), more, gone)
    old = dict(live[name])
    for row_id in gone:
        live[name].pop(row_id, None)
    misfits = _misfits(name, live, fresh, gone)
    wrong += misfits
    while take_good and misfits:
        # Without the bad rows others may lose what they refer to: judge what is left again.
        for fault in misfits:
            fresh.pop(fault.index, None)
        misfits = _misfits(name, live, fresh, gone)
        wrong += misfits
    wrong.sort(key=lambda fault: fault.index)
    other = [row for row in fresh.values() if old.get(row.id) != row]
    bodies = {row.id: wire.canonical(row) for row in other}
    before = {row.id: wire.canonical(old[row.id]) if row.id in old else None for row in other}
    return Judged(len(fresh), bodies, before, tuple(wrong))


def write(connection: Connection, name: str, shop: str, judged: Judged) -> int:
    """Write rows that were judged in this transaction; the newest revision."""
    fresh = {row_id for row_id, body in judged.before.items() if body is None}
    return data_rows.store(connection, name, shop, judged.bodies, fresh)


def replace(
    connection: Connection, name: str, shop: str, raws: Sequence[object], gone: Sequence[str]
) -> None:
    """Remove the rows ``gone`` and put others, all or none; raises ``BadRows``."""
    row_type(name)
    data_rows.lock(connection, name, shop)
    judged = judge(connection, name, shop, raws, gone=gone)
    if judged.wrong:
        raise BadRows(list(judged.wrong))
    data_rows.bury_all(connection, name, shop, gone)
    write(connection, name, shop, judged)


def merge(
    connection: Connection, name: str, shop: str, row_id: str, fields: dict[str, object]
) -> Outcome:
    """Change some fields of a row; a row that is not there is made of them alone."""
    row_type(name)
    data_rows.lock(connection, name, shop)
    body = data_rows.body_of(connection, name, shop, row_id)
    old = msgspec.json.decode(body) if body else {}
    return put(connection, name, shop, [{**old, **fields, "id": row_id}])


def remove(
    connection: Connection, name: str, shop: str, row_id: str, *, expected: int | None = None
) -> Outcome:
    """Take a row off the tills; raises ``NotFound``, or ``BadRows`` while another row needs it.

    With the revision ``expected`` of another one it raises ``RowChanged``.
    """
    row_type(name)
    data_rows.lock(connection, name, shop)
    if expected is not None:
        _must_be(connection, name, shop, row_id, expected)
    if data_rows.body_of(connection, name, shop, row_id) is None:
        raise NotFound(detail=f"{name} has no row {row_id!r}")
    judged = judge(connection, name, shop, (), gone=[row_id])
    if judged.wrong:
        raise BadRows(list(judged.wrong))
    return Outcome(data_rows.bury(connection, name, shop, row_id), 1, 1)


def revision_of(connection: Connection, name: str, shop: str, row_id: str) -> int:
    """Revision of a living row, 0 when there is none."""
    row_type(name)
    return data_rows.revision_of_row(connection, name, shop, row_id)


def page(connection: Connection, name: str, shop: str, since: int, limit: int) -> wire.SetPage:
    """Changes after revision ``since``, oldest first, at most ``limit`` of them.

    A ``since`` that this office never gave (it was restored from a backup) starts over from 0,
    and the answer says so.
    """
    row_type(name)
    if since < 0 or limit < 1:
        raise BadRequest(detail="since starts at 0 and limit at 1")
    limit = min(limit, wire.PAGE_ROWS_MAX)
    counter = data_rows.counters(connection, shop).get(name, data_rows.Counter())
    newest = counter.revision
    start = since if since <= newest else 0
    found = data_rows.changes(connection, name, shop, start, limit + 1)
    more = len(found) > limit
    shown = found[:limit]
    return wire.SetPage(
        name=name,
        since=start,
        to=shown[-1].revision if more else newest,
        more=more,
        rows=[msgspec.Raw(row.body.encode()) for row in shown if not row.is_removed],
        removed=[row.id for row in shown if row.is_removed],
        digest="" if more else counter.digest,
    )


def states(connection: Connection, shop: str) -> list[wire.SetState]:
    """How far every set has come, in the order of ``wire.SETS``."""
    known = data_rows.counters(connection, shop)
    found = ((name, known.get(name, data_rows.Counter())) for name in wire.SETS)
    return [wire.SetState(name, it.revision, it.rows, it.digest) for name, it in found]


def living(
    connection: Connection, name: str, shop: str, after: str, limit: int
) -> list[msgspec.Raw]:
    """Living rows in the order of their ids, those after id ``after``."""
    row_type(name)
    bodies = data_rows.living(connection, name, shop, after, min(limit, wire.PAGE_ROWS_MAX))
    return [msgspec.Raw(body.encode()) for body in bodies]


def one(connection: Connection, name: str, shop: str, row_id: str) -> msgspec.Raw:
    """One living row; raises ``NotFound``."""
    row_type(name)
    body = data_rows.body_of(connection, name, shop, row_id)
    if body is None:
        raise NotFound(detail=f"{name} has no row {row_id!r}")
    return msgspec.Raw(body.encode())


def _must_be(connection: Connection, name: str, shop: str, row_id: str, revision: int) -> None:
    now = data_rows.revision_of_row(connection, name, shop, row_id)
    if now != revision:
        body = data_rows.body_of(connection, name, shop, row_id)
        raise RowChanged(row_id, now, msgspec.json.decode(body) if body else None)


def _read(name: str, raws: Sequence[object], wrong: list[RowFault]) -> dict[int, Row]:
    """The rows that can be read, by their place in the request; the others go to ``wrong``."""
    fresh: dict[int, Row] = {}
    places: dict[str, int] = {}
    for index, raw in enumerate(raws):
        row = read_row(name, raw)
        if isinstance(row, FieldFault):
            named = raw.get("id") if isinstance(raw, dict) else None
            row_id = named if isinstance(named, str) else ""
            wrong.append(RowFault(index, row_id, row.path, row.reason))
        elif places.setdefault(row.id, index) != index:
            reason = Reason(_("row {number} has the same id"), number=places[row.id] + 1)
            wrong.append(RowFault(index, row.id, "$.id", reason))
        else:
            fresh[index] = row
    return fresh


def _misfits(name: str, live: Live, fresh: dict[int, Row], gone: Sequence[str]) -> list[RowFault]:
    after = {**live, name: {**live[name], **{row.id: row for row in fresh.values()}}}
    places = {row_id: len(fresh) + place for place, row_id in enumerate(gone)}
    places |= {row.id: index for index, row in fresh.items()}
    return [
        RowFault(places[row_id], row_id, fault.path, fault.reason)
        for row_id, fault in faults(name, after, places)
    ]
