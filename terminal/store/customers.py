"""Finds customers by a piece of their name or the beginning of their NIP, page by page. Reads only.

There are few enough of them for their names to be folded while they are looked through. Whom this
till has written down or changed itself is there so, until the office's own row comes or goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.folding import fold
from terminal.store.own_rows import ahead
from terminal.store.tables import TABLES
from terminal.sync.wire import Customer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from terminal.store.own_rows import Own

_TABLE = TABLES["customers"]
_IN_USE = "is_active AND NOT is_removed AND (name, id) > (?, ?)"
_ORDER = "ORDER BY name, id"


def customers(
    db: sqlite3.Connection,
    text: str = "",
    after: Customer | None = None,
    limit: int = 50,
    own: Sequence[Own] = (),
) -> list[Customer]:
    """Active customers in the order of their names, those after ``after``.

    Digits, with or without hyphens, are the beginning of a NIP; anything else is looked for in
    names, each word of it. ``own`` are those of this till.
    """
    digits = text.replace("-", "").replace(" ", "")
    words = [] if digits.isdigit() else [word for word in map(fold, text.split()) if word]
    nip = digits if digits.isdigit() else ""
    last = (after.name, after.id) if after else ("", "")

    def fits(one: Customer) -> bool:
        letters = fold(one.name)
        return one.nip.startswith(nip) and all(word in letters for word in words)

    mine = _ahead(db, own)
    found = [one for one in mine.values() if (one.name, one.id) > last and fits(one)]
    count = 0
    for row in db.execute(f"{_TABLE.select} WHERE {_IN_USE} {_ORDER}", last):
        if count == limit:
            break
        one = _TABLE.from_columns(Customer, row)
        if one.id not in mine and fits(one):
            found.append(one)
            count += 1
    found.sort(key=lambda one: (one.name, one.id))
    return found[:limit]


def customer(db: sqlite3.Connection, customer_id: str, own: Sequence[Own] = ()) -> Customer | None:
    """The customer with this id, if they are still one."""
    if one := _ahead(db, own).get(customer_id):
        return one
    found = db.execute(
        f"{_TABLE.select} WHERE id = ? AND is_active AND NOT is_removed", (customer_id,)
    ).fetchone()
    return _TABLE.from_columns(Customer, found) if found else None


def names(db: sqlite3.Connection, own: Sequence[Own] = ()) -> dict[str, str]:
    """The name of each customer by id, also of those who are none any more."""
    mine = {row.id: row.name for row in _ahead(db, own).values()}
    return dict(db.execute("SELECT id, name FROM customer").fetchall()) | mine


def _ahead(db: sqlite3.Connection, own: Sequence[Own]) -> dict[str, Customer]:
    """Those of this till in whose place no row of the office has come since."""
    rows = ahead(db, "customers", own)
    return {row_id: row for row_id, row in rows.items() if isinstance(row, Customer)}
