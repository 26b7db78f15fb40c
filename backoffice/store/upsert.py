"""INSERT … ON CONFLICT for both databases, which write it alike but in modules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``; where the primary key is taken, the other columns given are replaced."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection, table)
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=values),
        [dict(row) for row in rows],
    )


def insert_if_absent(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert ``row`` unless a unique key of it is taken."""
    connection.execute(_insert(connection, table).values(**row).on_conflict_do_nothing())


def count_up(
    connection: Connection,
    table: Table,
    key: Mapping[str, Any],
    sums: Mapping[str, int],
    newest: Mapping[str, Any],
) -> None:
    """Insert a row; where its primary key is taken, ``sums`` are added and ``newest`` replaced."""
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection, table).values(**key, **sums, **newest)
    added = {name: table.c[name] + statement.excluded[name] for name in sums}
    replaced = {name: statement.excluded[name] for name in newest}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_={**added, **replaced})
    )


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    is_sqlite = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
