"""What the office sent last of each row, taken or refused: enough to know that nothing is missing.

A refused row counts as well: the till has it, though it does not sell by it. No network here.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

from terminal.store.db import write
from terminal.store.tables import TABLES, as_json
from terminal.sync.wire import EMPTY, row_number, turned

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

_NUMBER_BYTES = 32


def note(
    db: sqlite3.Connection, name: str, bodies: Mapping[str, str], removed: Collection[str] = ()
) -> None:
    """Take in what a page of the data set ``name`` brought: ``bodies`` by id, and what is gone."""
    new = {row_id: row_number(row_id, body) for row_id, body in bodies.items()}
    with write(db):
        old = db.execute(
            "DELETE FROM sent WHERE set_name = ? AND row_id IN (SELECT value FROM json_each(?))"
            " RETURNING number",
            (name, as_json([*new, *removed])),
        ).fetchall()
        db.executemany(
            "INSERT INTO sent (set_name, row_id, number) VALUES (?, ?, ?)",
            ((name, row_id, number.to_bytes(_NUMBER_BYTES)) for row_id, number in new.items()),
        )
        change = reduce(xor, (int.from_bytes(row[0]) for row in old), reduce(xor, new.values(), 0))
        _set_digest(db, name, turned(digest(db, name), change))


def digest(db: sqlite3.Connection, name: str) -> str:
    """The digest of a data set as it came, to be compared with the office's."""
    row = db.execute("SELECT digest FROM data_set WHERE name = ?", (name,)).fetchone()
    return row[0] if row else EMPTY


def forget(db: sqlite3.Connection, name: str) -> None:
    """Begin to note anew; the rows themselves stay until ``unsent`` tells which are too many."""
    with write(db):
        db.execute("DELETE FROM sent WHERE set_name = ?", (name,))
        _set_digest(db, name, EMPTY)


def unsent(db: sqlite3.Connection, name: str) -> list[str]:
    """Ids of rows that are here, in force or refused, and that the office did not send."""
    known = "(SELECT row_id FROM sent WHERE set_name = :name)"
    # The table's name is ours.
    found = db.execute(
        f"SELECT id FROM {TABLES[name].table} WHERE NOT is_removed AND id NOT IN {known}"  # noqa: S608
        f" UNION SELECT row_id FROM refused WHERE set_name = :name AND row_id NOT IN {known}",
        {"name": name},
    )
    return [row[0] for row in found]


def _set_digest(db: sqlite3.Connection, name: str, found: str) -> None:
    db.execute("UPDATE data_set SET digest = ? WHERE name = ?", (found, name))
