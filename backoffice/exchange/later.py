"""Rows that did not fit when they came: kept for each shop, and tried again by every export.

A product may come before its category, a PLU may be taken until its owner gives it up, and what is
removed may still be needed by what goes later. A newer row of the same id takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from backoffice.store.data_rows import IDS_MAX
from backoffice.store.tables import exchange_later
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection

_PLACE_MAX = 200


@dataclass(frozen=True, slots=True)
class Later:
    """A row for one shop; without a ``body`` it is to be removed. ``place`` is where it stood."""

    id: str
    shop: str
    body: str
    place: str

    @property
    def is_removal(self) -> bool:
        """Whether the row is to go."""
        return not self.body


def keep(connection: Connection, channel: str, set_name: str, some: Iterable[Later]) -> None:
    """Keep rows, each in place of the one before."""
    key = {"channel": channel, "set_name": set_name}
    rows = [
        {**key, "id": it.id, "shop": it.shop, "body": it.body, "place": it.place[:_PLACE_MAX]}
        for it in some
    ]
    upsert(connection, exchange_later, rows)


def forget(
    connection: Connection, channel: str, set_name: str, ids: Sequence[str], shop: str = ""
) -> None:
    """Strike rows out: of one shop, or of all of them."""
    here = _of(channel, set_name)
    if connection.scalar(select(exchange_later.c.id).where(*here).limit(1)) is None:
        return
    if shop:
        here = (*here, exchange_later.c.shop == shop)
    for start in range(0, len(ids), IDS_MAX):
        part = exchange_later.c.id.in_(ids[start : start + IDS_MAX])
        connection.execute(delete(exchange_later).where(*here, part))


def waiting(connection: Connection, set_name: str, shop: str) -> list[tuple[str, str]]:
    """Ids and bodies of the rows of a shop that are to be put, whatever channel they came by."""
    here = exchange_later.c.set_name == set_name, exchange_later.c.shop == shop
    chosen = select(exchange_later.c.id, exchange_later.c.body)
    rows = connection.execute(chosen.where(*here, exchange_later.c.body != ""))
    return [(row.id, row.body) for row in rows]


def strike(connection: Connection, set_name: str, shop: str, ids: Iterable[str]) -> None:
    """Strike rows of a shop out, whatever channel they came by."""
    here = exchange_later.c.set_name == set_name, exchange_later.c.shop == shop
    for row_id in ids:
        connection.execute(delete(exchange_later).where(*here, exchange_later.c.id == row_id))


def forget_unlisted(
    connection: Connection, channel: str, set_name: str, listed: Container[str]
) -> None:
    """Strike out rows to be put that the other program lists no more."""
    chosen = select(exchange_later.c.id).where(*_of(channel, set_name), exchange_later.c.body != "")
    gone = {row_id for row_id in connection.scalars(chosen) if row_id not in listed}
    forget(connection, channel, set_name, sorted(gone))


def some(
    connection: Connection,
    channel: str,
    set_name: str,
    after: str,
    limit: int,
    *,
    is_removal: bool,
) -> tuple[list[Later], bool]:
    """Rows of all shops after an id, about so many, but all of each id; whether there are more."""
    kind = exchange_later.c.body == "" if is_removal else exchange_later.c.body != ""
    columns = (exchange_later.c[name] for name in ("id", "shop", "body", "place"))
    chosen = (
        select(*columns)
        .where(*_of(channel, set_name), kind, exchange_later.c.id > after)
        .order_by(exchange_later.c.id, exchange_later.c.shop)
    )
    found = [Later(*row) for row in connection.execute(chosen.limit(limit + 1))]
    if len(found) <= limit:
        return found, False
    last = found[-1].id
    whole = [it for it in found if it.id != last]
    if whole:
        return whole, True
    same = connection.execute(chosen.where(exchange_later.c.id == last))
    return [Later(*row) for row in same], True


def _of(channel: str, set_name: str) -> tuple[ColumnElement[bool], ...]:
    return exchange_later.c.channel == channel, exchange_later.c.set_name == set_name
