"""Rows of any data set as lists show them: page by page, in the order of their ids. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.tables import TABLES
from terminal.sync.wire import SETS

if TYPE_CHECKING:
    import sqlite3

    from msgspec import Struct


def rows(db: sqlite3.Connection, name: str, after: str, limit: int) -> list[Struct]:
    """At most ``limit`` living rows of a data set, those after id ``after``."""
    table = TABLES[name]
    sql = f"{table.select} WHERE NOT is_removed AND id > ? ORDER BY id LIMIT ?"
    return [table.from_columns(SETS[name], row) for row in db.execute(sql, (after, limit))]
