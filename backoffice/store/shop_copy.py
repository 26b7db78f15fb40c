"""The rows of one shop once more for another one, as they are; what they mean is not known here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, tuple_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, ColumnElement, Connection, Table

_AT_A_TIME = 5000


def copy(
    connection: Connection,
    table: Table,
    source: str,
    target: str,
    keys: Sequence[Column[Any]],
    *which: ColumnElement[bool],
) -> int:
    """Copy the rows of ``source`` that are ``which``; how many. ``keys`` tell them apart in a shop.

    A part at a time by their keys: never many in memory, and no part costs more than the first.
    """
    columns = [column for column in table.c if column.name != "company"]
    chosen = select(*columns).where(table.c.shop == source, *which).order_by(*keys)
    count, after = 0, None
    while True:
        part = chosen if after is None else chosen.where(tuple_(*keys) > after)
        rows = connection.execute(part.limit(_AT_A_TIME)).mappings().all()
        if not rows:
            return count
        connection.execute(insert(table), [{**row, "shop": target} for row in rows])
        count += len(rows)
        after = tuple(rows[-1][key.name] for key in keys)
