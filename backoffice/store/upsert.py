"""INSERT … ON CONFLICT for both databases, which write it alike but in modules of their own.

Many rows go straight to the driver, with their company: what SQLAlchemy does for each of them costs
as much as the database's part.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from backoffice.store.columns import MARK
from backoffice.store.company import COLUMN, company_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table

# From so many rows on it is worth it.
MANY = 500


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``; where the primary key is taken, the other columns given are replaced."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection, table)
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    _write(connection, statement.on_conflict_do_update(index_elements=keys, set_=values), rows)


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, which all name the same columns."""
    if rows:
        _write(connection, _insert(connection, table), rows)


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


def _write(
    connection: Connection,
    statement: sqlite.Insert | postgresql.Insert,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    if len(rows) < MANY:
        connection.execute(statement, [dict(row) for row in rows])
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=[COLUMN, *rows[0]])
    own = {COLUMN: company_of(connection)}
    order = compiled.positiontup
    if order is None:
        told = [{name: _storable(value) for name, value in row.items()} | own for row in rows]
        connection.exec_driver_sql(str(compiled), told)
        return
    in_order = itemgetter(*order)
    values = [in_order({**row, **own}) for row in rows]
    # Hardly ever: looking once is quicker than asking a function for each value.
    if [True for row in values for value in row if value.__class__ is str and "\0" in value]:
        values = [tuple([_storable(value) for value in row]) for row in values]
    connection.exec_driver_sql(str(compiled), values)


def _storable(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    """What ``Words`` would make of it."""
    return value.replace("\0", MARK) if value.__class__ is str and "\0" in value else value
