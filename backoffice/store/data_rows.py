"""Reads and writes the rows of data sets and their revisions. What a row may say is not known here.

One counter and one digest for each set of each shop: they are advanced inside the transaction that
changes rows, so a reader never sees a revision before its row. So is the table of goods.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from backoffice.store import goods_rows, shop_copy
from backoffice.store.tables import data_row, set_revision
from backoffice.store.upsert import insert_if_absent, upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

IDS_MAX = 1000  # ids in one IN (…)
# What is left of a removed row when a person is forgotten.
ERASED = "{}"
_AT_A_TIME = 2000
# Nobody counts so far one by one: a set that is there was run ahead.
_AHEAD = 10**15


@dataclass(frozen=True, slots=True)
class Counter:
    """How far a set has come, how many rows live in it, and their digest."""

    revision: int = 0
    rows: int = 0
    digest: str = wire.EMPTY


def lock(connection: Connection, name: str, shop: str) -> None:
    """Keep every other writer of the shop's sets waiting until the transaction ends."""
    # SQLite ignores FOR UPDATE: there the transaction itself is the lock.
    chosen = select(set_revision.c.set_name).where(set_revision.c.shop == shop)
    held = chosen.order_by(set_revision.c.set_name).with_for_update()
    known = set(connection.scalars(held))
    if name not in known:
        # Only now: a new row that others wait for, and then waiting for theirs, is a deadlock.
        first = {"set_name": name, "shop": shop, "revision": 0, "rows": 0, "digest": wire.EMPTY}
        insert_if_absent(connection, set_revision, first)
        connection.execute(held).all()


def revision_of(connection: Connection, name: str, shop: str) -> int:
    """Newest revision of a set, 0 before the first change."""
    return connection.scalar(select(set_revision.c.revision).where(_of_set(name, shop))) or 0


def counters(connection: Connection, shop: str) -> dict[str, Counter]:
    """Counter of each set that ever changed."""
    chosen = select(set_revision).where(set_revision.c.shop == shop)
    return {
        row.set_name: Counter(row.revision, row.rows, row.digest)
        for row in connection.execute(chosen)
    }


def shops(connection: Connection) -> list[str]:
    """Shops that have any data."""
    column = set_revision.c.shop
    return list(connection.scalars(select(column).distinct().order_by(column)))


def living(
    connection: Connection, name: str, shop: str, after: str = "", limit: int | None = None
) -> list[str]:
    """Bodies of the living rows, in the order of their ids, those after id ``after``."""
    chosen = (
        select(data_row.c.body)
        .where(_living(name, shop), data_row.c.id > after)
        .order_by(data_row.c.id)
        .limit(limit)
    )
    return list(connection.scalars(chosen))


def living_at(connection: Connection, name: str, shop: str) -> Sequence[Row[str, int, str]]:
    """``id, revision, body`` of all living rows, in the order of their ids."""
    columns = data_row.c.id, data_row.c.revision, data_row.c.body
    chosen = select(*columns).where(_living(name, shop)).order_by(data_row.c.id)
    return connection.execute(chosen).all()


def every(connection: Connection, name: str, shop: str) -> Iterator[str]:
    """Bodies of all living rows in the order of their ids, never many of them in memory."""
    chosen = select(data_row.c.body).where(_living(name, shop)).order_by(data_row.c.id)
    for row in connection.execute(chosen, execution_options={"yield_per": _AT_A_TIME}):
        yield row.body


def body_of(connection: Connection, name: str, shop: str, row_id: str) -> str | None:
    """Body of one living row."""
    chosen = select(data_row.c.body).where(_living(name, shop), data_row.c.id == row_id)
    return connection.scalar(chosen)


def revision_of_row(connection: Connection, name: str, shop: str, row_id: str) -> int:
    """Revision of one living row, 0 when there is none."""
    chosen = select(data_row.c.revision).where(_living(name, shop), data_row.c.id == row_id)
    return connection.scalar(chosen) or 0


def last_revision(connection: Connection, name: str, shop: str, row_id: str) -> int:
    """Revision of a row's last change, also of its removal; 0 when it never was."""
    ours = (data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.id == row_id)
    return connection.scalar(select(data_row.c.revision).where(*ours)) or 0


def removed_body(connection: Connection, name: str, shop: str, row_id: str) -> str | None:
    """What a removed row said, ``None`` when it was erased or never was."""
    here = (_removed(name, shop), data_row.c.id == row_id)
    return connection.scalar(select(data_row.c.body).where(*here))


def removed(connection: Connection, name: str, shop: str) -> list[str]:
    """Bodies of the removed rows, in the order of their ids; not of those that were erased."""
    chosen = select(data_row.c.body).where(_removed(name, shop)).order_by(data_row.c.id)
    return list(connection.scalars(chosen))


