"""What a row was when it was last exchanged: one that is still so does not move again. No rules.

A link belongs to a channel, not to one of its shops: for the other program they are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from backoffice.store.data_rows import IDS_MAX
from backoffice.store.tables import exchange_link
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True)
class Link:
    """The digest of a body, and the id of the row in the other program when it has one."""

    digest: str
    their_id: str = ""


def digest(body: str) -> str:
    """What stands for a body in a link: 64 hex digits."""
    return sha256(body.encode()).hexdigest()


def links(
    connection: Connection, channel: str, set_name: str, ids: Iterable[str]
) -> dict[str, Link]:
    """Links of those rows that were ever exchanged, by our ids."""
    columns = exchange_link.c.id, exchange_link.c.digest, exchange_link.c.their_id
    found: dict[str, Link] = {}
    for part in _parts(list(ids)):
        here = (*_of(channel, set_name), exchange_link.c.id.in_(part))
        for row in connection.execute(select(*columns).where(*here)):
            found[row.id] = Link(row.digest, row.their_id)
    return found


def link(connection: Connection, channel: str, set_name: str, fresh: Mapping[str, Link]) -> None:
    """Keep links by our ids, in place of those that were there."""
    key = {"channel": channel, "set_name": set_name}
    rows = [
        {**key, "id": row_id, "digest": it.digest, "their_id": it.their_id}
        for row_id, it in fresh.items()
    ]
    upsert(connection, exchange_link, rows)


def ours(
    connection: Connection, channel: str, set_name: str, their_ids: Iterable[str]
) -> dict[str, str]:
    """Our ids of rows that the other program calls otherwise, by its ids."""
    columns = exchange_link.c.their_id, exchange_link.c.id
    found: dict[str, str] = {}
    for part in _parts(list(their_ids)):
        here = (*_of(channel, set_name), exchange_link.c.their_id.in_(part))
        for row in connection.execute(select(*columns).where(*here)):
            found[row.their_id] = row.id
    return found


def unlink(connection: Connection, channel: str, set_name: str, ids: Iterable[str]) -> None:
    """Forget the links of rows that are gone on both sides."""
    for part in _parts(list(ids)):
        here = (*_of(channel, set_name), exchange_link.c.id.in_(part))
        connection.execute(delete(exchange_link).where(*here))


def _of(channel: str, set_name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return exchange_link.c.channel == channel, exchange_link.c.set_name == set_name


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + IDS_MAX] for start in range(0, len(ids), IDS_MAX))
