"""Reads and writes the rows of data sets and their revisions. What a row may say is not known here.

One counter for each set of each shop: it is advanced inside the transaction that changes rows, so a
reader never sees a revision before its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from backoffice.store.tables import data_row, set_revision
from backoffice.store.upsert import insert_if_absent, upsert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

IDS_MAX = 500  # ids in one IN (…)


def lock(connection: Connection, name: str, shop: str) -> None:
    """Keep every other writer of the shop's sets waiting until the transaction ends."""
    insert_if_absent(
        connection, set_revision, {"set_name": name, "shop": shop, "revision": 0, "rows": 0}
    )
    # SQLite ignores FOR UPDATE: there the transaction itself is the lock.
    chosen = select(set_revision.c.revision).where(set_revision.c.shop == shop)
    connection.execute(chosen.order_by(set_revision.c.set_name).with_for_update()).all()


def revision_of(connection: Connection, name: str, shop: str) -> int:
    """Newest revision of a set, 0 before the first change."""
    return connection.scalar(select(set_revision.c.revision).where(_of_set(name, shop))) or 0


def counters(connection: Connection, shop: str) -> dict[str, tuple[int, int]]:
    """Revision and number of living rows of each set that ever changed."""
    chosen = select(set_revision).where(set_revision.c.shop == shop)
    return {row.set_name: (row.revision, row.rows) for row in connection.execute(chosen)}


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


def body_of(connection: Connection, name: str, shop: str, row_id: str) -> str | None:
    """Body of one living row."""
    chosen = select(data_row.c.body).where(_living(name, shop), data_row.c.id == row_id)
    return connection.scalar(chosen)


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


def store(connection: Connection, name: str, shop: str, bodies: Mapping[str, str]) -> int:
    """Write rows by id, each with a revision of its own; the newest revision."""
    if not bodies:
        return revision_of(connection, name, shop)
    alive = _count_living(connection, name, shop, list(bodies))
    newest = _advance(connection, name, shop, len(bodies), len(bodies) - alive)
    first = newest - len(bodies) + 1
    key = {"set_name": name, "shop": shop, "is_removed": False}
    rows = [
        {**key, "id": row_id, "revision": first + place, "body": body}
        for place, (row_id, body) in enumerate(bodies.items())
    ]
    upsert(connection, data_row, rows)
    return newest


def bury(connection: Connection, name: str, shop: str, row_id: str) -> int:
    """Make a tombstone of a living row; the newest revision."""
    newest = _advance(connection, name, shop, 1, -1)
    change = update(data_row).where(_living(name, shop), data_row.c.id == row_id)
    connection.execute(change.values(is_removed=True, revision=newest))
    return newest


def _advance(connection: Connection, name: str, shop: str, steps: int, rows: int) -> int:
    change = (
        update(set_revision)
        .where(_of_set(name, shop))
        .values(revision=set_revision.c.revision + steps, rows=set_revision.c.rows + rows)
        .returning(set_revision.c.revision)
    )
    return int(connection.execute(change).scalar_one())


def _count_living(connection: Connection, name: str, shop: str, ids: list[str]) -> int:
    found = 0
    for start in range(0, len(ids), IDS_MAX):
        part = data_row.c.id.in_(ids[start : start + IDS_MAX])
        chosen = select(data_row.c.id).where(_living(name, shop), part)
        found += len(connection.scalars(chosen).all())
    return found


def _of_set(name: str, shop: str) -> ColumnElement[bool]:
    return and_(set_revision.c.set_name == name, set_revision.c.shop == shop)


def _living(name: str, shop: str) -> ColumnElement[bool]:
    return and_(
        data_row.c.set_name == name, data_row.c.shop == shop, data_row.c.is_removed.is_(False)
    )