def bodies_of(connection: Connection, name: str, shop: str, ids: Sequence[str]) -> dict[str, str]:
    """Bodies of those rows that live, by their ids."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), IDS_MAX):
        part = data_row.c.id.in_(ids[start : start + IDS_MAX])
        chosen = select(data_row.c.id, data_row.c.body).where(_living(name, shop), part)
        found.update((row.id, row.body) for row in connection.execute(chosen))
    return found


def was_ever(connection: Connection, name: str, shop: str, row_id: str) -> bool:
    """Whether the set has, or once had, a row with this id."""
    ours = (data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.id == row_id)
    return connection.scalar(select(data_row.c.id).where(*ours)) is not None


def changes(
    connection: Connection, name: str, shop: str, since: int, limit: int
) -> Sequence[Row[int, str, str, bool]]:
    """``revision, id, body, is_removed`` of rows changed after ``since``, oldest first."""
    chosen = (
        select(data_row.c.revision, data_row.c.id, data_row.c.body, data_row.c.is_removed)
        .where(data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.revision > since)
        .order_by(data_row.c.revision)
        .limit(limit)
    )
    return connection.execute(chosen).all()


def store(
    connection: Connection,
    name: str,
    shop: str,
    bodies: Mapping[str, str],
    fresh: Container[str] = (),
) -> int:
    """Write rows by id, each with a revision of its own; the newest revision.

    Those that are ``fresh`` are known not to live.
    """
    if not bodies:
        return revision_of(connection, name, shop)
    old = bodies_of(connection, name, shop, [it for it in bodies if it not in fresh])
    change = reduce(xor, (*_numbers(old), *_numbers(bodies)))
    newest = _advance(connection, name, shop, len(bodies), len(bodies) - len(old), change)
    first = newest - len(bodies) + 1
    key = {"set_name": name, "shop": shop, "is_removed": False}
    rows = [
        {**key, "id": row_id, "revision": first + place, "body": body}
        for place, (row_id, body) in enumerate(bodies.items())
    ]
    upsert(connection, data_row, rows)
    goods_rows.written(connection, name, shop, old, rows)
    return newest


def copy(connection: Connection, name: str, source: str, target: str) -> int:
    """Give a shop that has none of a set all living rows of another's; how many there are.

    They keep their bodies and revisions, and the set its digest. Whoever calls has locked both.
    """
    counter = counters(connection, source).get(name, Counter())
    state = {"revision": counter.revision, "rows": counter.rows, "digest": counter.digest}
    upsert(connection, set_revision, [{"set_name": name, "shop": target, **state}])
    living = data_row.c.set_name == name, data_row.c.is_removed.is_(False)
    return shop_copy.copy(connection, data_row, source, target, [data_row.c.id], *living)


def bury(connection: Connection, name: str, shop: str, row_id: str) -> int:
    """Make a tombstone of a living row; the newest revision."""
    return bury_all(connection, name, shop, [row_id])


def bury_all(connection: Connection, name: str, shop: str, ids: Sequence[str]) -> int:
    """Make tombstones of those of the rows that live; the newest revision."""
    old = bodies_of(connection, name, shop, ids)
    if not old:
        return revision_of(connection, name, shop)
    change = reduce(xor, _numbers(old))
    newest = _advance(connection, name, shop, len(old), -len(old), change)
    first = newest - len(old) + 1
    key = {"set_name": name, "shop": shop, "is_removed": True}
    rows = [
        {**key, "id": row_id, "revision": first + place, "body": body}
        for place, (row_id, body) in enumerate(old.items())
    ]
    upsert(connection, data_row, rows)
    goods_rows.buried(connection, name, shop, old)
    return newest


def run_ahead(connection: Connection, moment: datetime) -> None:
    """Put the counter of each set beyond what any till can have; rows and digests stay.

    For a database that was put back: a till refuses revisions lower than its own, and higher ones
    have it compare the digest and load anew. Microseconds go faster than anybody changes rows.
    A set without rows stays behind: a till keeps what it has rather than lose all of it. With its
    first row it follows the others of its shop.
    """
    beyond = int(moment.timestamp() * 1_000_000)
    behind = set_revision.c.rows > 0, set_revision.c.revision < beyond
    connection.execute(update(set_revision).where(*behind).values(revision=beyond))


def _advance(
    connection: Connection, name: str, shop: str, steps: int, rows: int, change: int
) -> int:
    known = counters(connection, shop)
    here = known[name]
    ahead = max(each.revision for each in known.values())
    start = ahead if not here.rows and ahead >= _AHEAD else here.revision
    advanced = (
        update(set_revision)
        .where(_of_set(name, shop))
        .values(
            revision=start + steps,
            rows=set_revision.c.rows + rows,
            digest=wire.turned(here.digest, change),
        )
        .returning(set_revision.c.revision)
    )
    return int(connection.execute(advanced).scalar_one())


def _numbers(bodies: Mapping[str, str]) -> Iterator[int]:
    """What rows give to the digest."""
    return (wire.row_number(row_id, body) for row_id, body in bodies.items())


def _of_set(name: str, shop: str) -> ColumnElement[bool]:
    return and_(set_revision.c.set_name == name, set_revision.c.shop == shop)


def _living(name: str, shop: str) -> ColumnElement[bool]:
    return and_(
        data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.is_removed.is_(False)
    )


def _removed(name: str, shop: str) -> ColumnElement[bool]:
    ours = (data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.is_removed)
    return and_(*ours, data_row.c.body != ERASED)
