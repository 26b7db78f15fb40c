"""Rows of data sets that this till has written itself: shown at once, until the office's own come.

An own row is ahead while the catalogue's is the one it was written over, or has not come as far:
a visit that was made here is not planned again by a row that is older. Whoever takes part later
needs no clock and no cursor for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from terminal.store.tables import TABLES, as_json
from terminal.sync.wire import SETS, Visit, canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from msgspec import Struct

# The sets of which tills write rows.
WRITTEN = ("customers", "sales_documents", "visits", "attachments")


@dataclass(frozen=True, slots=True)
class Own:
    """A row as this till has written it, over the catalogue's ``base``; empty without one."""

    row: Struct
    base: str


def put(db: sqlite3.Connection, name: str, row: Struct, base: Struct | None, rid: str) -> None:
    """Keep a row that the document ``rid`` tells of; call inside ``write``."""
    db.execute(
        "INSERT OR REPLACE INTO own_row (set_name, id, body, base, rid) VALUES (?, ?, ?, ?, ?)",
        (name, _id(row), canonical(row), canonical(base) if base else "", rid),
    )


def forget(db: sqlite3.Connection, rid: str) -> None:
    """Forget the row that the document ``rid`` told of last; call inside ``write``."""
    db.execute("DELETE FROM own_row WHERE rid = ?", (rid,))


def of(journal: sqlite3.Connection, name: str) -> list[Own]:
    """Every own row of a data set."""
    rows = journal.execute("SELECT body, base FROM own_row WHERE set_name = ?", (name,))
    return [_own(name, *row) for row in rows]


def ahead(catalogue: sqlite3.Connection, name: str, own: Iterable[Own]) -> dict[str, Struct]:
    """By id the rows among ``own`` that go before the catalogue's."""
    mine = {_id(one.row): one for one in own}
    if not mine:
        return {}
    table = TABLES[name]
    columns = ", ".join(table.names)
    found = catalogue.execute(
        f"SELECT {columns}, is_removed FROM {table.table}"  # noqa: S608 - our own names
        " WHERE id IN (SELECT value FROM json_each(?))",
        (as_json([*mine]),),
    )
    for *columns_of, is_removed in found:
        theirs = table.from_columns(SETS[name], columns_of)
        one = mine[_id(theirs)]
        if is_removed or not _is_ahead(one, theirs):
            del mine[_id(theirs)]
    return {row_id: one.row for row_id, one in mine.items()}


def find(
    catalogue: sqlite3.Connection, journal: sqlite3.Connection, name: str, row_id: str
) -> Struct | None:
    """The row with this id as it is shown; None when there is none, or none any more."""
    own = journal.execute(
        "SELECT body, base FROM own_row WHERE set_name = ? AND id = ?", (name, row_id)
    ).fetchall()
    if row := ahead(catalogue, name, [_own(name, *it) for it in own]).get(row_id):
        return row
    return theirs(catalogue, name, row_id)


def theirs(catalogue: sqlite3.Connection, name: str, row_id: str) -> Struct | None:
    """The office's living row."""
    table = TABLES[name]
    found = catalogue.execute(table.living, (as_json([row_id]),)).fetchone()
    return table.from_columns(SETS[name], found) if found else None


def settle(catalogue: sqlite3.Connection, journal: sqlite3.Connection) -> list[tuple[str, str]]:
    """Set and id of the own rows that are not ahead any more."""
    return [
        (name, _id(one.row))
        for name in WRITTEN
        if (own := of(journal, name))
        for still in [ahead(catalogue, name, own)]
        for one in own
        if _id(one.row) not in still
    ]


def drop(db: sqlite3.Connection, settled: Iterable[tuple[str, str]]) -> None:
    """Forget own rows in whose place the office's stand; call inside ``write``."""
    db.executemany("DELETE FROM own_row WHERE set_name = ? AND id = ?", settled)


def _own(name: str, body: str, base: str) -> Own:
    return Own(msgspec.json.decode(body, type=SETS[name]), base)


def _is_ahead(one: Own, theirs: Struct) -> bool:
    return canonical(theirs) == one.base or _progress(theirs) < _progress(one.row)


def _progress(row: Struct) -> int:
    if not isinstance(row, Visit):
        return 0
    return 2 if row.state != "planned" else int(bool(row.began_at))


def _id(row: Struct) -> str:
    return str(row.id)  # type: ignore[attr-defined]
