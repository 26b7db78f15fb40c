"""Up to where each object of a channel was exchanged, in the words of whoever gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from backoffice.store.tables import exchange_mark
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from backoffice.jobs.work import Way


def mark(connection: Connection, channel: str, way: Way, object_name: str, shop: str = "") -> str:
    """The mark of the last transfer, "" when there was none."""
    here = (
        exchange_mark.c.channel == channel,
        exchange_mark.c.way == way,
        exchange_mark.c.object_name == object_name,
        exchange_mark.c.shop == shop,
    )
    return connection.scalar(select(exchange_mark.c.mark).where(*here)) or ""


def set_mark(
    connection: Connection,
    channel: str,
    way: Way,
    object_name: str,
    mark: str,
    shop: str = "",
) -> None:
    """Keep a mark in the transaction that wrote what it stands for."""
    key = {"channel": channel, "way": str(way), "object_name": object_name, "shop": shop}
    upsert(connection, exchange_mark, [{**key, "mark": mark}])


def copy(connection: Connection, way: Way, object_name: str, source: str, target: str) -> None:
    """Give a shop the marks of another one, in each channel."""
    its = exchange_mark.c
    here = its.way == str(way), its.object_name == object_name, its.shop == source
    found = connection.execute(select(its.channel, its.mark).where(*here)).all()
    for row in found:
        set_mark(connection, row.channel, way, object_name, row.mark, target)
